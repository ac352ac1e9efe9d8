"""Make roleplay/engine/detection/script_table.json: Traditional -> Simplified, one character for one, from OpenCC's dictionary.

Development only: `pip install opencc-python-reimplemented`, then run this. Only characters with a single-character target are kept, so
that folding never changes the length of a text.
"""

from __future__ import annotations

import json
from pathlib import Path

import opencc  # type: ignore[import-not-found]

TARGET = Path(__file__).parent.parent / "roleplay" / "engine" / "detection" / "script_table.json"


def main() -> None:
    dictionary = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = {}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        source, _, targets = line.partition("\t")
        target = targets.split(" ")[0]
        if len(source) == len(target) == 1 and source != target:
            pairs[source] = target
    ordered = sorted(pairs.items())
    table = {"from": "".join(s for s, _ in ordered), "to": "".join(t for _, t in ordered)}
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Compile the technique files (rules/<id>.yaml) and the script table into rules.json, which the program reads: YAML is for people.

python scripts/compile_rules.py           write it
python scripts/compile_rules.py --check   exit 1 if it is out of step
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from roleplay.scenarios.reading import Mapping, Node, Scalar, read
from roleplay.standards.codebook import TECHNIQUES

ROOM = Path(__file__).parent.parent / "roleplay" / "engine" / "detection"
TARGET = ROOM / "rules.json"


def plain(node: Node) -> Any:
    """The values of a located node."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items]


def load(path: Path) -> Any:
    node, problems = read(path.name, path.read_text(encoding="utf-8"))
    if node is None or problems:
        raise SystemExit("\n".join(str(p) for p in problems))
    return plain(node)


def compiled() -> str:
    files = sorted((ROOM / "rules").glob("*.yaml"))
    techniques = {path.stem: load(path) for path in files if path.stem != "slots"}
    misnamed = [stem for stem, technique in techniques.items() if technique["id"] != stem]
    if misnamed:
        raise SystemExit(f"files not named by the technique they hold: {misnamed}")
    if set(techniques) != set(TECHNIQUES):
        raise SystemExit(f"techniques without rules or unknown: {sorted(set(techniques) ^ set(TECHNIQUES))}")
    whole = {
        "slots": load(ROOM / "rules" / "slots.yaml"),
        "script": json.loads((ROOM / "script_table.json").read_text(encoding="utf-8")),
        "techniques": [techniques[id] for id in TECHNIQUES],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    text = compiled()
    if "--check" in sys.argv:
        return int(not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

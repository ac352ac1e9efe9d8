"""Compile the technique files (rules/<id>.yaml), the classes of words (lexicon/) and the script table into rules.json, and the
good examples to show into examples.json, which the program reads: YAML is for people.

python scripts/compile_rules.py           write it
python scripts/compile_rules.py --check   exit 1 if it is out of step
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

from roleplay.engine.detection.normalise import normalise
from roleplay.engine.detection.techniques import TechniqueSet
from roleplay.scenarios.model import LANGUAGES
from roleplay.scenarios.reading import Mapping, Node, Scalar, read
from roleplay.standards.codebook import NEGATIVE, TECHNIQUES
from roleplay.training.anchors import anchors, how_often
from roleplay.training.corpus import read_corpus

ROOM = Path(__file__).parent.parent / "roleplay" / "engine" / "detection"
TARGET = ROOM / "rules.json"
EXAMPLES = ROOM / "examples.json"
EXAMPLES_AT_MOST = 40
_SAMPLE_ONE_IN = 12
"""Of so many replies one is enough to tell common strings from rare ones."""


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


def lexicon(language: str) -> dict[str, list[str]]:
    """The classes of words of one language."""
    return {
        name: [e.strip() for e in words.split("|")]
        for name, words in load(ROOM / "lexicon" / f"{language}.yaml").items()
    }


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
        "lexicon": {language: lexicon(language) for language in LANGUAGES},
        "typed": load(ROOM / "lexicon" / "typed.yaml"),
    }
    return _text(_anchored(whole))


def _anchored(whole: dict[str, Any]) -> dict[str, Any]:
    """The rules, each pattern with what stands in all its matches."""
    techniques = TechniqueSet.from_json(_text(whole))
    for language in LANGUAGES:
        sample = itertools.islice(read_corpus(language, "train"), 0, None, _SAMPLE_ONE_IN)
        often = how_often(normalise(e.text, techniques.fold).text for e in sample)
        ready = iter(techniques.ready(language))
        for raw in whole["techniques"]:
            for pattern in raw["patterns"].get(language, []):
                pattern["anchors"] = anchors(next(ready).match.pattern, often)
    return whole


def _text(whole: Any) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def good_examples() -> str:
    """Of every technique worth showing: the good examples of its file, then words marked in the corpus, an author at a time."""
    found: dict[str, dict[str, list[str]]] = {language: {} for language in LANGUAGES}
    corpus = [e for part in ("train", "tune") for e in read_corpus(None, part)]
    for technique in TECHNIQUES:
        if technique in NEGATIVE:
            continue
        file = load(ROOM / "rules" / f"{technique}.yaml")
        for language in LANGUAGES:
            own = [e["text"] for e in file["examples"].get(language, []) if "reason" not in e]
            by_author = [
                [
                    e.techniques[technique]
                    for e in group
                    if technique in e.techniques and _showable(e.techniques[technique])
                ]
                for _, group in itertools.groupby((e for e in corpus if e.language == language), key=lambda e: e.author)
            ]
            turns = [words for row in itertools.zip_longest(*by_author) for words in row if words]
            found[language][technique] = list(dict.fromkeys([*own, *turns]))[:EXAMPLES_AT_MOST]
    return _text(found)


def _showable(words: str) -> bool:
    """Long enough to show something, short enough to be read at a glance."""
    return 6 <= len(words) <= 40 if any("\u3400" <= c <= "\u9fff" for c in words) else 4 <= len(words.split()) <= 22


def main() -> int:
    texts = {TARGET: compiled(), EXAMPLES: good_examples()}
    if "--check" in sys.argv:
        return int(any(not path.is_file() or path.read_text(encoding="utf-8") != text for path, text in texts.items()))
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

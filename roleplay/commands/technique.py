"""Commands about techniques: list, show, detect.

Owns how they are printed. Refuses to know how they are found.
"""

from __future__ import annotations

import argparse
import sys

from roleplay.commands.wiring import DONE, FAILED, WRONG, error, out
from roleplay.scenarios.model import Language
from roleplay.words.command import say


def detect(arguments: argparse.Namespace) -> int:
    from roleplay.engine.detection.records import BadLine, detect_line
    from roleplay.library import detector

    status = DONE
    found = detector()
    for number, raw in enumerate(sys.stdin.buffer, 1):
        line = raw.decode("utf-8", errors="replace")
        if line.strip():
            try:
                print(detect_line(line, number, found), flush=False)
            except BadLine as problem:
                error(str(problem))
                status = WRONG
    sys.stdout.flush()
    return status


def techniques(arguments: argparse.Namespace) -> int:
    from difflib import get_close_matches

    from roleplay.library import techniques as shipped
    from roleplay.standards.codebook import FAMILIES
    from roleplay.words.feedback import technique_text

    found, language = shipped(), arguments.lang

    def label(id: str) -> str:
        return found.label(id, language)

    if arguments.id is None:
        for family, members in FAMILIES.items():
            out(f"{family}  {technique_text(family, label, language)}")
            for id in members:
                out(f"    {id:24} {label(id)}  {found.technique(id).means[language]}")
        return DONE
    ids = [t.id for t in found.techniques]
    if arguments.id not in ids:
        near = get_close_matches(arguments.id, ids, n=1)
        key = "unknown_name" if near else "unknown_technique"
        error(say(key, language, ref=arguments.id, near=near[0] if near else ""))
        return FAILED
    technique = found.technique(arguments.id)
    out(f"{technique.id}  {label(technique.id)}  ({technique.family}; {technique.source})")
    out(technique.means[language])
    for example in technique.examples[language]:
        out(f"  {'✗' if example.reason else '✓'} {example.text}{_reason(example.reason, language)}")
    return DONE


def _reason(reason: str, language: Language) -> str:
    from roleplay.engine.detection.reasons import reason_text

    return f"  {reason_text(reason, language)}" if reason else ""

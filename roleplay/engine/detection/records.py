"""`roleplay detect`: one JSON line in, one JSON line out."""

from __future__ import annotations

import json

from roleplay.engine.detection.detector import Detector, found
from roleplay.engine.detection.model import Situation
from roleplay.engine.refusals import REPLY_LIMIT
from roleplay.scenarios.model import LANGUAGES

_LINE_AT_MOST = 1 << 20


class BadLine(ValueError):
    """A line that cannot be used. The message names its number and what is wanted."""


def detect_line(line: str, number: int, detector: Detector) -> str:
    """The detections of `{id, lang: "zh"|"en", context, text}` (other keys ignored) as
    `{id, techniques, evidence: [{technique, outcome, start, end, text, rule, reason}]}`. Spans index the text as typed."""
    try:
        value = json.loads(line) if len(line) <= _LINE_AT_MOST else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BadLine(f"line {number}: a JSON object {{id, lang, context, text}} is wanted")
    text, language, context = value.get("text"), value.get("lang"), value.get("context") or ""
    if not isinstance(text, str) or language not in LANGUAGES or not isinstance(context, str):
        raise BadLine(f"line {number}: text must be a string and lang zh or en")
    if len(text) > REPLY_LIMIT:
        raise BadLine(f"line {number}: text has {len(text)} characters, at most {REPLY_LIMIT} are read")
    analysis = detector.analyse(text, language, Situation(customer_line=context[:REPLY_LIMIT]))
    evidence = [
        {
            "technique": d.technique,
            "outcome": d.outcome,
            "start": d.start,
            "end": d.end,
            "text": text[d.start : d.end],
            "rule": d.rule,
            "reason": d.reason,
        }
        for d in analysis.detections
    ]
    made = {"id": value.get("id"), "techniques": list(found(analysis)), "evidence": evidence}
    return json.dumps(made, ensure_ascii=False)

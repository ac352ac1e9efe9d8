"""Proposes paraphrase from what the scenario knows: the customer's own words, or facts of the case, said back to the customer.

Owns the measure of how much a sentence takes up. Refuses to know the forms of words for it, which are rules like any other.
"""

from __future__ import annotations

import itertools
import re

from roleplay.engine.detection.candidates import Candidate, Seen
from roleplay.engine.detection.grounding import CONFIRMING
from roleplay.engine.detection.normalise import is_han
from roleplay.engine.detection.reading_reply import Reading

_TO_CUSTOMER = ("您", "你", "you")
_ENOUGH_HAN, _ENOUGH_WORDS, _ENOUGH_BESIDE_A_FACT = 4, 3, 2
_HAN_STOP = frozenset("的了我您你是在有不就也都要会可以这那个和跟吗呢吧啊先生小姐一到给请很帮")
_WORD = re.compile(r"[a-z0-9']+")
_ENGLISH_STOP = frozenset(
    _WORD.findall(
        "a an the i you he she it we they me my your our their his her its is are was were be been am do does did "
        "have has had will would can could should to of in on at for with and or but not so that this there here "
        "what how why when which who if then than as from by about just very really please ok okay yes no oh well "
        "up out get got it's i'm you're that's i'll we'll i've don't"
    )
)


def propose(reading: Reading, seen: Seen) -> list[Candidate]:
    """Sentences to the customer that restate enough of what the customer said, or a fact of the case and something of it."""
    found = []
    for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
        part = reading.text[sentence.start : sentence.end]
        if not any(word in part for word in _TO_CUSTOMER) or (asking and not CONFIRMING.search(part)):
            continue
        stated = any(sentence.start <= m.start < sentence.end and not m.asked for m in seen.mentions)
        taken_up = overlap(reading, sentence.start, sentence.end) if reading.line else 0
        if taken_up >= (_ENOUGH_WORDS if part.isascii() else _ENOUGH_HAN) or (
            stated and taken_up >= _ENOUGH_BESIDE_A_FACT
        ):
            found.append(Candidate("paraphrase", "credited", sentence.start, sentence.end, "paraphrase.overlap"))
    return found


def overlap(reading: Reading, start: int, end: int) -> int:
    """How many content words (English) or pairs of characters (Chinese) of the customer's line the part takes up."""
    return len(_content(reading.text[start:end]) & _content(reading.line))


def _content(text: str) -> set[str]:
    words = {w for w in _WORD.findall(text) if w not in _ENGLISH_STOP and len(w) > 2}
    han = [c if is_han(c) else " " for c in text]
    pairs = {
        a + b for a, b in itertools.pairwise(han) if " " not in (a, b) and a not in _HAN_STOP and b not in _HAN_STOP
    }
    return words | pairs

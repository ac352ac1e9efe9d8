"""Which communication techniques a reply performs, with the words that show it.

Owns the order: normalise, segment, propose, ground in the scenario, resolve the whole turn, map back to what was typed. Pure and
deterministic; limits come first.
"""

from __future__ import annotations

import functools
from dataclasses import replace

from roleplay.engine.detection import grounding, patterns, questions
from roleplay.engine.detection.candidates import Candidate
from roleplay.engine.detection.model import NOWHERE, Analysis, Detection, Mention, Offer, Situation
from roleplay.engine.detection.normalise import fold_pattern
from roleplay.engine.detection.reading_reply import Reading, read_reply
from roleplay.engine.detection.resolve import resolve, settled
from roleplay.engine.detection.techniques import TechniqueSet
from roleplay.engine.refusals import REPLY_LIMIT
from roleplay.scenarios.model import Language

_EMPTY = Analysis(())
_NOT_BESIDE = frozenset({"overpromise", "privacy_breach", "compensation", "jargon"})
"""What can only be done to a customer: inside the house one asks for remedies, names guests and uses the words of the trade."""


class Detector:
    """Analyses replies with one set of techniques."""

    def __init__(self, techniques: TechniqueSet) -> None:
        self.techniques = techniques
        self._folded = functools.lru_cache(maxsize=4096)(lambda word: fold_pattern(word, techniques.fold))

    def analyse(self, text: str, language: Language, situation: Situation = NOWHERE) -> Analysis:
        """What `text` does, in answer to `situation`. ValueError if it is longer than 2,000 characters."""
        if len(text) > REPLY_LIMIT:
            raise ValueError(f"a reply may have {REPLY_LIMIT} characters, this one has {len(text)}")
        reading = read_reply(text, self._fold(situation), self.techniques.fold)
        if not reading.sentences:
            return _EMPTY
        other: Language = "en" if language == "zh" else "zh"
        found = settled(patterns.propose(reading, self.techniques, (language, other)))
        facts = grounding.mentions(reading)
        found += questions.propose(reading, [m for m in facts if m.asked], found)
        found += self._restated(reading, facts)
        found += _requests(reading, found)
        offers = grounding.offers(reading, found)
        if offers and not any(c.technique == "compensation" and c.outcome != "rejected" for c in found):
            found.append(Candidate("compensation", "credited", offers[0].start, offers[0].end, "compensation.card"))
        if situation.side_channel:
            found = [c for c in found if c.technique not in _NOT_BESIDE]
        standing, stuffed = resolve(found, offers, reading, facts=bool(facts))
        return Analysis(
            detections=tuple(
                sorted((_typed(c, reading) for c in standing), key=lambda d: (d.start, d.end, d.technique))
            ),
            mentions=() if stuffed else tuple(_mention(m, reading) for m in facts),
            offers=() if stuffed else tuple(_offer(o, reading) for o in offers),
            by_name=_span(grounding.by_name(reading), reading),
            repeats=grounding.repeats(text, situation.earlier),
            stuffed=stuffed,
        )

    def _fold(self, situation: Situation) -> Situation:
        fold = self._folded
        return replace(
            situation,
            facts=tuple(
                replace(f, words=tuple(map(fold, f.words)), ask_words=tuple(map(fold, f.ask_words)))
                for f in situation.facts
            ),
            authority=tuple(replace(a, words=tuple(map(fold, a.words))) for a in situation.authority),
            names=tuple(map(fold, situation.names)),
        )

    def _restated(self, reading: Reading, facts: list[Mention]) -> list[Candidate]:
        """Restating the customer's own words or facts of the scenario to the customer."""
        found = []
        for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
            part = reading.text[sentence.start : sentence.end]
            to_customer = any(word in part for word in ("您", "你", "you"))
            stated = sum(sentence.start <= m.start < sentence.end and not m.asked for m in facts)
            taken_up = grounding.overlap(reading, sentence.start, sentence.end) if reading.line else 0
            enough = taken_up >= (3 if part.isascii() else 4) or (stated >= 1 and taken_up >= 2)
            if to_customer and enough and not (asking and not grounding._CONFIRM.search(part)):
                found.append(Candidate("paraphrase", "credited", sentence.start, sentence.end, "paraphrase.overlap"))
        return found


def _requests(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Beside the customer, any request to the colleague or partner spoken to is an internal request."""
    if not reading.situation.side_channel:
        return []
    for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
        part = reading.text[sentence.start : sentence.end]
        if asking or any(
            word in part for word in ("请", "麻烦", "帮", "需要", "please", "need", "could you", "approve")
        ):
            return [Candidate("internal_request", "credited", sentence.start, sentence.end, "internal_request.side")]
    return []


def _span(place: tuple[int, int] | None, reading: Reading) -> tuple[int, int] | None:
    return None if place is None else reading.normal.span(*place)


def _typed(candidate: Candidate, reading: Reading) -> Detection:
    start, end = _tight(reading, candidate.start, candidate.end)
    return Detection(
        candidate.technique,
        candidate.outcome,
        start,
        end,
        candidate.rule,
        candidate.reason,
        _span(candidate.cause, reading),
    )


def _tight(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The typed span without blanks and commas at its ends."""
    first, last = reading.normal.span(start, end)
    while first < last and reading.typed[first] in " ，,、\n\t":
        first += 1
    while last > first and reading.typed[last - 1] in " ，,、\n\t":
        last -= 1
    return first, last


def _mention(mention: Mention, reading: Reading) -> Mention:
    start, end = reading.normal.span(mention.start, mention.end)
    return replace(mention, start=start, end=end)


def _offer(offer: Offer, reading: Reading) -> Offer:
    start, end = reading.normal.span(offer.start, offer.end)
    return replace(offer, start=start, end=end)


def found(analysis: Analysis) -> tuple[str, ...]:
    """The techniques a reply performs, in whole or in part, sorted. What was rejected is not among them."""
    return tuple(sorted({d.technique for d in analysis.detections if d.outcome != "rejected"}))

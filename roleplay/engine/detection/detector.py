"""Which communication techniques a reply performs, with the words that show it.

Owns the order: normalise, segment, propose, hold remedies against the limits, resolve the whole turn, map back to what was typed. Pure
and deterministic; limits come first.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace

from roleplay.engine.detection import grounding, questions, remedies, restating, side_channel
from roleplay.engine.detection.candidates import UNSURE, Candidate, Proposer, Seen
from roleplay.engine.detection.features import Vocabulary, features
from roleplay.engine.detection.judging import judged
from roleplay.engine.detection.linear import Weights
from roleplay.engine.detection.model import NOWHERE, Analysis, Detection, FactCue, Mention, Offer, Situation
from roleplay.engine.detection.normalise import fold_pattern
from roleplay.engine.detection.patterns import pattern_proposer
from roleplay.engine.detection.reading_reply import Reading, read_reply
from roleplay.engine.detection.resolve import resolve, settled, without_shadows
from roleplay.engine.detection.techniques import TechniqueSet
from roleplay.engine.detection.weights_file import NO_WEIGHTS, WeightSet
from roleplay.engine.refusals import REPLY_LIMIT
from roleplay.scenarios.model import Language

_EMPTY = Analysis(())


class Detector:
    """Analyses replies with one set of techniques. `weights`: what judges the rules' proposals, by language; without them the rules
    stand alone. `more`: proposers beside the rules, asked after them."""

    def __init__(
        self,
        techniques: TechniqueSet,
        weights: WeightSet = NO_WEIGHTS,
        more: tuple[Proposer, ...] = (),
    ) -> None:
        self.techniques = techniques
        self.weights = weights
        self.hash = hashlib.sha256(f"{techniques.hash} {weights.hash}".encode()).hexdigest()
        self.proposers: tuple[Proposer, ...] = (
            pattern_proposer(techniques),
            questions.propose,
            restating.propose,
            side_channel.propose,
            *more,
        )
        self._vocabulary = functools.cache(lambda known: Vocabulary(techniques.lexicon, known))
        self._cues = functools.lru_cache(maxsize=64)(
            lambda facts: tuple(FactCue(f.id, self._folded(f.words), self._folded(f.ask_words)) for f in facts)
        )
        self._folded = functools.lru_cache(maxsize=4096)(
            lambda words: tuple(fold_pattern(word, techniques.fold) for word in words)
        )

    def analyse(self, text: str, language: Language, situation: Situation = NOWHERE) -> Analysis:
        """What `text` does, in answer to `situation`. `language` is that of the session; a reply may mix both. ValueError if the
        reply is longer than 2,000 characters."""
        if len(text) > REPLY_LIMIT:
            raise ValueError(f"a reply may have {REPLY_LIMIT} characters, this one has {len(text)}")
        reading = self.read(text, situation)
        if not reading.sentences:
            return _EMPTY
        facts = grounding.mentions(reading)
        proposed = self._proposed(reading, facts)
        found = self._judged(reading, proposed)
        offers = remedies.offers(reading, proposed + [c for c in found if c.reason != UNSURE])
        if offers and not any(c.technique == "compensation" and c.outcome != "rejected" for c in found):
            found.append(Candidate("compensation", "credited", offers[0].start, offers[0].end, "compensation.card"))
        if situation.side_channel:
            found = side_channel.without_customer(found)
        elif situation.in_scenario:
            found = side_channel.without_colleague(found)
        standing, stuffed = resolve(found, offers, reading, facts=grounding.places(facts))
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

    def _proposed(self, reading: Reading, facts: list[Mention]) -> list[Candidate]:
        """What the proposers see, each knowing what came before it. A known way of not doing it outweighs every proposer."""
        found: list[Candidate] = []
        for propose in self.proposers:
            found = settled(found + propose(reading, Seen(tuple(facts), tuple(found))))
        return without_shadows(found, reading)

    def read(self, text: str, situation: Situation = NOWHERE) -> Reading:
        """`text` made ready for the proposers."""
        return read_reply(text, self._fold(situation), self.techniques.fold, self.techniques.spelling)

    def weights_for(self, reading: Reading) -> Weights | None:
        """The weights that judge a reply: those of Chinese where it has any."""
        return self.weights.get("zh" if "zh" in reading.scripts else "en")

    def _judged(self, reading: Reading, proposed: list[Candidate]) -> list[Candidate]:
        weights = self.weights_for(reading)
        if weights is None:
            return proposed
        return judged(reading, proposed, weights, self.techniques, self._vocabulary(weights.number))

    def proposed(self, text: str, situation: Situation = NOWHERE) -> list[Candidate]:
        """What the rules alone propose, with offsets of the folded text. For measuring the rules."""
        reading = self.read(text, situation)
        return self._proposed(reading, grounding.mentions(reading)) if reading.sentences else []

    def features(self, text: str, situation: Situation = NOWHERE) -> list[tuple[tuple[int, int], tuple[str, ...]]]:
        """What the weights see: for every sentence of `text` its span as typed and its features, sorted. For training."""
        reading = self.read(text, situation)
        proposed = self._proposed(reading, grounding.mentions(reading))
        seen = features(reading, proposed, Vocabulary(self.techniques.lexicon, str))
        return [
            (reading.normal.span(s.start, s.end), tuple(sorted({*seen.of_sentence(n), *seen.line})))
            for n, s in enumerate(reading.sentences)
        ]

    def _fold(self, situation: Situation) -> Situation:
        fold = self._folded
        return replace(
            situation,
            facts=self._cues(situation.facts),
            authority=tuple(replace(a, words=fold(a.words)) for a in situation.authority),
            names=fold(situation.names),
        )


def found(analysis: Analysis) -> tuple[str, ...]:
    """The techniques a reply performs, in whole or in part, sorted. What was rejected is not among them."""
    return tuple(sorted({d.technique for d in analysis.detections if d.outcome != "rejected"}))


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

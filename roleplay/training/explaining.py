"""Why a reply was seen as it was: every candidate, every frame, every score, for whoever writes rules.

Owns the rows of an explanation. Refuses to print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roleplay.engine.detection.detector import Detector
from roleplay.engine.detection.features import Seen, Vocabulary, features
from roleplay.engine.detection.frames import FRAMES, REASON_OF
from roleplay.engine.detection.linear import SCALE, Weights
from roleplay.engine.detection.model import Outcome, Situation
from roleplay.engine.detection.reading_reply import Reading

_SCORES_SHOWN, _FEATURES_SHOWN = 5, 6
_MARKS = " ,.!?;:、。…\n\"'"


@dataclass(frozen=True, slots=True)
class FrameSeen:
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class CandidateSeen:
    technique: str
    outcome: Outcome
    rule: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """In units of linear.SCALE. `because`: the weightiest features, with their weights."""

    technique: str
    score: int
    partial: int
    credited: int
    because: str


@dataclass(frozen=True, slots=True)
class SentenceSeen:
    """`candidates`: what the rules propose. `found`: what stands for the whole turn."""

    text: str
    frames: tuple[FrameSeen, ...]
    candidates: tuple[CandidateSeen, ...]
    found: tuple[CandidateSeen, ...]
    scores: tuple[Score, ...]


def explain(detector: Detector, text: str, customer: str = "") -> list[SentenceSeen]:
    """Sentence by sentence: the frames that hold, what stands for the whole turn, and the five highest scores."""
    situation = Situation(customer_line=customer)
    reading = detector.read(text, situation)
    proposed = detector.proposed(text, situation)
    found = features(reading, proposed, Vocabulary(detector.techniques.lexicon, str))
    weights = detector.weights_for(reading)
    standing = detector.analyse(text, "zh", situation).detections
    highest = _highest(weights, found) if weights is not None else []
    seen = []
    for number, sentence in enumerate(reading.sentences):
        start, end = reading.normal.span(sentence.start, sentence.end)
        seen.append(
            SentenceSeen(
                text[start:end].strip(),
                _frames(reading, sentence.start, sentence.end),
                tuple(
                    CandidateSeen(
                        c.technique, c.outcome, c.rule, text[slice(*reading.normal.span(c.start, c.end))], c.reason
                    )
                    for c in proposed
                    if sentence.start <= c.start < sentence.end
                ),
                tuple(
                    CandidateSeen(d.technique, d.outcome, d.rule, text[d.start : d.end], d.reason)
                    for d in standing
                    if start <= d.start < end
                ),
                _scores(weights, found.of_sentence(number), found, highest) if weights is not None else (),
            )
        )
    return seen


def _frames(reading: Reading, start: int, end: int) -> tuple[FrameSeen, ...]:
    sentence = next(s for s in reading.sentences if s.start == start)
    found = []
    for name, frame in FRAMES.items():
        for clause in sentence.clauses:
            at = clause.start + len(reading.text[clause.start : clause.end].rstrip(_MARKS))
            cause = frame(reading.text, sentence, clause, at, at)
            if cause is not None:
                reason = REASON_OF.get(name, name)
                first, last = reading.normal.span(*cause)
                found.append(FrameSeen(reason, reading.typed[first:last]))
    return tuple(dict.fromkeys(found))


def _highest(weights: Weights, found: Seen[str]) -> list[int]:
    """The score of every technique in its best sentence."""
    everywhere = weights.sum_of_reply(weights.numbers(found.reply))
    rows = map(found.of_sentence, range(len(found.sentences)))
    alone = zip(*(weights.scores(weights.numbers(row), everywhere) for row in rows), strict=True)
    return [max(of_one) + said for of_one, said in zip(alone, weights.of_line(found.line), strict=True)]


def _scores(weights: Weights, row: Iterable[str], found: Seen[str], highest: list[int]) -> tuple[Score, ...]:
    alone = weights.scores(weights.numbers(row), weights.sum_of_reply(weights.numbers(found.reply)))
    said = weights.of_line(found.line), weights.dependence.said(highest)
    scores = [own + line + others for own, line, others in zip(alone, *said, strict=True)]
    best = sorted(range(len(scores)), key=lambda k: (weights.bands[k].partial - scores[k], k))[:_SCORES_SHOWN]
    return tuple(
        Score(
            weights.techniques[k],
            scores[k],
            weights.bands[k].partial,
            weights.bands[k].credited,
            "  ".join(
                f"{feature} {weight / SCALE:+.2f}"
                for feature, weight in _because(weights, (*row, *found.line), highest, k)
            ),
        )
        for k in best
    )


def _because(weights: Weights, row: tuple[str, ...], highest: list[int], number: int) -> list[tuple[str, int]]:
    """The weightiest features, what other techniques say (`with:`) among them."""
    others = weights.dependence.because(highest, weights.techniques, number)
    found = [*weights.because(row, number), *((f"with:{name}", weight) for name, weight in others)]
    return sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))[:_FEATURES_SHOWN]

"""What to tell the trainee after a reply: one strength, one next step, and the rest on demand; as data.

Owns the choice and its order. Words for it are chosen where it is shown. Nothing is praised that cannot be pointed at, and harm
comes before finesse: what hurt the customer is said first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roleplay.engine.detection.candidates import UNSURE
from roleplay.engine.detection.model import Analysis, Detection, Mention
from roleplay.engine.events import Missing, Note, Rating
from roleplay.scenarios.conditions import positive_leaves
from roleplay.scenarios.model import Asks, Condition, Names, Scenario
from roleplay.scenarios.walk import opportunities
from roleplay.standards.codebook import FAMILY_OF, NEGATIVE, members

_PRAISE_ORDER = (
    "empathy",
    "apology",
    "reflection",
    "proposal",
    "ownership",
    "question",
    "information",
    "manager",
    "contact",
)


_NOT_WORTH_SAYING = frozenset({"negation", "off_topic", "rhetorical", "empty"})
"""Why a cue nobody asked for did not count, when to mention it would only puzzle."""


_NOTHING = Note("next_step", "nothing")


@dataclass(frozen=True, slots=True)
class FactsWorth:
    """What naming or asking for a fact is worth in a scenario. `wanted`: some opportunity is met with it and none is spoiled by it; what makes a
    half only is told as a half (a fact may stand for words that ask too little). `harmful`: some opportunity is spoiled by it; a fact may also stand
    for words that hurt."""

    wanted: frozenset[str]
    harmful: frozenset[str]

    def praised(self, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Those worth praise, unless the same words say something harmful: ten minutes as a guess is no time given."""
        harm = [m for m in mentions if m.fact in self.harmful]
        for one in mentions:
            if one.fact in self.wanted and not any(one.start < h.end and h.start < one.end for h in harm):
                yield one


def facts_worth(scenario: Scenario) -> FactsWorth:
    """What the opportunities of `scenario` make of each fact."""
    wanted: set[str] = set()
    harmful: set[str] = set()
    for _, one in opportunities(scenario):
        wanted.update(_facts(positive_leaves(one.met)))
        if one.spoiled is not None:
            harmful.update(_facts(positive_leaves(one.spoiled)))
    return FactsWorth(frozenset(wanted - harmful), frozenset(harmful))


def _facts(leaves: tuple[Condition, ...]) -> Iterator[str]:
    for leaf in leaves:
        if isinstance(leaf, Names | Asks):
            yield from leaf.facts


def notes(
    analysis: Analysis, ratings: tuple[Rating, ...], worth: FactsWorth, *, ahead: bool = True
) -> tuple[Note, ...]:
    """All that can be said of a reply: strengths, best first, then next steps, most urgent first. `worth`: which facts may be praised. `ahead`:
    also what the reply did not try and can still be done, which is a hint. Never empty: of a reply that nothing else can be said of, that it shows
    nothing."""
    steps = _next_steps(analysis, ratings, ahead=ahead)
    said = (*dict.fromkeys(_strengths(analysis, ratings, worth)), *dict.fromkeys(steps))
    return said or (_NOTHING,)


def _strengths(analysis: Analysis, ratings: tuple[Rating, ...], worth: FactsWorth) -> Iterator[Note]:
    for word in ("met", "partly"):
        for rating in ratings:
            if rating.word == word:
                first = max(rating.evidence, key=lambda e: (e.what == "technique", e.end - e.start, -e.start))
                technique = first.id if first.what == "technique" else ""
                yield Note("strength", word, technique, rating.opportunity, start=first.start, end=first.end)
    hurt = [d for d in analysis.detections if d.outcome == "credited" and d.technique in NEGATIVE]
    credited = [
        d
        for d in analysis.detections
        if d.outcome == "credited"
        and d.technique not in NEGATIVE
        and not any(d.start < h.end and h.start < d.end for h in hurt)
    ]
    for found in sorted(credited, key=lambda d: _PRAISE_ORDER.index(FAMILY_OF[d.technique])):
        yield Note("strength", "credited", found.technique, start=found.start, end=found.end)
    for mention in worth.praised(analysis.mentions):
        code = "asked" if mention.asked else "named"
        yield Note("strength", code, reason=mention.fact, start=mention.start, end=mention.end)


def _next_steps(analysis: Analysis, ratings: tuple[Rating, ...], *, ahead: bool) -> Iterator[Note]:
    found = analysis.detections
    yield from (_of("harm", d) for d in found if d.technique in NEGATIVE and d.outcome == "credited")
    for rating in ratings:
        if rating.rule == "spoiled" and rating.evidence:
            first = rating.evidence[0]
            yield Note("next_step", "spoiled", opportunity=rating.opportunity, start=first.start, end=first.end)
    for offer in analysis.offers:
        if not offer.within:
            yield Note("next_step", "over_limit", reason=offer.card, start=offer.start, end=offer.end)
    if analysis.stuffed:
        yield Note("next_step", "stuffed")
    elif not analysis.recognised:
        yield _NOTHING
    standing = {d.technique for d in found if d.outcome == "credited"}
    plain = [d for d in found if d.technique not in NEGATIVE and d.reason != UNSURE]
    weak = [d for d in plain if d.technique not in standing]
    wanted = _wanted(ratings)
    for outcome in ("rejected", "partial"):
        of_outcome = [d for d in weak if d.outcome == outcome]
        yield from (_of(outcome, d) for d in of_outcome if d.technique in wanted)
    for open in (False, True) if ahead else (False,):
        for rating in ratings:
            if rating.word != "met" and (rating.word == "not_observed") == open:
                yield Note("next_step", "missing", opportunity=rating.opportunity, reason=rating.rule)
    if analysis.repeats is not None:
        yield Note("next_step", "repeated")
    for outcome in ("rejected", "partial"):
        others = [d for d in weak if d.outcome == outcome and d.technique not in wanted]
        yield from (_of(outcome, d) for d in others if d.reason not in _NOT_WORTH_SAYING)


def _of(code: str, found: Detection) -> Note:
    return Note("next_step", code, found.technique, reason=found.reason, start=found.start, end=found.end)


def _wanted(ratings: tuple[Rating, ...]) -> frozenset[str]:
    missing: list[Missing] = [m for rating in ratings for m in rating.missing if m.what == "technique"]
    return frozenset(t for m in missing for name in m.ids for t in members(name))

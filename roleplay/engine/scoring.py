"""One reply against the opportunities of the moment: met, partly, not met or not observed, with the words that show it.

Owns the rating of a turn. Refuses to know where evidence comes from and how it is told. `not_observed` is a word, never 0: an
opportunity that is still open is no mark. `met` needs at least one span of what was typed; the absence of a bad phrase is not
evidence of a good one.
"""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.engine.conditions import Moment, evaluate
from roleplay.engine.events import Evidence, Rating, RatingWord
from roleplay.scenarios.conditions import positive_leaves
from roleplay.scenarios.model import Asks, Names, Opportunity

_PIECES_AT_LEAST = 2


def _begun(opportunity: Opportunity, evidence: Sequence[Evidence]) -> bool:
    """Whether `evidence` is a start. One word of the matter is none, nor is a single technique where the matter itself is wanted: assessors
    see nothing in three of five such replies (docs/detection.md)."""
    kinds = {e.what for e in evidence}
    if kinds == {"fact"}:
        return len(evidence) >= _PIECES_AT_LEAST
    if kinds == {"technique"} and any(isinstance(leaf, Names | Asks) for leaf in positive_leaves(opportunity.met)):
        return len({e.id for e in evidence}) >= _PIECES_AT_LEAST
    return bool(kinds)


def rate(opportunity: Opportunity, moment: Moment, *, tries: int, leaving: bool) -> Rating:
    """How `opportunity` was taken by the reply of `moment`. `tries`: replies given where it stands, this one included;
    `leaving`: the scene moves on, so what was not done now is missed."""

    def rated(word: RatingWord, rule: str, verdict_of: str = "met") -> Rating:
        verdict = verdicts[verdict_of]
        return Rating(
            opportunity.id,
            opportunity.indicators,
            word,
            rule,
            verdict.evidence,
            verdicts["met"].missing,
            open=word != "met" and not leaving,
        )

    verdicts = {"met": evaluate(opportunity.met, moment)}
    if opportunity.spoiled is not None:
        verdicts["spoiled"] = evaluate(opportunity.spoiled, moment)
        if verdicts["spoiled"].holds:
            return rated("not_met", "spoiled", "spoiled")
    if verdicts["met"].holds and verdicts["met"].evidence:
        return rated("met", "met")
    if opportunity.partly is not None:
        verdicts["partly"] = evaluate(opportunity.partly, moment)
        if verdicts["partly"].holds and _begun(opportunity, verdicts["partly"].evidence):
            return rated("partly", "partly", "partly")
    if tries < opportunity.due and not leaving:
        return rated("not_observed", "open")
    return rated("not_met", "missed")

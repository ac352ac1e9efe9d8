"""What one reply is worth: where a start begins."""

from __future__ import annotations

import pytest

from roleplay.engine.conditions import Moment
from roleplay.engine.detection.model import Analysis, Detection, Mention
from roleplay.engine.scoring import rate
from roleplay.scenarios.model import All, AnyOf, Asks, Condition, Does, Names, Opportunity, Text
from roleplay.standards.codebook import FAMILIES

MATTER = All((Does(("question",)), Asks(("order",))))
MANNER = All((Does(("apology",)), Does(("empathic_response",))))
SOME_OF_IT = AnyOf((Does(("question", "apology", "empathic_response")), Names(("order", "day")), Asks(("order",))))


def word(met: Condition, *found: Detection | Mention) -> str:
    detections = tuple(f for f in found if isinstance(f, Detection))
    mentions = tuple(f for f in found if isinstance(f, Mention))
    moment = Moment(Analysis(detections, mentions), mood=50, trust=50, clock=0, tries=1, turns=1)
    opportunity = Opportunity("o", ("TRM3R0182v2:3.2",), met, SOME_OF_IT, tip=Text("t", "t"))
    return rate(opportunity, moment, tries=1, leaving=True).word


def did(technique: str, start: int = 0) -> Detection:
    return Detection(technique, "credited", start, start + 3, "r")


def named(fact: str, start: int = 0, *, asked: bool = False) -> Mention:
    return Mention(fact, start, start + 3, asked)


@pytest.mark.parametrize(
    ("met", "found", "wanted"),
    [
        (MATTER, [did("closed_question")], "not_met"),
        (MATTER, [did("closed_question"), did("apology", 4)], "partly"),
        (MATTER, [named("order")], "not_met"),
        (MATTER, [named("order"), named("day", 4)], "partly"),
        (MATTER, [named("order", asked=True)], "partly"),
        (MATTER, [named("order"), did("apology", 4)], "partly"),
        (MANNER, [did("apology")], "partly"),
        (MANNER, [named("order")], "not_met"),
    ],
)
def test_one_word_of_the_matter_or_one_technique_beside_it_is_no_start(
    met: Condition, found: list[Detection | Mention], wanted: str
) -> None:
    assert word(met, *found) == wanted


def test_all_of_it_is_met() -> None:
    assert word(MATTER, did("closed_question"), named("order", asked=True)) == "met"
    assert word(MANNER, did("apology"), did(FAMILIES["empathy"][0], 4)) == "met"

"""A small scenario in the model's own values, and analyses written out by hand, so that the engine is tested without a detector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roleplay.engine.detection.model import Analysis, Detection, Mention, Offer, Situation
from roleplay.engine.events import Pins, SubmitReply
from roleplay.engine.session import SessionState, fold
from roleplay.engine.stage import Stage
from roleplay.scenarios.model import (
    All,
    Answer,
    Authority,
    Branch,
    Brief,
    Clock,
    ClockEvent,
    Does,
    Effect,
    Fact,
    Knows,
    Language,
    Line,
    Names,
    Offers,
    Opportunity,
    Party,
    Persona,
    Range,
    Scenario,
    State,
    Text,
    Words,
)

PINS = Pins("0", "p", "1", "f" * 64, "p/late_cake", "d", "t" * 64, ("TRM3R0182v2",), ())


def text(en: str) -> Text:
    return Text(en, en)


def line(*en: str, **more: object) -> tuple[Line, ...]:
    return (Line(tuple(text(e) for e in en), **more),)  # type: ignore[arg-type]


SCENARIO = Scenario(
    id="late_cake",
    pack="p",
    code="X1",
    title=text("The late cake"),
    summary=text("A cake that did not come."),
    level="foundation",
    role="assistant",
    minutes=10,
    languages=("zh", "en"),
    brief=Brief(
        text("you"),
        text("shop"),
        text("goal"),
        "chat",
        authority=(Authority("credit", "voucher_future", text("credit"), Words(("x",), ("credit",)), 100, 300),),
    ),
    persona=Persona(text("Ms Ho"), Words(("Ho",), ("Ho",)), text("about"), text("back"), 40, 40),
    facts=(
        Fact("order", text("A1"), Words(("A1",), ("A1",)), Words(("o",), ("order",)), line("It is A1.", "A1, I said.")),
        Fact("cause", text("flat tyre"), Words(("t",), ("tyre",))),
    ),
    states=(
        State(
            "opening",
            line("Where is my cake?"),
            (
                Opportunity(
                    "sorry",
                    ("TRM3R0182v2:3.2",),
                    Does(("apology",)),
                    Does(("empathic_response",)),
                    Does(("blame_customer",)),
                    due=2,
                    tip=text("Say sorry for the delay."),
                    weak=(text("weak"),),
                    good=(text("good"),),
                    rule=text("rule"),
                ),
            ),
            (
                Branch(All((Does(("apology",)), Does(("question",)))), "fix", line("Fine."), Effect(mood=6)),
                Branch(None, says=line("And?", "Well?")),
            ),
        ),
        State(
            "fix",
            line("What now?"),
            (Opportunity("offer", ("TRM3R0182v2:2.3",), Offers(), tip=text("Offer something.")),),
            (Branch(Offers(), "done", line("All right.")), Branch(None, says=line("Hm."))),
        ),
        State("done", line("Bye."), outcome="solved", epilogue=text("It went well.")),
        State("gone", line("I am leaving."), outcome="unsolved"),
    ),
    start="opening",
    parties=(
        Party(
            "leader",
            "supervisor",
            text("Leader"),
            text("about"),
            (
                Answer(Names(("order",)), line("Granted."), Effect(grants=("credit",), reveals=("cause",))),
                Answer(None, line("Which order?")),
            ),
        ),
    ),
    anywhere=(Branch(Range("mood", below=10), "gone"),),
    unrecognised=Branch(None, says=line("Sorry?", "Pardon?")),
    clock=Clock("10:00", 2, 10, (ClockEvent("rang", 15, line("(A bell.)"), Knows(("order",)), "", Effect(mood=-4)),)),
)

APOLOGY = Detection("apology", "credited", 0, 5, "r")
QUESTION = Detection("open_question", "credited", 6, 9, "r")
BLAME = Detection("blame_customer", "credited", 0, 5, "r")
EMPATHY = Detection("validate", "credited", 0, 5, "r")
REJECTED = Detection("apology", "rejected", 0, 5, "r", "negation")

ANALYSES: Mapping[str, Analysis] = {
    "apology": Analysis((APOLOGY,)),
    "apology and question": Analysis((APOLOGY, QUESTION)),
    "blame": Analysis((BLAME,)),
    "empathy": Analysis((EMPATHY,)),
    "not sorry": Analysis((REJECTED,)),
    "asks order": Analysis((QUESTION,), (Mention("order", 0, 3, True),)),
    "names order": Analysis((), (Mention("order", 0, 3, False),)),
    "offer": Analysis((), (), (Offer("voucher_future", "credit", 50, True, 0, 5),)),
    "too much": Analysis((), (), (Offer("voucher_future", "credit", 900, False, 0, 5),)),
    "again": Analysis((), repeats=0),
}


@dataclass
class ByTable:
    """Looks an analysis up by the words of the reply; anything else is a reply in which nothing is recognised."""

    seen: list[Situation]

    def analyse(self, text: str, language: Language, situation: Situation = Situation()) -> Analysis:  # noqa: B008
        self.seen.append(situation)
        return ANALYSES.get(text, Analysis(()))


def stage() -> Stage:
    return Stage(SCENARIO, ByTable([]))


def opened(on: Stage, mode: str = "practice", hints: str = "on_request") -> SessionState:
    started = on.start(session="s1", at=0, language="en", mode=mode, hints=hints, trainee="", pins=PINS)  # type: ignore[arg-type]
    return fold((started,))


def reply(words: str, number: int, to: str = "customer") -> SubmitReply:
    return SubmitReply(words, number * 1000, f"t{number}", to)

"""Facts made without the engine: every kind, every nested value, as many as wanted, always the same bytes."""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Callable

from roleplay.engine import events as e
from roleplay.engine.detection.model import Analysis, Detection, Mention, Offer
from roleplay.engine.events import Fact
from roleplay.scenarios.packs import fingerprint
from roleplay.store.database import Store, open_store

PACK = {"pack.yaml": "pack: made\n", "late.yaml": "# 遲到的包裹\nstates: []\n"}
BEGAN = 1_767_225_600_000
TRAINEE = "訓練生甲七"


def salts() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):032x}"


def new_id() -> str:
    return uuid.uuid4().hex


def kept_at(url: str, busy_ms: int = 3000, read_only: bool = False) -> Store:
    return open_store(url, salts=lambda: os.urandom(16).hex(), busy_ms=busy_ms, read_only=read_only)


def started(session: str = "made-1", trainee: str = TRAINEE, at: int = BEGAN) -> e.SessionStarted:
    pins = e.Pins(
        "0.1.0",
        "made",
        "1.0",
        fingerprint(PACK),
        "made/late",
        "rules-1",
        "ab" * 32,
        ("TRM3R0182v2",),
        ("rapidfuzz 3.14",),
    )
    return e.SessionStarted(
        session=session, at=at, language="zh", mode="practice", hints="on_request", trainee=trainee, title="遲到的禮物",
        channel="chat", customer="邱先生", pins=pins, state="opening", mood=30, trust=40, known=("order_number",),
        lines=(e.Said("narration", "訊息視窗亮起。"), e.Said("customer", "包裹呢？\n我等了三天。")),
    )  # fmt: skip


def turn(number: int, text: str = "很抱歉讓您久等了，我馬上查。", attempt: int = 1, turn_id: str = "") -> e.TurnTaken:
    found = Analysis(
        detections=(
            Detection("apology", "credited", 0, 7, "apology.for_what"),
            Detection("empathy", "rejected", 7, 9, "empathy.plain", "negated", (2, 4)),
        ),
        mentions=(Mention("order_number", 1, 3, True),),
        offers=(Offer("refund", "half", 200, True, 2, 5), Offer("gift", "", None, False, 5, 6)),
        by_name=(0, 2),
        repeats=None,
    )
    rating = e.Rating("opening.apologise", ("K1.1",), "partly", "partly", (e.Evidence("technique", "apology", 0, 7),), (e.Missing("ask", ("reason",)),))  # fmt: skip
    move = e.Move(
        "opening",
        31,
        40 + number % 50,
        number,
        "unrecognised",
        -1,
        (("calm", 2, -1),),
        ("reason",),
        ("half",),
        ("rain",),
        ("a.0",),
    )
    return e.TurnTaken(
        turn_id=turn_id or f"t-{number}-{attempt}", number=number, attempt=attempt, at=BEGAN + number * 1000, to=e.CUSTOMER, text=text,
        analysis=found, ratings=(rating,), notes=(e.Note("strength", "credited", "apology", start=0, end=7),), move=move,
        lines=(e.Said("customer", f"第{number}次了。"), e.Said("party", "倉庫說明天到。", "warehouse")),
    )  # fmt: skip


def session_facts(session: str = "made-1") -> tuple[Fact, ...]:
    """Every kind of fact, in an order that can have happened."""
    return (
        started(session),
        e.HintShown(BEGAN + 10, "opening.apologise"),
        turn(1, "喔。"),
        e.TurnRetried("t-1-1", BEGAN + 1500),
        turn(1, "邱先生，很抱歉讓您久等了。", attempt=2),
        e.TimePassed(BEGAN + 1700, e.Move("opening", 30, 39, 5, "wait", 0), (e.Said("clock", "五分鐘過去。"),)),
        turn(2, "我今天五點前回電給您。"),
        e.SessionEnded(BEGAN + 9000, "solved", (e.Said("customer", "好吧。"),)),
        field(),
    )


def field(text: str = "回電給客人，他叫邱伯漢。") -> e.FieldFilled:
    found = Analysis((), mentions=(Mention("order_number", 1, 3, False),))
    rating = e.Rating("record.facts", ("K1.1",), "not_met", "others_data")
    findings = (e.Finding("others_data", 0, 8, 11), e.Finding("promise_missing", 2, 0, 10))
    return e.FieldFilled("record", "what", 1, BEGAN + 9500, text, found, (rating,), findings)


def keep(store: Store, session: str = "made-1") -> tuple[Fact, ...]:
    """All of `session_facts` kept, one by one."""
    facts = session_facts(session)
    first = facts[0]
    assert isinstance(first, e.SessionStarted)
    store.create(first, PACK)
    for count, fact in enumerate(facts[1:], 1):
        store.append(session, count, (fact,))
    return facts

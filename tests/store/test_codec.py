"""The written form of facts: whatever is written comes back, and what is not a fact is refused with its place."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.engine import events
from roleplay.engine.codec import KINDS, BadRecord, Json, canonical, join, split
from roleplay.engine.events import Fact, Said, TurnTaken
from tests.store.made import TRAINEE, session_facts, started, turn

WIDEST = (1 << 53) - 1
st.register_type_strategy(int, st.integers(-WIDEST, WIDEST))
lines = st.builds(Said, speaker=st.sampled_from(["customer", "narration", "party", "clock"]))
facts = st.one_of(
    *(
        st.builds(kind, lines=st.lists(lines, max_size=3).map(tuple)) if hasattr(kind, "lines") else st.from_type(kind)
        for kind in KINDS.values()
    )
)


def read_back(public: Json) -> Json:
    again: Json = json.loads(canonical(public))
    return again


@settings(deadline=None, max_examples=80)
@given(facts)
def test_a_fact_comes_back_as_it_was(fact: Fact) -> None:
    written = split(fact)
    assert join(read_back(written.public), written.text if written.field else None) == fact


@pytest.mark.parametrize("fact", session_facts(), ids=lambda fact: type(fact).__name__)
def test_every_value_is_written_out(fact: Fact) -> None:
    """Defaults too: a stranger reads them without this program. What is left out is refused."""
    written = split(fact)
    assert written.public.keys() | {written.field} - {""} >= set(type(fact).__slots__) - {written.field}
    for key in written.public.keys() - {"kind"}:
        less = {k: v for k, v in written.public.items() if k != key}
        with pytest.raises(BadRecord, match=key):
            join(less, written.text)


def test_the_written_form_is_the_same_for_ever() -> None:
    fact = events.HintShown(1_767_225_600_000, "開場.道歉")
    assert (
        canonical(split(fact).public).decode() == '{"at":1767225600000,"kind":"hint_shown","opportunity":"開場.道歉"}'
    )


def test_what_was_typed_stands_apart() -> None:
    for fact, field, text in ((started(), "trainee", TRAINEE), (turn(1), "text", turn(1).text)):
        written = split(fact)
        assert (written.field, written.text) == (field, text)
        assert text not in canonical(written.public).decode()
        with pytest.raises(BadRecord, match=field):
            join({**written.public, field: text}, text)


def test_erased_text_stands_as_nothing() -> None:
    again = join(split(turn(1)).public, None)
    assert isinstance(again, TurnTaken)
    assert again.text == ""


STARTED = split(started()).public
TURN = split(turn(1)).public


@pytest.mark.parametrize(
    ("public", "change", "place"),
    [
        (STARTED, {"kind": "turn_dreamt"}, "kind"),
        (STARTED, {"kind": ["turn_taken"]}, "kind"),
        (STARTED, {"at": "1"}, "session_started.at"),
        (STARTED, {"at": 1.0}, "at"),
        (STARTED, {"at": 1 << 53}, "at"),
        (STARTED, {"mode": "exam"}, "mode"),
        (STARTED, {"mode": ["practice"]}, "mode"),
        (STARTED, {"more": 1}, "more"),
        (STARTED, {"lines": [{"speaker": "customer", "text": 5, "who": ""}]}, "lines.0.text"),
        (STARTED, {"lines": {"0": "x"}}, "lines"),
        (STARTED, {"known": ["x"] * 10_001}, "known"),
        (STARTED, {"title": "x" * 100_001}, "title"),
        (STARTED, {"title": "\ud800"}, "title"),
        (STARTED, {"mood": True}, "mood"),
        (STARTED, {"pins": None}, "pins"),
        (TURN, {"analysis": {**TURN["analysis"], "by_name": [1, 2, 3]}}, "analysis.by_name"),
        (TURN, {"move": {**TURN["move"], "rules": [["calm", 1]]}}, "move.rules.0"),
        (TURN, {"move": {**TURN["move"], "outcome": "perfect"}}, "move.outcome"),
    ],
)
def test_what_is_no_fact_is_refused_with_its_place(public: Json, change: dict[str, Any], place: str) -> None:
    assert join(public, "")
    with pytest.raises(BadRecord, match=place.replace(".", r"\.")) as refused:
        join({**public, **change}, "")
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "fact", [turn(1, "x" * 100_001), turn(1, "\udc80"), turn(1 << 53)], ids=["long", "broken", "wide"]
)
def test_what_could_not_be_read_again_is_not_written(fact: Fact) -> None:
    with pytest.raises(BadRecord, match="turn_taken"):
        split(fact)


def test_typed_text_cannot_slip_into_the_public_part() -> None:
    fact = events.SessionEnded(1, None, (Said("trainee", "我的電話是 0912"),))
    with pytest.raises(BadRecord, match="lines"):
        split(fact)


def test_every_fact_has_a_kind() -> None:
    assert set(KINDS.values()) == set(Fact.__args__)


def test_a_thousand_turns_are_read_in_half_a_second() -> None:
    kept = [canonical(split(turn(n)).public) for n in range(1000)]
    took = []
    for _ in range(3):
        before = time.perf_counter()
        again = [join(json.loads(public), "x") for public in kept]
        took.append(time.perf_counter() - before)
    assert len(again) == 1000
    assert min(took) < 0.5

"""The written form of facts: whatever is written comes back, and what is not a fact is refused with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.engine import events
from roleplay.engine.codec import KINDS, BadRecord, canonical, join, split
from roleplay.engine.events import Fact, TurnTaken

facts = st.one_of(*(st.from_type(kind) for kind in KINDS.values()))


@settings(deadline=None, max_examples=60)
@given(facts)
def test_a_fact_comes_back_as_it_was(fact: Fact) -> None:
    written = split(fact)
    again = json.loads(canonical(written.public).decode("utf-8", "surrogatepass"))
    assert join(again, written.text) == fact


def test_what_was_typed_stands_apart() -> None:
    written = split(events.SessionStarted(**_started()))
    assert (written.field, written.text) == ("trainee", "訓練生甲七")
    assert "訓練生甲七" not in canonical(written.public).decode()


def _started() -> dict[str, object]:
    pins = events.Pins("0", "p", "1", "f", "s", "d", "t", (), ())
    return {
        "session": "s", "at": 1, "language": "zh", "mode": "practice", "hints": "off", "trainee": "訓練生甲七", "title": "t",
        "channel": "chat", "customer": "c", "pins": pins, "state": "a", "mood": 1, "trust": 2, "known": (), "lines": (),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kind": "turn_dreamt"}, "kind"),
        ({"at": "1"}, "at"),
        ({"mode": "exam"}, "mode"),
        ({"more": 1}, "more"),
        ({"lines": [{"speaker": "customer", "text": 5, "who": ""}]}, "lines.0.text"),
        ({"mood": True}, "mood"),
    ],
)
def test_what_is_no_fact_is_refused_with_its_place(change: dict[str, object], place: str) -> None:
    public = json.loads(canonical(split(events.SessionStarted(**_started())).public))
    with pytest.raises(BadRecord, match=place):
        join({**public, **change}, "")


def test_a_missing_key_is_refused() -> None:
    public = json.loads(canonical(split(events.SessionStarted(**_started())).public))
    del public["mood"]
    with pytest.raises(BadRecord, match="mood"):
        join(public, "")


def test_every_fact_has_a_kind() -> None:
    assert set(KINDS.values()) == set(Fact.__args__)
    assert TurnTaken in KINDS.values()

"""A rehearsal's text -> the scripted trainee."""

from __future__ import annotations

import pytest

from roleplay.scenarios.model import Range, Text
from roleplay.scenarios.rehearsal import Expectation, Rehearsal, RehearsalTurn, read_rehearsal

_TEXT = """\
format: 1
scenario: late_cake
quality: middling
note: {zh: 半好, en: half good}
turns:
  - say: {zh: 您好, en: Hello}
    to: leader
    expect:
      state: details
      finds: [greeting, empathy]
      lacks: blame_customer
      rates: {ask_order: partly, give_time: not_observed}
      says: {zh: 哪張, en: Which}
      mood: {at_least: 20, below: 60}
  - wait: true
expect:
  outcome: unsolved
  trust: {below: 50}
"""


def test_every_key() -> None:
    made, problems = read_rehearsal("x.rehearsal.yaml", _TEXT)
    assert problems == ()
    assert made is not None
    assert dict(made.where)["turns.0.expect.state"] == (9, 14)
    assert made == Rehearsal(
        file="x.rehearsal.yaml",
        scenario="late_cake",
        quality="middling",
        note=Text("半好", "half good"),
        turns=(
            RehearsalTurn(
                say=Text("您好", "Hello"),
                to="leader",
                expect=Expectation(
                    state="details",
                    finds=("greeting", "empathy"),
                    lacks=("blame_customer",),
                    rates=(("ask_order", "partly"), ("give_time", "not_observed")),
                    says=Text("哪張", "Which"),
                    gauges=(Range("mood", 20, 60),),
                ),
                where=(6, 5),
            ),
            RehearsalTurn(wait=True, where=(15, 5)),
        ),
        expect=Expectation(outcome="unsolved", gauges=(Range("trust", below=50),)),
        where=made.where,
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("quality: middling", "quality: great", "RP204"),
        ("partly, give", "half, give", "RP204"),
        ("rates: {ask_order: partly, give_time: not_observed}", "rates: met", "RP203"),
        ("  - wait: true", "  - wait: true\n    say: {zh: 喂, en: Hello}", "RP602"),
        ("  - wait: true", "  - wait: false", "RP602"),
        ("en: Hello}", "en: " + "x" * 2001 + "}", "RP604"),
        ("say: {zh: 您好, en: Hello}", "say: {zh: 您好}", "RP206"),
        ("mood: {at_least: 20, below: 60}", "mood: 20", "RP203"),
        ("note:", "nota:", "RP201"),
    ],
)
def test_what_is_wrong_with_one(old: str, new: str, code: str) -> None:
    made, problems = read_rehearsal("x.rehearsal.yaml", _TEXT.replace(old, new, 1))
    assert made is None
    assert [found.code for found in problems] == [code]

"""The work after the talk: when a form is asked for, what it shows, and what is wrong with what was written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roleplay.engine.debrief import debrief
from roleplay.engine.detection.model import Analysis, Detection, Mention
from roleplay.engine.events import Fact, FieldFilled, FillForm, Pins
from roleplay.engine.figures import figures, times, values
from roleplay.engine.forms import finding_words
from roleplay.engine.refusals import Refused
from roleplay.engine.replay import rescore
from roleplay.engine.session import OutOfOrder, SessionState, evolve, fold
from roleplay.engine.stage import Stage
from roleplay.scenarios.model import Consulted, Form, FormField, Names, Opportunity, Words
from tests.engine.scene import ANALYSES, SCENARIO, ByTable, reply, text

RECORD = Form(
    "record",
    "service_record",
    (
        FormField(
            "what", text("What"), opportunities=(Opportunity("facts", ("BAS4222-002v2:P1.1.4",), Names(("order",))),)
        ),
        FormField("promised", text("Promised")),
    ),
)
ASKED_UP = replace(RECORD, id="handover", kind="handover_note", when=Consulted(("leader",)), fields=RECORD.fields[:1])
WITH_FORMS = replace(SCENARIO, forms=(RECORD, ASKED_UP), others=Words(("Lin",), ("Lin",)))
PROMISE = "I will call you at three, Ms Ho."
SEEN = {
    **ANALYSES,
    PROMISE: Analysis((Detection("commitment_timeframe", "credited", 0, 24, "r"),)),
    "Order A1, called at 15:00.": Analysis((), (Mention("order", 6, 8, False),)),
    "A1 for Lin": Analysis((), (Mention("order", 0, 2, False),)),
    "A1, refund 750": Analysis((), (Mention("order", 0, 2, False),)),
}


class Seen(ByTable):
    def analyse(self, text, language, situation=None):  # type: ignore[no-untyped-def]
        return SEEN.get(text, Analysis(()))


def over(mode: str = "practice", *more: str) -> tuple[Stage, SessionState, list[Fact]]:
    """A talk that has ended, with a promise in it."""
    on = Stage(WITH_FORMS, Seen([]))
    pins = Pins("0", "p", "1", "f" * 64, "p/late_cake", "d", "t" * 64, (), ())
    facts: list[Fact] = [on.start(session="s", at=0, language="en", mode=mode, hints="off", trainee="", pins=pins)]  # type: ignore[arg-type]
    state = fold(facts)
    for number, words in enumerate((*more, PROMISE, "apology and question", "offer"), 1):
        to = "leader" if words == "names order" else "customer"
        for fact in on.decide(state, reply(words, number, to)):
            facts.append(fact)
            state = evolve(state, fact)
    return on, state, facts


def hand_in(on: Stage, state: SessionState, *texts: tuple[str, str]) -> tuple[SessionState, tuple[FieldFilled, ...]]:
    filled = on.decide(state, FillForm("record", texts, 9000))
    for fact in filled:
        state = evolve(state, fact)
    return state, tuple(fact for fact in filled if isinstance(fact, FieldFilled))


def codes(filled: tuple[FieldFilled, ...], field: str) -> list[str]:
    return [f.code for one in filled if one.field == field for f in one.findings]


def test_no_form_before_the_end_and_only_those_that_apply() -> None:
    on, state, _ = over()
    assert state.ended is not None
    assert [form.id for form in on.forms(state)] == ["record"]
    assert [form.id for form in on.forms(over("practice", "names order")[1])] == ["record", "handover"]
    assert state.before is not None
    assert on.forms(state.before) == ()
    with pytest.raises(Refused, match="no_such_form"):
        on.decide(state.before, FillForm("record", (("what", "A1"),), 1))


def test_a_right_record_is_met_and_counts_in_the_debrief() -> None:
    on, state, _ = over()
    state, filled = hand_in(on, state, ("what", "Order A1, called at 15:00."), ("promised", "3:00 call"))
    assert [r.word for r in filled[0].ratings] == ["met"]
    assert codes(filled, "what") == codes(filled, "promised") == []
    found = {i.indicator: i for i in debrief(WITH_FORMS, state).indicators}["BAS4222-002v2:P1.1.4"]
    assert (found.word, [(q.form, q.text) for q in found.evidence]) == ("met", [("record", "A1")])


def test_a_promise_left_out_is_named_with_its_own_words() -> None:
    on, state, _ = over()
    state, filled = hand_in(on, state, ("what", "A1"), ("promised", "nothing much"))
    (missing,) = filled[1].findings
    assert missing.code == "promise_missing"
    assert finding_words(missing, filled[1].text, state.standing) == "I will call you at three"


@pytest.mark.parametrize(
    ("promise", "asked_for"),
    [
        ("I will call you in two minutes", False),
        ("I will call you in forty minutes", True),
        ("there in forty minutes", False),
    ],
)
def test_a_promise_is_asked_for_while_it_is_still_to_be_kept(
    promise: str, asked_for: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SEEN, promise, Analysis((Detection("commitment_timeframe", "credited", 0, len(promise), "r"),)))
    on, state, _ = over("practice", promise)
    _, filled = hand_in(on, state, ("what", "A1"), ("promised", "call at 15:00"))
    assert codes(filled, "promised") == (["promise_missing"] if asked_for else [])


def test_what_another_form_holds_is_not_asked_for_again() -> None:
    on, state, _ = over("practice", "names order")
    state, _ = hand_in(on, state, ("what", "A1"), ("promised", "call at 15:00"))
    filled = on.decide(state, FillForm("handover", (("what", "A1"),), 9500))
    assert [f.code for one in filled if isinstance(one, FieldFilled) for f in one.findings] == []


def test_whoever_hands_over_may_set_a_time() -> None:
    on, state, _ = over("practice", "names order")
    texts = (("A1. Ring her again at 18:40.", []), ("A1. She came 18:40.", ["figure_unknown"]))
    for text_, wanted in texts:
        state, _ = hand_in(on, state, ("what", "A1"), ("promised", "call at 15:00"))
        filled = on.decide(state, FillForm("handover", (("what", text_),), 9500))
        assert [f.code for one in filled if isinstance(one, FieldFilled) for f in one.findings] == wanted


def test_figures_from_nowhere_leave_a_record_partly() -> None:
    on, state, _ = over()
    _, filled = hand_in(on, state, ("what", "A1, refund 750"), ("promised", "at 15:00"))
    assert ([r.word for r in filled[0].ratings], codes(filled, "what")) == (["partly"], ["figure_unknown"])
    assert filled[0].ratings[0].rule == "figure_unknown"


def test_somebody_elses_data_spoil_it() -> None:
    on, state, _ = over()
    _, filled = hand_in(on, state, ("what", "A1 for Lin"), ("promised", "at 15:00"))
    assert (filled[0].ratings[0].word, codes(filled, "what")) == ("not_met", ["others_data"])
    assert finding_words(filled[0].findings[0], filled[0].text, ()) == "Lin"


def test_an_empty_field_is_said_to_be_empty_and_an_empty_form_is_refused() -> None:
    on, state, _ = over()
    _, filled = hand_in(on, state, ("what", "at 15:00"))
    assert codes(filled, "promised") == ["empty"]
    for texts, code in (((("what", "  "),), "empty_form"), ((("who", "x"),), "no_such_field")):
        with pytest.raises(Refused, match=code):
            on.decide(state, FillForm("record", texts, 1))
    with pytest.raises(Refused, match="reply_too_long"):
        on.decide(state, FillForm("record", (("what", "x" * 2001),), 1))


def test_the_last_attempt_counts_and_an_assessment_has_one() -> None:
    on, state, _ = over()
    state, _ = hand_in(on, state, ("what", "nothing"))
    state, again = hand_in(on, state, ("what", "Order A1, called at 15:00."))
    assert [f.attempt for f in again] == [2, 2]
    assert [f.text for f in state.handed_in] == ["Order A1, called at 15:00.", ""]
    on, state, _ = over("assessment")
    state, _ = hand_in(on, state, ("what", "nothing"))
    with pytest.raises(Refused, match="no_retry_in_assessment"):
        hand_in(on, state, ("what", "A1"))


def test_a_form_before_the_end_is_no_record() -> None:
    on, state, facts = over()
    _, filled = hand_in(on, state, ("what", "A1"))
    with pytest.raises(OutOfOrder, match="before the talk ended"):
        fold((*facts[:2], filled[0]))


def test_forms_are_scored_again_as_they_were() -> None:
    on, state, facts = over()
    state, first = hand_in(on, state, ("what", "A1 for Lin"))
    _, second = hand_in(on, state, ("what", "A1"), ("promised", "at 15:00"))
    assert rescore((*facts, *first, *second), on) == ()
    doctored = replace(first[0], findings=())
    assert [d.part for d in rescore((*facts, doctored, *first[1:]), on)] == ["record.what.findings"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三點半", "15:30"),
        ("下午3點30分", "half past three"),
        ("十二點一刻", "quarter past twelve"),
        ("quarter to five", "16:45"),
        ("5pm", "五點"),
        ("1,500", "一千五"),
        ("fifteen hundred", "1500"),
        ("二三〇", "230"),
        ("A-2231", "a2231"),
        ("11/23", "11月23日"),
        ("2026-11-23", "11/23"),
    ],
)
def test_the_same_figure_however_it_is_written(one: str, other: str) -> None:
    assert values(one) & values(other)


@pytest.mark.parametrize(("one", "other"), [("三點半", "四點半"), ("1,500", "15"), ("A2231", "A2232"), ("12/1", "121")])
def test_different_figures_stay_different(one: str, other: str) -> None:
    assert not values(one) & values(other)


def test_a_figure_knows_where_it_stands_and_whether_it_can_be_checked() -> None:
    written = "訂單 A2231，三點半回電，退１５００元，送 3 件，11/23 再打"
    found = list(figures(written))
    assert [(written[f.start : f.end], f.checkable) for f in found] == [
        ("A2231", True),
        ("三點半", True),
        ("１５００", True),
        ("3", False),
        ("11/23", False),
    ]


def test_times_of_the_talk() -> None:
    assert times("23:59", 1) == {"t23:59", "t11:59", "t0:00", "t12:00"}

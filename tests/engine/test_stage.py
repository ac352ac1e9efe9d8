"""One turn and many: what a reply does to the scene, and what a record of it is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.engine.debrief import debrief
from roleplay.engine.detection.model import Analysis, Detection, Mention
from roleplay.engine.events import (
    AskHint,
    Fact,
    HintShown,
    LeaveSession,
    LetTimePass,
    RetryTurn,
    SessionEnded,
    TimePassed,
    TurnRetried,
    TurnTaken,
)
from roleplay.engine.feedback import FactsWorth, facts_worth, notes
from roleplay.engine.refusals import Refused
from roleplay.engine.replay import rescore
from roleplay.engine.session import OutOfOrder, SessionState, evolve, fold
from roleplay.engine.stage import Stage
from roleplay.scenarios.model import Branch, Effect, Names
from tests.engine.scene import ANALYSES, SCENARIO, ByTable, line, opened, reply, stage


def play(on: Stage, *words: str, to: str = "customer") -> tuple[SessionState, list[Fact]]:
    state = opened(on)
    facts: list[Fact] = [state.started]
    for number, said in enumerate(words, 1):
        for fact in on.decide(state, reply(said, number, to)):
            state = evolve(state, fact)
            facts.append(fact)
    return state, facts


def last_turn(facts: list[Fact]) -> TurnTaken:
    return [f for f in facts if isinstance(f, TurnTaken)][-1]


def said(facts: list[Fact]) -> list[str]:
    return [s.text for s in last_turn(facts).lines]


def test_a_branch_is_taken_and_the_new_state_speaks() -> None:
    state, facts = play(stage(), "apology and question")
    assert state.state == "fix"
    assert said(facts) == ["Fine.", "What now?"]
    assert state.mood == 40 + 4 + 6
    assert [(r.opportunity, r.word) for r in last_turn(facts).ratings] == [("sorry", "met")]


def test_what_is_asked_for_is_told_and_worded_anew_the_second_time() -> None:
    state, facts = play(stage(), "asks order", "asks order")
    assert said(facts) == ["Well?", "A1, I said."]
    assert state.known == ("order",)


def test_a_reply_nobody_understands_has_its_own_reactions() -> None:
    _, facts = play(stage(), "xyzzy", "plugh")
    assert said(facts) == ["Pardon?"]
    assert last_turn(facts).move.by == "unrecognised"
    assert ("not_understood", -2, -2) in last_turn(facts).move.rules
    assert last_turn(facts).notes[0].code == "nothing"


def test_an_open_opportunity_is_no_mark_until_it_is_due() -> None:
    _, facts = play(stage(), "asks order")
    assert [(r.word, r.rule, r.open) for r in last_turn(facts).ratings] == [("not_observed", "open", True)]
    _, facts = play(stage(), "asks order", "asks order")
    assert [(r.word, r.rule) for r in last_turn(facts).ratings] == [("not_met", "missed")]


def test_harm_spoils_whatever_else_was_done_and_is_said_first() -> None:
    _, facts = play(stage(), "blame")
    turn = last_turn(facts)
    assert [(r.word, r.rule) for r in turn.ratings] == [("not_met", "spoiled")]
    assert next(n for n in turn.notes if n.kind == "next_step").code == "harm"


def test_the_customer_leaves_when_the_mood_is_gone() -> None:
    state, facts = play(stage(), "blame", "blame", "blame")
    assert state.state == "gone"
    assert facts[-1] == SessionEnded(3000, "unsolved")
    with pytest.raises(Refused, match="session_over"):
        stage().decide(state, reply("apology", 9))


def test_a_rejected_cue_is_named_with_its_reason() -> None:
    _, facts = play(stage(), "not sorry")
    note = next(n for n in last_turn(facts).notes if n.code == "rejected")
    assert (note.technique, note.reason) == ("apology", "negation")
    assert last_turn(facts).move.by == "unrecognised"


def test_a_party_answers_grants_and_takes_time() -> None:
    on = stage()
    state = opened(on)
    (turn,) = on.decide(state, reply("names order", 1, "leader"))
    state = evolve(state, turn)
    assert isinstance(turn, TurnTaken)
    assert [(s.speaker, s.who, s.text) for s in turn.lines] == [("party", "leader", "Granted.")]
    assert (state.granted, state.known, state.consulted, state.clock) == (("credit",), ("cause",), ("leader",), 2)
    assert state.tries == 0


def test_time_passes_and_what_is_due_happens_once() -> None:
    on = stage()
    state, _ = play(on, "asks order")
    heard = []
    for at in (1, 2, 3):
        for fact in on.decide(state, LetTimePass(at)):
            assert isinstance(fact, TimePassed)
            heard.append([s.text for s in fact.lines])
            state = evolve(state, fact)
    assert heard == [[], ["(A bell.)"], []]
    assert state.happened == ("rang",)


def test_a_retry_goes_back_and_keeps_the_first_answer_marked() -> None:
    on = stage()
    before, _ = play(on)
    state, _ = play(on, "blame")
    (taken_back,) = on.decide(state, RetryTurn(5))
    assert isinstance(taken_back, TurnRetried)
    state = evolve(state, taken_back)
    assert (state.state, state.mood, state.trust, state.clock) == (
        before.state,
        before.mood,
        before.trust,
        before.clock,
    )
    assert [(t.taken.text, t.standing) for t in state.turns] == [("blame", False)]
    assert not any(e.standing for e in state.dialogue[1:])
    (again,) = on.decide(state, reply("apology", 7))
    assert isinstance(again, TurnTaken)
    assert (again.number, again.attempt) == (1, 2)


def test_the_last_reply_can_be_retried_after_the_end_and_the_scene_goes_on() -> None:
    on = stage()
    state, _ = play(on, "apology and question", "offer")
    assert state.ended is not None
    state = evolve(state, on.decide(state, RetryTurn(9))[0])
    assert (state.ended, state.state) == (None, "fix")


def test_an_assessment_has_no_retry_and_no_hints() -> None:
    on = stage()
    state = opened(on, "assessment", "always")
    assert state.started.hints == "off"
    state = evolve(state, on.decide(state, reply("blame", 1))[0])
    with pytest.raises(Refused, match="no_retry_in_assessment"):
        on.decide(state, RetryTurn(2))
    with pytest.raises(Refused, match="hints_off"):
        on.decide(state, AskHint(2))


def test_a_hint_is_the_tip_of_what_is_open_and_is_kept() -> None:
    on = stage()
    assert on.decide(opened(on), AskHint(1)) == (HintShown(1, "sorry"),)


@pytest.mark.parametrize(
    ("said", "code"), [("  ", "empty_reply"), ("x" * 2001, "reply_too_long")], ids=["empty", "long"]
)
def test_what_cannot_be_said_is_refused(said: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        stage().decide(opened(stage()), reply(said, 1))


def test_a_doubled_send_is_refused() -> None:
    on = stage()
    state, _ = play(on, "apology")
    with pytest.raises(Refused, match="already_sent"):
        on.decide(state, reply("apology", 1))


def test_the_detector_is_told_what_the_customer_just_said_and_what_may_be_given() -> None:
    on = stage()
    play(on, "apology")
    seen = on._detector.seen[-1]  # type: ignore[attr-defined]
    assert seen.customer_line == "Where is my cake?"
    assert [(a.id, a.limit) for a in seen.authority] == [("credit", 100)]


def test_debrief_of_a_good_talk() -> None:
    state, _ = play(stage(), "apology and question", "offer")
    found = debrief(SCENARIO, state)
    assert found.outcome == "solved"
    assert {(i.indicator, i.word) for i in found.indicators} == {("TRM3R0182v2:2.3", "met"), ("TRM3R0182v2:3.2", "met")}
    assert found.missed == ()
    assert [(b.id, b.value) for b in found.bars] == [("outcome", 82), ("treatment", 35), ("process", 30)]
    assert all(b.value == min(100, max(0, sum(p for _, p in b.parts))) for b in found.bars)


def test_a_spoiled_opportunity_is_at_most_partly() -> None:
    state, _ = play(stage(), "blame", "apology")
    found = debrief(SCENARIO, state)
    assert [(i.word, i.opportunities[0].tries) for i in found.indicators if i.indicator.endswith("3.2")] == [
        ("partly", 2)
    ]
    assert found.comparisons[0].own == "apology"


def test_leaving_ends_without_an_outcome() -> None:
    on = stage()
    state = opened(on)
    assert on.decide(state, LeaveSession(4)) == (SessionEnded(4, None),)


def test_rescoring_a_record_gives_the_same() -> None:
    on = stage()
    state, facts = play(on, "asks order", "blame", "apology and question", "too much", "offer")
    assert state.ended is not None
    assert rescore(tuple(facts), on) == ()


def test_rescoring_reports_what_is_different_and_where() -> None:
    on = stage()
    _, facts = play(on, "empathy", "blame")
    turn = facts[2]
    assert isinstance(turn, TurnTaken)
    doctored = (*facts[:2], replace(turn, ratings=()))
    assert [(d.number, d.part) for d in rescore(doctored, on)] == [(2, "ratings")]


@pytest.mark.parametrize("broken", [[1], [0, 0], [0, 2, 1]])
def test_facts_out_of_order_are_refused(broken: list[int]) -> None:
    on = stage()
    state, facts = play(on, "blame")
    facts.append(on.decide(state, RetryTurn(9))[0])
    with pytest.raises(OutOfOrder):
        fold([facts[i] for i in broken])


commands = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from([*ANALYSES, "nonsense"]), st.sampled_from(["customer", "leader"])),
        st.tuples(st.sampled_from(["retry", "wait", "hint"]), st.just(""), st.just("")),
    ),
    max_size=25,
)


@given(commands)
def test_whatever_is_done_the_record_folds_to_what_was_seen(steps: list[tuple[str, str, str]]) -> None:
    on = stage()
    state = opened(on)
    facts: list[Fact] = [state.started]
    for number, (what, words, to) in enumerate(steps, 1):
        command = {
            "say": reply(words, number, to or "customer"),
            "retry": RetryTurn(number),
            "wait": LetTimePass(number),
            "hint": AskHint(number),
        }[what]
        try:
            decided = on.decide(state, command)
        except Refused:
            continue
        assert decided == on.decide(state, command)
        for fact in decided:
            state = evolve(state, fact)
            facts.append(fact)
        assert 0 <= state.mood <= 100
        assert 0 <= state.trust <= 100
        assert (state.ended is None) == (SCENARIO.state(state.state).outcome is None)
    assert fold(facts) == state
    assert rescore(tuple(facts), on) == ()
    for turn in state.standing:
        assert all(r.evidence for r in turn.ratings if r.word == "met")
    debrief(SCENARIO, state)


def test_thinking_ahead_counts_where_the_pack_allows_it() -> None:
    fix = SCENARIO.state("fix")
    ahead = replace(fix, opportunities=(replace(fix.opportunities[0], anytime=True),))
    early = Stage(replace(SCENARIO, states=tuple(ahead if s is fix else s for s in SCENARIO.states)), ByTable([]))
    state, facts = play(early, "offer")
    assert [(r.opportunity, r.word) for r in last_turn(facts).ratings] == [("sorry", "not_observed"), ("offer", "met")]
    assert state.taken == ("offer",)
    assert [r.opportunity for r in last_turn(play(stage(), "offer")[1]).ratings] == ["sorry"]


def test_what_the_reply_did_not_try_is_a_hint_and_only_told_where_hints_are() -> None:
    for hints, codes in (("always", ["rejected", "missing"]), ("on_request", ["rejected"])):
        on = stage()
        turn = on.decide(opened(on, hints=hints), reply("not sorry", 1))[0]
        assert isinstance(turn, TurnTaken)
        assert [n.code for n in turn.notes if n.kind == "next_step" and n.code != "nothing"] == codes


def test_what_undid_a_step_is_said_with_its_words() -> None:
    _, facts = play(stage(), "blame")
    (spoiled,) = [n for n in last_turn(facts).notes if n.code == "spoiled"]
    assert (spoiled.opportunity, spoiled.start, spoiled.end) == ("sorry", 0, 5)


def test_the_weakest_reply_hurt_or_missed_something_and_where_all_is_well_there_is_none() -> None:
    state, _ = play(stage(), "apology and question", "offer")
    assert debrief(SCENARIO, state).weakest_turn is None
    state, _ = play(stage(), "asks order", "blame", "apology and question")
    assert debrief(SCENARIO, state).weakest_turn == 2
    on = stage()
    state, _ = play(on, "apology and question")
    for fact in on.decide(state, reply("too much", 2)):
        state = evolve(state, fact)
    assert debrief(SCENARIO, state).weakest_turn == 2


def test_who_is_asked_for_what_the_customer_told_is_asked_again() -> None:
    def process(*words: str) -> dict[str, int]:
        return dict(debrief(SCENARIO, play(stage(), *words)[0]).bars[2].parts)

    assert (
        process("asks order")
        == process("asks order", "apology")
        == {"out_of_time": 0, "not_informed": 0, "no_repetition": 30}
    )
    assert process("asks order", "asks order")["no_repetition"] == 20


def test_what_nobody_tried_is_not_held_against_a_reply_that_stood_there() -> None:
    state, _ = play(stage(), "asks order", "asks order")
    (compared,) = debrief(SCENARIO, state).comparisons
    assert (compared.word, compared.own) == ("not_met", "")


@pytest.mark.parametrize(
    ("words", "effect", "clock"),
    [
        ("offer", Effect(until="15:30"), 332),
        ("offer", Effect(until="09:00"), 1382),
        ("offer", Effect(minutes=10, until="10:12"), 14),
        ("I will ring you at four", Effect(until="15:30"), 362),
        ("I will ring you at nine", Effect(until="15:30"), 332),
    ],
)
def test_the_clock_goes_on_to_a_time_of_day_or_to_the_time_promised(words: str, effect: Effect, clock: int) -> None:
    """The talk begins at 10:00, and an exchange takes two minutes."""
    opening = SCENARIO.states[0]
    branches = (Branch(None, says=line("Until then."), effect=effect),)
    states = (replace(opening, branches=branches), *SCENARIO.states[1:])
    scenario = replace(SCENARIO, states=states, unrecognised=branches[0])
    on = Stage(scenario, ByTable([]))
    turn = on.decide(opened(on), reply(words, 1))[0]
    assert isinstance(turn, TurnTaken)
    assert turn.move.clock == clock


def test_words_that_hurt_are_not_praised_for_their_form() -> None:
    hurt = Detection("blame_customer", "credited", 0, 12, "r")
    asked, sorry = Detection("closed_question", "credited", 0, 30, "r"), Detection("apology", "credited", 31, 40, "r")
    found = notes(Analysis((hurt, asked, sorry)), (), FactsWorth(frozenset(), frozenset()))
    assert [n.technique for n in found if n.kind == "strength"] == ["apology"]


def test_a_fact_is_not_praised_in_words_that_say_something_harmful() -> None:
    """“Ten minutes or so” names the minutes, but as a guess."""
    worth = FactsWorth(wanted=frozenset({"minutes", "bus"}), harmful=frozenset({"guess"}))
    analysis = Analysis(
        (), (Mention("minutes", 4, 11, False), Mention("guess", 4, 17, False), Mention("bus", 20, 23, False))
    )
    assert [n.reason for n in notes(analysis, (), worth) if n.kind == "strength"] == ["bus"]


def test_what_makes_a_half_only_is_not_praised_by_itself() -> None:
    opening = SCENARIO.states[0]
    one = replace(opening.opportunities[0], met=Names(("order",)), partly=Names(("reason",)), spoiled=None)
    only = replace(SCENARIO, states=(replace(opening, opportunities=(one,)),), parties=(), forms=())
    assert facts_worth(only).wanted == {"order"}


def test_every_reply_is_told_something() -> None:
    worth = FactsWorth(wanted=frozenset({"minutes"}), harmful=frozenset({"guess"}))
    guess = Analysis((), (Mention("minutes", 4, 11, False), Mention("guess", 4, 17, False)))
    assert [n.code for n in notes(guess, (), worth, ahead=False)] == ["nothing"]


def test_what_is_made_ready_is_what_the_first_reply_meets_and_nothing_else_changes() -> None:
    detects = ByTable([])
    on = Stage(SCENARIO, detects)
    state = opened(on)
    on.make_ready(state)
    first = on.decide(state, reply("sorry", 1))
    ready, met = detects.seen
    assert ready == met
    assert ready.facts is met.facts  # what is kept by its cues is found again
    assert Stage(SCENARIO, ByTable([])).decide(state, reply("sorry", 1)) == first

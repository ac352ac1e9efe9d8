"""Sheets of replies: how each is rated where it could be said.

Owns the moments at which a reply is tried. Refuses to know how a turn is decided and how what is wrong is printed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roleplay.authoring.rehearsals import best_first, walked
from roleplay.engine.events import CUSTOMER, FieldFilled, FillForm, SubmitReply, TurnTaken
from roleplay.engine.session import SessionState
from roleplay.engine.stage import Stage
from roleplay.library import Shelf, detector
from roleplay.scenarios.model import Language, RatedReplies, Scenario
from roleplay.scenarios.rehearsal import Rehearsal, ReplySheet


@dataclass(frozen=True, slots=True)
class Judged:
    """One reply of a sheet. `came`: how it was rated, "unreached" where no rehearsal comes to where it could be said. `known`: its author
    knows that the program misjudges it."""

    file: str
    language: Language
    opportunity: str
    reply: str
    expected: str
    came: str
    known: bool

    @property
    def right(self) -> bool:
        if self.expected == "not met":
            return self.came not in ("met", "unreached")
        return self.came == self.expected


def judge_replies(shelf: Shelf) -> Iterator[Judged]:
    """How every reply of the pack's sheets is rated, said where rehearsals come to its opportunity: the best of those moments counts, so that
    what must not be met is met at none of them, and a part is a part at one of them and met at none."""
    scenarios = {s.id: s for s in shelf.pack.scenarios} if shelf.pack else {}
    for sheet in shelf.loaded.replies:
        scenario = scenarios.get(sheet.scenario)
        played = best_first(shelf.loaded.rehearsals, sheet.scenario)
        if scenario is not None:
            for language in scenario.languages:
                yield from _judge_sheet(scenario, sheet, played, language)


def _judge_sheet(
    scenario: Scenario, sheet: ReplySheet, played: list[Rehearsal], language: Language
) -> Iterator[Judged]:
    stage = Stage(scenario, detector())
    moments = [state for one in played for state, _ in walked(stage, one, language)]
    for one in sheet.replies:
        tries = _where_open(stage, moments, one.opportunity)
        for expected, reply in _replies(one, language):
            came = "unreached"
            for rate_it in tries:
                word = rate_it(reply)
                if came != "partly" or word == "met":
                    came = word
                if came == "met":
                    break
            known = reply in one.misjudged.in_(language)
            yield Judged(sheet.file, language, one.opportunity, reply, expected, came, known)


def _replies(one: RatedReplies, language: Language) -> Iterator[tuple[str, str]]:
    for reply in one.met.in_(language):
        yield "met", reply
    for reply in one.partly.in_(language):
        yield "partly", reply
    for reply in one.not_met.in_(language):
        yield "not met", reply


_MOMENTS_AT_MOST = 24


def _where_open(stage: Stage, moments: list[SessionState], opportunity: str) -> list[Callable[[str], str]]:
    """What says how a reply is rated on `opportunity`, at moments where it is open and the trainee knows something else, the latest first."""
    fields = {
        o.id: (form, field) for form in stage.scenario.forms for field in form.fields for o in field.opportunities
    }
    people = (CUSTOMER, *(party.id for party in stage.scenario.parties))
    first: dict[tuple[str, ...], Callable[[str], str]] = {}
    last: dict[tuple[str, ...], Callable[[str], str]] = {}
    for state in moments:
        to = ""
        if opportunity in fields:
            if fields[opportunity][0] not in stage.forms(state):
                continue
        elif state.ended is None:
            to = next((p for p in people if any(o.id == opportunity for o in stage.open_opportunities(state, p))), "")
        if not to and opportunity not in fields:
            continue
        if to:
            rate_it = functools.partial(_word_of_turn, stage, state, to, opportunity)
        else:
            form, field = fields[opportunity]
            rate_it = functools.partial(_word_of_field, stage, state, form.id, field.id, opportunity)
        known = (state.state, to, *sorted(state.known), *sorted(state.granted))
        if known in first:
            last[known] = rate_it
        else:
            first[known] = rate_it
    each = [*first.values(), *last.values()]
    step = max(1, -(-len(each) // _MOMENTS_AT_MOST))
    return each[::-step]


def _word_of_turn(stage: Stage, state: SessionState, to: str, opportunity: str, reply: str) -> str:
    taken = stage.decide(state, SubmitReply(reply, len(state.turns) + 1, "reply", to))[0]
    assert isinstance(taken, TurnTaken)
    return next((r.word for r in taken.ratings if r.opportunity == opportunity), "not_observed")


def _word_of_field(stage: Stage, state: SessionState, form: str, field: str, opportunity: str, text: str) -> str:
    facts = stage.decide(state, FillForm(form, ((field, text),), len(state.turns) + 1))
    ratings = [r for fact in facts if isinstance(fact, FieldFilled) for r in fact.ratings]
    return next((r.word for r in ratings if r.opportunity == opportunity), "not_observed")

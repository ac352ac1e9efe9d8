"""The scenarios that come with the program keep the promises of a library: ways through, ends, wordings, papers, and where to go on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roleplay.authoring.rehearsals import play_rehearsal
from roleplay.engine.events import FieldFilled, FillForm
from roleplay.engine.session import SessionState
from roleplay.engine.stage import Stage
from roleplay.library import Library, Shelf, bundled_packs, detector
from roleplay.scenarios.model import LANGUAGES, Form, FormField, Language, Opportunity, RatedReplies, Scenario
from roleplay.scenarios.walk import opportunities

LIBRARY = Library([bundled_packs()], rehearsals=True)
EACH = pytest.mark.parametrize("ref", [f"{s.pack}/{s.id}" for _, s in LIBRARY.scenarios()])
MET, NEAR_MISSES = 6, 3
"""Replies per key opportunity and language in a sheet."""
WHOLE_SHEETS = 350


def rehearsed(shelf: Shelf, scenario: Scenario, language: Language) -> SessionState:
    """The end of the scenario's good rehearsal, before its forms."""
    played = [r for r in shelf.loaded.rehearsals if r.scenario == scenario.id and r.quality == "good"]
    first = min(played, key=lambda r: r.file)
    return play_rehearsal(
        scenario, type(first)(first.file, first.scenario, first.quality, first.note, first.turns), language
    ).state


def test_all_twenty_one_are_there() -> None:
    codes = sorted(s.code for _, s in LIBRARY.scenarios())
    assert codes == sorted(
        [*(f"A{n}" for n in range(1, 6)), *(f"F{n}" for n in range(1, 11)), *(f"S{n}" for n in range(1, 7))]
    )


@EACH
def test_it_can_be_played_well_middling_and_badly_to_four_kinds_of_end(ref: str) -> None:
    shelf, scenario = LIBRARY.find(ref)
    assert {r.quality for r in shelf.loaded.rehearsals if r.scenario == scenario.id} == {"good", "middling", "poor"}
    assert {s.outcome for s in scenario.states} == {None, "solved_warmed", "solved", "unsolved", "escalated"}
    assert scenario.parties


@EACH
def test_every_opportunity_teaches(ref: str) -> None:
    _, scenario = LIBRARY.find(ref)
    sheets = {sheet.opportunity: sheet for sheet in scenario.replies}
    thin = []
    for _, o in opportunities(scenario):
        weak, good = len(o.weak), len(o.good)
        if o.id in sheets:
            weak += len(sheets[o.id].not_met.zh) + len(sheets[o.id].partly.zh)
            good += len(sheets[o.id].met.zh)
        wanted = (2, 3) if o.id in sheets else (1, 1)
        if weak < wanted[0] or good < wanted[1] or not o.rule.zh or not o.tip.zh:
            thin.append((o.id, weak, good, bool(o.rule.zh)))
    assert thin == []


@EACH
def test_key_opportunities_have_replies_of_many_people(ref: str) -> None:
    _, scenario = LIBRARY.find(ref)
    talk = {o.id for path, o in opportunities(scenario) if not path.startswith("forms.")}
    whole = [sheet for sheet in scenario.replies if sheet.opportunity in talk and _is_whole(sheet)]
    assert len(whole) >= 12


def test_a_sheet_once_whole_stays_whole() -> None:
    """Beside them stand single replies that were misjudged when the scenarios were played by hand."""
    assert sum(_is_whole(sheet) for _, scenario in LIBRARY.scenarios() for sheet in scenario.replies) >= WHOLE_SHEETS


def _is_whole(sheet: RatedReplies) -> bool:
    return all(
        len(set(sheet.met.in_(language))) >= MET
        and len({*sheet.partly.in_(language), *sheet.not_met.in_(language)}) >= NEAR_MISSES
        for language in LANGUAGES
    )


@EACH
def test_it_leads_on_to_the_same_skill_elsewhere(ref: str) -> None:
    _, scenario = LIBRARY.find(ref)
    mine = {i for _, o in opportunities(scenario) for i in o.indicators}
    assert scenario.next
    for name in scenario.next:
        _, after = LIBRARY.find(name if "/" in name else f"{scenario.pack}/{name}")
        assert mine & {i for _, o in opportunities(after) for i in o.indicators}


def _fields(scenario: Scenario) -> Iterator[tuple[Form, FormField, Opportunity]]:
    for form in scenario.forms:
        for field in form.fields:
            for opportunity in field.opportunities:
                yield form, field, opportunity


@pytest.mark.parametrize("language", LANGUAGES)
@EACH
def test_the_forms_take_their_own_good_examples_and_no_weak_one(ref: str, language: Language) -> None:
    """After the good rehearsal; a promise that stands in another field is no fault of the field tried."""
    shelf, scenario = LIBRARY.find(ref)
    stage, state = Stage(scenario, detector()), rehearsed(shelf, scenario, language)
    assert stage.forms(state)
    wrong = []
    for form, field, opportunity in _fields(scenario):
        if form not in stage.forms(state):
            continue
        for texts, met in ((opportunity.good, True), (opportunity.weak, False)):
            for text in texts:
                facts = stage.decide(state, FillForm(form.id, ((field.id, text.in_(language)),), 1))
                ratings = [
                    r for f in facts if isinstance(f, FieldFilled) for r in f.ratings if r.opportunity == opportunity.id
                ]
                if any((r.word == "met" or r.rule == "promise_missing") != met for r in ratings):
                    wrong.append((opportunity.id, text.in_(language)))
    assert wrong == []

"""The work after the talk: what a form shows, held against what was said and what is so.

Owns the judging of one field: its opportunities, as in a turn, and what may be wrong with any written record, whatever it was meant to show:
a figure nobody gave, a promise left out, somebody else's data. Refuses to know how a form is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from roleplay.engine.conditions import Moment
from roleplay.engine.events import CUSTOMER, FieldFilled, Finding, Rating, RatingWord
from roleplay.engine.scoring import rate
from roleplay.engine.session import SessionState
from roleplay.scenarios.model import Form, FormField, Language, Opportunity, Scenario, Text

PROMISING = ("commitment_timeframe", "closing_followup", "compensation")
"""What binds the organisation afterwards, so that whoever reads the record must find it there."""
PROMISES_IN = frozenset({"service_record", "complaint_record", "follow_up_plan", "handover_note"})
"""The kinds of form that must list what was promised."""
_FIGURE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,4}-?\d[\d,:.%-]*(?:[A-Za-z]{1,3})?")
_SAME_AT = 60
"""How alike, of 100, a promise and a part of the record must be to count as the same."""
_FIGURES_SHOWN = 5


def judge_field(field: FormField, moment: Moment, wrong: tuple[Finding, ...]) -> tuple[Rating, ...]:
    """How every opportunity of `field` was taken. Somebody else's data in it spoils it; a wrong figure leaves it partly."""
    return tuple(_rated(opportunity, moment, wrong) for opportunity in field.opportunities)


def _rated(opportunity: Opportunity, moment: Moment, wrong: tuple[Finding, ...]) -> Rating:
    found = rate(opportunity, moment, tries=opportunity.due, leaving=True)
    codes = {finding.code for finding in wrong}
    if "others_data" in codes:
        return _lowered(found, "not_met", "others_data")
    if found.word == "met" and codes & {"figure_unknown", "promise_missing"}:
        return _lowered(found, "partly", "figure_unknown" if "figure_unknown" in codes else "promise_missing")
    return found


def _lowered(found: Rating, word: RatingWord, rule: str) -> Rating:
    return replace(found, word=word, rule=rule)


def findings(
    form: Form, texts: Mapping[str, str], scenario: Scenario, state: SessionState
) -> dict[str, tuple[Finding, ...]]:
    """What is wrong with each field of `form` as written, by field."""
    language = state.started.language
    known = _figures_known(scenario, state, language)
    found: dict[str, list[Finding]] = {}
    for field in form.fields:
        text = texts.get(field.id, "")
        mine = found.setdefault(field.id, [])
        if not text.strip():
            mine.append(Finding("empty"))
            continue
        mine += _others(text, scenario, language)
        mine += _unknown_figures(text, known)
    if form.kind in PROMISES_IN:
        whole = "\n".join(texts.values())
        last = form.fields[-1].id
        found[last] += [
            Finding("promise_missing", promise) for promise in promises(state) if not _listed(promise, whole)
        ]
    return {field: tuple(of) for field, of in found.items()}


def promises(state: SessionState) -> tuple[str, ...]:
    """What the trainee promised in the replies that count, in their own words."""
    return tuple(
        dict.fromkeys(
            turn.text[d.start : d.end]
            for turn in state.standing
            if turn.to == CUSTOMER
            for d in turn.analysis.detections
            if d.technique in PROMISING and d.outcome == "credited"
        )
    )


def _listed(promise: str, record: str) -> bool:
    """Whether `record` holds `promise`: its figures if it has any, else its words more or less."""
    figures = _figures(promise)
    if figures and figures <= _figures(record):
        return True
    return fuzz.partial_ratio(promise.casefold(), record.casefold()) >= _SAME_AT


def _others(text: str, scenario: Scenario, language: Language) -> Iterator[Finding]:
    for word in scenario.others.in_(language):
        at = text.casefold().find(word.casefold())
        if at >= 0:
            yield Finding("others_data", text[at : at + len(word)], at, at + len(word))


def _unknown_figures(text: str, known: frozenset[str]) -> list[Finding]:
    """Figures of two digits or more that occur nowhere in the talk, the brief or the facts."""
    found = [
        Finding("figure_unknown", m.group(), m.start(), m.end())
        for m in _FIGURE.finditer(text)
        if _plain(m.group()) not in known and sum(c.isdigit() for c in m.group()) >= 2
    ]
    return found[:_FIGURES_SHOWN]


def _figures(text: str) -> set[str]:
    return {_plain(m.group()) for m in _FIGURE.finditer(text)}


def _plain(figure: str) -> str:
    """A figure without what is written differently: 1,500 and 1500, A-22 and a22."""
    return figure.casefold().replace(",", "").replace("-", "").rstrip(".:")


def _figures_known(scenario: Scenario, state: SessionState, language: Language) -> frozenset[str]:
    known: set[str] = set()
    for text in _said(scenario, state, language):
        known |= _figures(text)
    return frozenset(known)


def _said(scenario: Scenario, state: SessionState, language: Language) -> Iterable[str]:
    def of(texts: Iterable[Text]) -> Iterator[str]:
        return (text.in_(language) for text in texts)

    brief = scenario.brief
    yield from (entry.said.text for entry in state.dialogue)
    yield from of((brief.you, brief.setting, brief.goal, scenario.summary))
    yield from of(policy.text for policy in brief.policies)
    yield from of(entry.value for entry in brief.customer_file)
    yield from of(fact.text for fact in scenario.facts)
    for fact in scenario.facts:
        yield from fact.words.in_(language)
    yield from (f"{item.price}" for item in brief.catalogue)
    yield from (f"{card.limit} {card.approved_limit or ''}" for card in brief.authority)
    yield from (f"{limit.minutes}" for limit in brief.response_times)
    yield scenario.clock.start


def words_of(filled: Iterable[FieldFilled]) -> dict[str, str]:
    """What was written, by field."""
    return {one.field: one.text for one in filled}

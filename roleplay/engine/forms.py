"""The work after the talk: what a form shows, held against what was said and what is so.

Owns the judging of one field: its opportunities, as in a turn, and what may be wrong with any written record, whatever it was meant to show:
a figure nobody gave, a promise left out, somebody else's data. Refuses to know how a form is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from roleplay.engine.conditions import Moment
from roleplay.engine.detection.grounding import likeness_inside
from roleplay.engine.detection.phrases import find
from roleplay.engine.events import CUSTOMER, Finding, Rating, RatingWord, TurnTaken
from roleplay.engine.figures import figures, times, values
from roleplay.engine.scoring import rate
from roleplay.engine.session import SessionState
from roleplay.scenarios.model import Form, FormField, FormKind, Language, Opportunity, Scenario, Text

PROMISING = ("commitment_timeframe", "compensation")
"""What binds the organisation afterwards, so that whoever reads the record must find it there, if it names a time, a day or a sum."""
_DAY = re.compile(
    r"明天|明早|明晚|後天|今天|今晚|下午|晚上|下週|下星期|(?:星期|週|禮拜)[一二三四五六日天]"
    r"|tomorrow|tonight|today|this (?:morning|afternoon|evening)|next week|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_DOES = re.compile(
    r"我|您|你|會|給|送|打|回|幫|補|退|修|換|免|招待|安排|通知|\b(?:i|we|you|they|will|shall|back|free|refund|call|ring|send)\b|'ll\b"
)
"""Words of somebody doing something: a time alone is no promise."""
_DENIED = re.compile(r"沒有?答應|還?不能答應|不敢答應|(?:not|n't|without) (?:yet )?promis")
_IN_MINUTES = re.compile(r"(?:\d+|[一二三四五六七八九十兩]+|\b[a-z]+(?:-[a-z]+)?)\s?(?:分鐘|分|minutes?\b|mins?\b)")
_PLANS = re.compile(
    r"會|要|再|將|請|打|追|確認|回電|記得|\b(?:will|ring|call|check|ask|tell|please|to do|next)\b|'ll\b"
)
"""Words of what is to be done: whoever hands over may set a time that nobody named."""
PROMISES_IN = frozenset({"service_record", "complaint_record", "follow_up_plan", "handover_note"})
"""The kinds of form that must list what was promised."""
PLANNING = frozenset({"follow_up_plan", "internal_note", "reflection"})
"""The kinds of form that say what should be done, and so may set a time that nobody named."""
_SAME_AT = 60
"""How alike, of 100, a promise and a part of the record must be to count as the same."""
_FIGURES_SHOWN = 5
_AFTER_TIME = 20
"""How many characters after a time may say what is planned for it."""


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
        mine += _unknown_figures(text, known, form.kind)
    if form.kind in PROMISES_IN:
        before = (f.text for f in state.handed_in if f.form != form.id)
        whole = "\n".join((*texts.values(), *before))
        last = form.fields[-1].id
        open_promises = promises(state, scenario.clock.start)
        found[last] += [promise for promise, words in open_promises if not _listed(words, whole)]
    return {field: tuple(of) for field, of in found.items()}


def promises(state: SessionState, start: str) -> Iterator[tuple[Finding, str]]:
    """What the trainee promised the customer in the replies that count and is still to be kept, as it would be found missing, and in their own
    words. `start`: the time of day at which the talk began."""
    for turn in state.standing:
        for d in turn.analysis.detections:
            words = turn.text[d.start : d.end]
            binds = d.technique in PROMISING and d.outcome == "credited" and _DOES.search(words.casefold())
            named = (values(words) or _DAY.search(words.casefold())) and not _DENIED.search(words.casefold())
            if binds and turn.to == CUSTOMER and named and not _past(words, turn.move.clock, state.clock, start):
                yield Finding("promise_missing", turn.number, d.start, d.end), words


def _past(words: str, said_at: int, now: int, start: str) -> bool:
    """Whether the time that `words` name, said at minute `said_at` of the talk, had come by minute `now`. False where they name a day or no
    time."""
    if _DAY.search(words.casefold()):
        return False
    in_minutes = _IN_MINUTES.search(words.casefold())
    if in_minutes:
        return any(v.isdigit() and said_at + int(v) <= now for v in values(in_minutes.group()))
    named = [figure.values for figure in figures(words) if figure.is_time]
    came = times(start, now)
    return bool(named) and all(of & came for of in named)


def finding_words(finding: Finding, written: str, turns: Iterable[TurnTaken]) -> str:
    """The words `finding` is about: of the field as `written`, or of the reply among `turns`."""
    text = next((t.text for t in turns if t.number == finding.number), "") if finding.number else written
    return text[finding.start : finding.end]


def _listed(promise: str, record: str) -> bool:
    """Whether `record` holds `promise`: one of its figures, or its words more or less. Who wrote something of it down has not forgotten it."""
    said = [figure.values for figure in figures(promise)]
    written = values(record)
    if any(of & written for of in said):
        return True
    return likeness_inside(promise.casefold(), record.casefold()) >= _SAME_AT


def _others(text: str, scenario: Scenario, language: Language) -> Iterator[Finding]:
    for word in scenario.others.in_(language):
        place = find(text.lower(), word.lower())
        if place is not None:
            yield Finding("others_data", 0, *place)


def _unknown_figures(text: str, known: frozenset[str], kind: FormKind) -> list[Finding]:
    """Figures that occur nowhere in the talk, the brief or the facts; but for times of what is planned."""
    found = [
        Finding("figure_unknown", 0, figure.start, figure.end)
        for figure in figures(text)
        if figure.checkable
        and not figure.values & known
        and not (figure.is_time and _planned(text, figure.start, kind))
    ]
    return found[:_FIGURES_SHOWN]


def _planned(text: str, at: int, kind: FormKind) -> bool:
    """Whether a time at `at` of `text` is set for something to come."""
    if kind in PLANNING:
        return True
    start = max(text.rfind(mark, 0, at) for mark in "。.\n；;")
    return kind == "handover_note" and _PLANS.search(text.casefold(), start + 1, at + _AFTER_TIME) is not None


def _figures_known(scenario: Scenario, state: SessionState, language: Language) -> frozenset[str]:
    passed = times(scenario.clock.start, state.clock)
    return passed.union(*(values(text) for text in _said(scenario, state, language)))


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
    yield from (f"{card.limit} {card.approved_limit or ''} {card.cost}" for card in brief.authority)
    yield from (f"{limit.minutes}" for limit in brief.response_times)
    yield scenario.clock.start

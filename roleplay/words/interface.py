"""The labels of the app: one frozen value per language, so that a missing word is a type error.

Owns their shape, in the groups of the screens. The words themselves are in `interface_zh` and `interface_en`. A `{}` in a label takes a
number or a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roleplay.engine.events import Hints, Mode
from roleplay.scenarios.model import Channel, Language, Level, Role


@dataclass(frozen=True, slots=True)
class Common:
    app: str
    language: str
    other_language: str
    yes: str
    no: str
    back: str
    close: str
    cancel: str
    all: str
    loading: str
    minutes: str
    unofficial: str
    palette: str
    ctrl_c: str
    theme: str
    cut: str
    crashed: str
    log_at: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Words for the values of the model."""

    levels: Mapping[Level, str]
    roles: Mapping[Role, str]
    channels: Mapping[Channel, str]
    modes: Mapping[Mode, str]
    hints: Mapping[Hints, str]
    moods: tuple[str, ...]
    trusts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lobby:
    title: str
    search: str
    role: str
    complaint: str
    need: str
    standard: str
    level: str
    count: str
    reading: str
    """How many packs are read, of how many."""
    none_match: str
    none_match_hint: str
    no_packs: str
    no_packs_hint: str
    problems: str
    plays: str
    open: str
    fresh: str
    next: str
    recovery: str
    standards: str
    indicators: str
    talk_in: str
    mode: str
    hints: str
    brief: str
    resume: str
    not_in_language: str


@dataclass(frozen=True, slots=True)
class Brief:
    you: str
    setting: str
    goal: str
    channel: str
    policies: str
    authority: str
    up_to: str
    needs_approval: str
    approved_to: str
    no_amount: str
    cost: str
    times: str
    catalogue: str
    stock: str
    file: str
    parties: str
    start: str
    assess_title: str
    assess_body: str
    assess_start: str


@dataclass(frozen=True, slots=True)
class Practice:
    you: str
    to: str
    mood: str
    trust: str
    time: str
    reply_to: str
    placeholder: str
    over: str
    feedback: str
    cards: str
    tips: str
    customer: str
    no_feedback: str
    no_tip: str
    hints_off: str
    tip_here: str
    strength: str
    next_step: str
    details: str
    hide_details: str
    spans: str
    indicators: str
    why: str
    evidence: str
    missing: str
    no_rating: str
    legend: str
    retried: str
    earlier: str
    time_passed: str
    ended: str
    to_debrief: str
    leave_title: str
    leave_body: str
    leave_stay: str
    leave_keep: str
    leave_end: str
    retry_done: str
    side_back: str
    """Shown where the panel covers the talk."""
    resumed: str
    turn: str


@dataclass(frozen=True, slots=True)
class Debrief:
    title: str
    bars: str
    curve: str
    indicators: str
    tries: str
    no_indicators: str
    turns: str
    best: str
    weakest: str
    missed: str
    compare: str
    own: str
    unseen: str
    """Where nothing was seen that tried it."""
    weak: str
    good: str
    rule: str
    who: str
    holds_back: str
    needs: str
    unasked: str
    roll_up: str
    again: str
    lobby: str
    replay: str
    coaching: str
    next: str


@dataclass(frozen=True, slots=True)
class Paperwork:
    """The work after the talk."""

    title: str
    talk: str
    cards: str
    hand_in: str
    again: str
    later: str
    attempt: str
    left: str
    none_left: str
    unsent: str
    once_title: str
    once_body: str
    once_answer: str
    to_paperwork: str
    quoted: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Replay:
    title: str
    empty: str
    empty_hint: str
    open: str
    unfinished: str
    turns: str
    step: str
    started: str
    intact: str
    broken: str
    erased: str
    checking: str
    same: str
    differs: str
    impossible: str
    other_techniques: str
    no_scenario: str
    retry: str
    waited: str
    hint: str
    ended: str
    reply: str
    attempt: str
    filled: str


@dataclass(frozen=True, slots=True)
class Keys:
    """What the keys do, in the key bar and the command palette."""

    help: str
    commands: str
    language: str
    theme: str
    quit: str
    back: str
    search: str
    resume: str
    open: str
    records: str
    clear: str
    start: str
    send: str
    newline: str
    addressee: str
    hint: str
    side: str
    details: str
    retry: str
    wait: str
    leave: str
    debrief: str
    again: str
    lobby: str
    replay: str
    previous: str
    next: str
    first: str
    last: str
    hand_in: str
    form: str
    paperwork: str
    papers: str


@dataclass(frozen=True, slots=True)
class Help:
    title: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    about: str


@dataclass(frozen=True, slots=True)
class Words:
    common: Common
    terms: Terms
    lobby: Lobby
    brief: Brief
    practice: Practice
    paperwork: Paperwork
    debrief: Debrief
    replay: Replay
    keys: Keys
    help: Help


def words(language: Language) -> Words:
    """The labels in `language`."""
    from roleplay.words import interface_en, interface_zh

    return interface_zh.WORDS if language == "zh" else interface_en.WORDS

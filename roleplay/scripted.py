"""Playing without a person: `roleplay play SCENARIO --script FILE`.

Owns the reading of a script and the order in which its replies are said; the talk itself is the trainee's desk, the same as live.
Unless a store is named, the record is kept in a folder that is thrown away, and clock, ids and salts are counters: the same script on
the same pack then gives the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roleplay.engine.events import CUSTOMER, FieldFilled, Mode, Said, TimePassed, TurnTaken
from roleplay.engine.refusals import REPLY_LIMIT, Refused
from roleplay.library import Library, LibraryProblem
from roleplay.practice import Practice, PracticeDesk
from roleplay.printed import (
    Write,
    debrief_lines,
    feedback_lines,
    filled_lines,
    form_lines,
    gauge_line,
    rating_lines,
    said_line,
)
from roleplay.scenarios.model import Language
from roleplay.scenarios.rehearsal import read_rehearsal
from roleplay.store.database import Store, open_store
from roleplay.words.command import say
from roleplay.words.feedback import refusal_text

_EPOCH = 1_767_225_600_000
"""Where the counting clock starts: 2026-01-01T00:00:00Z in milliseconds."""
_REPLIES_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the script does. `text` None: let time pass. `place`: its line in the file."""

    text: str | None
    to: str
    place: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A form the script hands in after the talk: (field, what stands in it). `place`: its line in the file."""

    form: str
    texts: tuple[tuple[str, str], ...]
    place: int


Script = tuple[tuple[Step, ...], tuple[Paper, ...]]


def read_script(path: Path, language: Language) -> Script:
    """What a script does, and the forms it hands in: one reply a line (blank lines and lines starting with # are passed over), or a
    rehearsal file if its name ends in .yaml, forms and all. LibraryProblem `bad_script` with the place where it cannot be read."""
    try:
        text = path.read_bytes()[: _REPLIES_AT_MOST * REPLY_LIMIT * 4].decode("utf-8-sig")
    except OSError as problem:
        raise LibraryProblem("unreadable", path=str(path), why=problem.strerror or "") from None
    except UnicodeDecodeError as problem:
        raise LibraryProblem("not_utf8", path=str(path), place=str(problem.start)) from None
    if path.suffix in (".yaml", ".yml"):
        return _from_rehearsal(path, text, language)
    lines = enumerate(text.splitlines(), 1)
    steps = tuple(Step(line.strip(), CUSTOMER, n) for n, line in lines if line.strip() and not line.startswith("#"))
    if not steps:
        raise LibraryProblem("bad_script", path=str(path), line="1", why="empty")
    return steps, ()


@contextmanager
def _counting(url: str | None) -> Iterator[Store]:
    salts = (f"{n:032x}" for n in itertools.count(1))
    if url is not None:
        with open_store(url, salts=lambda: next(salts)) as store:
            yield store
        return
    with (
        tempfile.TemporaryDirectory(prefix="roleplay-") as folder,
        open_store(f"sqlite:///{folder}/script.db", salts=lambda: next(salts)) as store,
    ):
        yield store


def play_script(
    arguments: argparse.Namespace, library: Library, write: Write, clock: Callable[[], int], ids: Callable[[], str]
) -> int:
    """Carry out `roleplay play SCENARIO --script FILE`; the exit status. A reply that is refused ends it with status 2."""
    language: Language = arguments.talk or arguments.lang
    if not arguments.scenario:
        raise LibraryProblem("needs_scenario")
    steps, papers = read_script(arguments.script, language)
    kept = arguments.store is not None
    if not kept:
        clock, ids = _counters()
    with _counting(arguments.store) as store:
        desk = PracticeDesk(library, store, clock, ids)
        mode: Mode = "assessment" if arguments.assess else "practice"
        practice = desk.start(arguments.scenario, language, mode, arguments.hints, arguments.trainee)
        status = _say_all(practice, steps, papers, (lambda line: None) if arguments.json else write)
        if arguments.json:
            for line in store.export(practice.session):
                write(line)
    return status


def _counters() -> tuple[Callable[[], int], Callable[[], str]]:
    seconds, numbers = itertools.count(), itertools.count()
    return lambda: _EPOCH + 1000 * next(seconds), lambda: f"script-{next(numbers)}"


def _say_all(practice: Practice, steps: tuple[Step, ...], papers: tuple[Paper, ...], write: Write) -> int:
    language, scenario, state = practice.language, practice.scenario, practice.state

    def label(technique: str) -> str:
        return practice.techniques.label(technique, language)

    for said in state.started.lines:
        write(said_line(said, scenario, state.started.customer, language))
    for step in steps:
        if practice.state.ended is not None:
            write(say("script_stopped", language, line=step.place))
            break
        try:
            facts = practice.let_time_pass() if step.text is None else practice.submit(step.text, step.to)
        except Refused as refused:
            why = refusal_text(refused.code, refused.detail, language)
            write(say("script_refused", language, line=step.place, why=why))
            return 2
        first = facts[0]
        assert isinstance(first, TurnTaken | TimePassed)
        if isinstance(first, TurnTaken):
            write(said_line(Said("trainee", first.text, first.to), scenario, practice.state.started.customer, language))
            for line in (
                *feedback_lines(first, scenario, label, language),
                *rating_lines(first, scenario, label, language),
            ):
                write(line)
        for said in first.lines:
            write(said_line(said, scenario, practice.state.started.customer, language))
        write(gauge_line(practice.state, scenario, language))
    for paper in papers:
        try:
            filled = [fact for fact in practice.fill(paper.form, dict(paper.texts)) if isinstance(fact, FieldFilled)]
        except Refused as refused:
            why = refusal_text(refused.code, refused.detail, language)
            write(say("script_refused", language, line=paper.place, why=why))
            return 2
        for line in (
            *form_lines(scenario.form(paper.form), language),
            *filled_lines(filled, practice.state, scenario, label, language),
        ):
            write(line)
    for line in debrief_lines(practice.debrief(), scenario, language, practice.followed_by(language)):
        write(line)
    return 0


def _from_rehearsal(path: Path, text: str, language: Language) -> Script:
    rehearsal, problems = read_rehearsal(path.name, text)
    if rehearsal is None:
        first = problems[0]
        raise LibraryProblem("bad_script", path=str(path), line=str(first.line), why=first.render(language))
    steps = tuple(
        Step(None if turn.wait else turn.say.in_(language), turn.to or CUSTOMER, turn.where[0])
        for turn in rehearsal.turns
    )
    papers = tuple(
        Paper(form.form, tuple((field, text.in_(language)) for field, text in form.write), form.where[0])
        for form in rehearsal.forms
    )
    return steps, papers

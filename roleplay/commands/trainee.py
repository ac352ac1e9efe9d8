"""Commands of the trainee: play and choose.

Owns how a talk is begun, in the app, line by line or from a script. Refuses to know how it goes on.
"""

from __future__ import annotations

import argparse
import functools
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from roleplay.commands.wiring import DONE, FAILED, desks, error, library, new_id, now, open_store, out
from roleplay.scenarios.model import Language
from roleplay.words.command import say

if TYPE_CHECKING:
    from roleplay.practice import PracticeDesk
    from roleplay.review import ReviewDesk
    from roleplay.store.database import Store


def play(arguments: argparse.Namespace) -> int:
    script = getattr(arguments, "script", None)
    if script is not None:
        from roleplay.scripted import play_script

        return play_script(arguments, library(arguments), out, now, new_id)
    plain = getattr(arguments, "plain", False) or not (sys.stdin.isatty() and sys.stdout.isatty())
    if plain:
        with open_store(arguments) as store:
            return _play_plain(arguments, desks(arguments, store)[0])
    return run_app(
        arguments,
        scenario=getattr(arguments, "scenario", None),
        session=getattr(arguments, "resume", None),
        talk=getattr(arguments, "talk", None),
        mode="assessment" if getattr(arguments, "assess", False) else "practice",
        hints=getattr(arguments, "hints", "on_request"),
        trainee=getattr(arguments, "trainee", ""),
    )


def run_app(arguments: argparse.Namespace, **first: Any) -> int:
    """The app. The store is opened when a desk is first asked for something, in the lobby's own thread: the first paint waits for
    nothing."""
    from roleplay.tui.app import run as run_screens

    opened: list[Store] = []
    one_at_a_time = threading.Lock()

    @functools.cache
    def made() -> tuple[PracticeDesk, ReviewDesk]:
        opened.append(open_store(arguments))
        return desks(arguments, opened[0])

    def once() -> tuple[PracticeDesk, ReviewDesk]:
        with one_at_a_time:
            return made()

    try:
        return run_screens(
            cast("PracticeDesk", _Later(lambda: once()[0])),
            cast("ReviewDesk", _Later(lambda: once()[1])),
            language=arguments.lang,
            **first,
        )
    finally:
        for store in opened:
            store.close()


class _Later:
    """Stands for an object that is made when something is first asked of it."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> object:
        return getattr(self._make(), name)


def _play_plain(arguments: argparse.Namespace, desk: PracticeDesk) -> int:
    from roleplay.plain import PlainTalk

    if getattr(arguments, "resume", None):
        practice = desk.resume(arguments.resume)
    elif getattr(arguments, "scenario", None):
        practice = desk.start(
            arguments.scenario,
            arguments.talk or arguments.lang,
            "assessment" if arguments.assess else "practice",
            arguments.hints,
            arguments.trainee,
        )
    else:
        error(say("needs_scenario", arguments.lang))
        _list_scenarios(desk, arguments.lang)
        return FAILED
    PlainTalk(practice, _read_line, out).run()
    return DONE


def _read_line() -> str | None:
    """The next line of standard input. Bytes that are not UTF-8 become U+FFFD and do not end the talk."""
    line = sys.stdin.buffer.readline(1 << 16)
    return line.decode("utf-8", errors="replace").rstrip("\r\n") if line else None


def scenarios(arguments: argparse.Namespace) -> int:
    with open_store(arguments) as store:
        _list_scenarios(desks(arguments, store)[0], arguments.lang)
    return DONE


def _list_scenarios(desk: PracticeDesk, language: Language) -> None:
    from roleplay.words.feedback import outcome_text

    for listing in desk.scenarios():
        scenario = listing.scenario
        done = f"  {listing.plays}× {outcome_text(listing.best_outcome, language)}" if listing.plays else ""
        out(f"{scenario.code:4} {scenario.id:28} {scenario.title.in_(language)}{done}")
    broken = {folder for folder, problem in desk.library.problems if problem.severity == "error"}
    if broken:
        error(say("packs_with_errors", language, count=len(broken)))

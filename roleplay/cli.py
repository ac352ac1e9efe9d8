"""Arguments -> wiring (clock, ids, paths, store) -> one desk -> exit code.

Owns what comes from outside: time, randomness, environment, files named on the command line, standard streams. Imports lazily, so
that `--help` and `detect` load nothing they do not need. Exit status: 0 done, 1 something is wrong with what was given (problems
found, a record that does not verify), 2 it could not be done.
"""

from __future__ import annotations

import argparse
import functools
import io
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from roleplay.arguments import language_of, parser
from roleplay.scenarios.model import Language
from roleplay.words.command import say

if TYPE_CHECKING:
    from roleplay.library import Library
    from roleplay.practice import PracticeDesk
    from roleplay.review import ReviewDesk
    from roleplay.store.chain import Verdict
    from roleplay.store.database import Store

DONE, WRONG, FAILED = 0, 1, 2
_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {}


def run(argv: Sequence[str]) -> int:
    """Carry out one command line."""
    language = language_of(argv, os.environ)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a terminal that cannot show a character still gets the rest of the line
            stream.reconfigure(errors="replace")
    arguments = parser(language).parse_args(argv)
    arguments.lang = language
    try:
        return _COMMANDS[arguments.command or "play"](arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        sentence = _sentence(problem, language)
        if sentence is None:
            raise
        _error(sentence)
        return FAILED


def _command(name: str) -> Callable[[Callable[[argparse.Namespace], int]], Callable[[argparse.Namespace], int]]:
    def keep(act: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
        _COMMANDS[name] = act
        return act

    return keep


# ---------------------------------------------------------------- wiring


def _out(line: str) -> None:
    from roleplay.words.safe import visible

    print(visible(line), flush=True)


def _error(line: str) -> None:
    from roleplay.words.safe import visible

    print(visible(line), file=sys.stderr)


def _store_url(arguments: argparse.Namespace) -> str:
    named = getattr(arguments, "store", None) or os.environ.get("ROLEPLAY_STORE")
    if named:
        return named if "://" in named else f"sqlite:///{Path(named).expanduser()}"
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('roleplay', appauthor=False) / 'records.db'}"


def _open_store(arguments: argparse.Namespace) -> Store:
    import secrets

    from roleplay.store.database import open_store

    return open_store(_store_url(arguments), salts=lambda: secrets.token_hex(16))


def _now() -> int:
    import time

    return time.time_ns() // 1_000_000


def _new_id() -> str:
    import uuid

    return uuid.uuid4().hex


def _library(arguments: argparse.Namespace) -> Library:
    from roleplay.library import Library, bundled_packs

    return Library(getattr(arguments, "packs", None) or [bundled_packs()])


def _desks(arguments: argparse.Namespace, store: Store) -> tuple[PracticeDesk, ReviewDesk]:
    from roleplay.practice import PracticeDesk
    from roleplay.review import ReviewDesk

    return PracticeDesk(_library(arguments), store, _now, _new_id), ReviewDesk(store)


def _sentence(problem: Exception, language: Language) -> str | None:
    """One clear sentence for a problem somebody can do something about; None for a fault of ours."""
    from roleplay.library import LibraryProblem
    from roleplay.store.problems import StoreProblem

    if isinstance(problem, LibraryProblem):
        near = problem.code == "no_such_scenario" and problem.details["near"]
        return say(f"{problem.code}_near" if near else problem.code, language, **problem.details)
    if isinstance(problem, StoreProblem):
        return problem.sentence(language)
    if isinstance(problem, OSError) and problem.filename is not None:
        return say("file_problem", language, path=problem.filename, why=problem.strerror or "")
    return None


def _lines(path: str) -> Iterator[str]:
    from roleplay.review import LINE_AT_MOST

    if path == "-":
        yield from iter(lambda: sys.stdin.readline(LINE_AT_MOST), "")
        return
    with Path(path).open(encoding="utf-8", newline="\n") as stream:
        yield from iter(lambda: stream.readline(LINE_AT_MOST), "")


# ---------------------------------------------------------------- trainee


@_command("play")
def _play(arguments: argparse.Namespace) -> int:
    script = getattr(arguments, "script", None)
    if script is not None:
        from roleplay.scripted import play_script

        return play_script(arguments, _library(arguments), _out, _now, _new_id)
    plain = getattr(arguments, "plain", False) or not (sys.stdin.isatty() and sys.stdout.isatty())
    if plain:
        with _open_store(arguments) as store:
            return _play_plain(arguments, _desks(arguments, store)[0])
    return _run_app(
        arguments,
        scenario=getattr(arguments, "scenario", None),
        session=getattr(arguments, "resume", None),
        talk=getattr(arguments, "talk", None),
        mode="assessment" if getattr(arguments, "assess", False) else "practice",
        hints=getattr(arguments, "hints", "on_request"),
        trainee=getattr(arguments, "trainee", ""),
    )


def _run_app(arguments: argparse.Namespace, **first: Any) -> int:
    """The app. The store is opened when a desk is first asked for something, in the lobby's own thread: the first paint waits for
    nothing."""
    from roleplay.tui.app import run as run_app

    opened: list[Store] = []
    one_at_a_time = threading.Lock()

    @functools.cache
    def made() -> tuple[PracticeDesk, ReviewDesk]:
        opened.append(_open_store(arguments))
        return _desks(arguments, opened[0])

    def desks() -> tuple[PracticeDesk, ReviewDesk]:
        with one_at_a_time:
            return made()

    try:
        return run_app(
            cast("PracticeDesk", _Later(lambda: desks()[0])),
            cast("ReviewDesk", _Later(lambda: desks()[1])),
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
        _error(say("needs_scenario", arguments.lang))
        _list_scenarios(desk, arguments.lang)
        return FAILED
    PlainTalk(practice, _read_line, _out).run()
    return DONE


def _read_line() -> str | None:
    """The next line of standard input. Bytes that are not UTF-8 become U+FFFD and do not end the talk."""
    line = sys.stdin.buffer.readline(1 << 16)
    return line.decode("utf-8", errors="replace").rstrip("\r\n") if line else None


@_command("scenarios")
def _scenarios(arguments: argparse.Namespace) -> int:
    with _open_store(arguments) as store:
        _list_scenarios(_desks(arguments, store)[0], arguments.lang)
    return DONE


def _list_scenarios(desk: PracticeDesk, language: Language) -> None:
    from roleplay.words.feedback import outcome_text

    for listing in desk.scenarios():
        scenario = listing.scenario
        done = f"  {listing.plays}× {outcome_text(listing.best_outcome, language)}" if listing.plays else ""
        _out(f"{scenario.code:4} {scenario.id:28} {scenario.title.in_(language)}{done}")
    broken = {folder for folder, problem in desk.library.problems if problem.severity == "error"}
    if broken:
        _error(say("packs_with_errors", language, count=len(broken)))


# ---------------------------------------------------------------- trainer


@_command("check")
def _check(arguments: argparse.Namespace) -> int:
    from roleplay.authoring import check

    return check(arguments.paths, as_json=arguments.json, language=arguments.lang, write=_out)


@_command("rehearse")
def _rehearse(arguments: argparse.Namespace) -> int:
    from roleplay.authoring import rehearse
    from roleplay.library import bundled_packs

    paths = arguments.paths or getattr(arguments, "packs", None) or [bundled_packs()]
    return rehearse(paths, as_json=arguments.json, language=arguments.lang, write=_out)


@_command("standards")
def _standards(arguments: argparse.Namespace) -> int:
    from roleplay.standards import UnknownName, catalogue, printing

    found, language = catalogue(), arguments.lang
    try:
        if arguments.json:
            print(printing.as_json(found))
            return DONE
        if arguments.vocabulary is not None:
            lines = printing.vocabulary_lines(found, arguments.vocabulary, language)
        elif arguments.search or arguments.shown:
            lines = printing.found_lines(found.search(arguments.search or "", arguments.shown, arguments.ref), language)
        elif arguments.ref and ":" in arguments.ref:
            lines = printing.indicator_lines(found, found.indicator(arguments.ref), language)
        elif arguments.ref:
            lines = printing.standard_lines(found.standard(arguments.ref), language)
        else:
            lines = printing.list_lines(found, language)
        for line in lines:
            _out(line)
    except UnknownName as unknown:
        _error(
            say("unknown_name" if unknown.near else "unknown_name_alone", language, ref=unknown.name, near=unknown.near)
        )
        return FAILED
    return DONE


@_command("detect")
def _detect(arguments: argparse.Namespace) -> int:
    from roleplay.engine.detection.records import BadLine, detect_line
    from roleplay.library import detector

    status = DONE
    found = detector()
    for number, raw in enumerate(sys.stdin.buffer, 1):
        line = raw.decode("utf-8", errors="replace")
        if line.strip():
            try:
                print(detect_line(line, number, found), flush=False)
            except BadLine as problem:
                _error(str(problem))
                status = WRONG
    sys.stdout.flush()
    return status


@_command("techniques")
def _techniques(arguments: argparse.Namespace) -> int:
    from difflib import get_close_matches

    from roleplay.library import techniques
    from roleplay.standards.codebook import FAMILIES
    from roleplay.words.feedback import technique_text

    found, language = techniques(), arguments.lang

    def label(id: str) -> str:
        return found.label(id, language)

    if arguments.id is None:
        for family, members in FAMILIES.items():
            _out(f"{family}  {technique_text(family, label, language)}")
            for id in members:
                _out(f"    {id:24} {label(id)}  {found.technique(id).means[language]}")
        return DONE
    ids = [t.id for t in found.techniques]
    if arguments.id not in ids:
        near = get_close_matches(arguments.id, ids, n=1)
        key = "unknown_name" if near else "unknown_technique"
        _error(say(key, language, ref=arguments.id, near=near[0] if near else ""))
        return FAILED
    technique = found.technique(arguments.id)
    _out(f"{technique.id}  {label(technique.id)}  ({technique.family}; {technique.source})")
    _out(technique.means[language])
    for example in technique.examples[language]:
        _out(f"  {'✗' if example.reason else '✓'} {example.text}{_reason(example.reason, language)}")
    return DONE


def _reason(reason: str, language: Language) -> str:
    from roleplay.engine.detection.reasons import reason_text

    return f"  {reason_text(reason, language)}" if reason else ""


@_command("explain")
def _explain(arguments: argparse.Namespace) -> int:
    from roleplay.scenarios.explaining import explanation
    from roleplay.scenarios.problems import CODES

    number = arguments.code.upper()
    if number not in CODES:
        _error(say("unknown_code", arguments.lang, ref=arguments.code))
        return FAILED
    _out(explanation(number, arguments.lang))
    return DONE


# ---------------------------------------------------------------- assessor


@_command("transcripts")
def _transcripts(arguments: argparse.Namespace) -> int:
    from roleplay.words.command import say as sentence
    from roleplay.words.feedback import outcome_text

    with _open_store(arguments) as store:
        rows = _desks(arguments, store)[1].transcripts()
    for row in rows:
        end = outcome_text(row.outcome, arguments.lang) if row.ended else "…"
        _out(f"{row.session}  {_when(row.started_at)}  {row.mode:10}  {row.title}  {end}")
    if not rows:
        _out(sentence("no_transcripts", arguments.lang))
    return DONE


def _when(at: int) -> str:
    import time

    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at / 1000))


@_command("replay")
def _replay(arguments: argparse.Namespace) -> int:
    if not arguments.plain and sys.stdin.isatty() and sys.stdout.isatty():
        return _run_app(arguments, replay=arguments.source)
    with _open_store(arguments) as store:
        return _replay_plain(_desks(arguments, store)[1], arguments.source, arguments.lang)


def _replay_plain(review: ReviewDesk, source: str, language: Language) -> int:
    from roleplay.library import techniques
    from roleplay.printed import replay_lines

    transcript = review.open(source)
    state = transcript.state
    labels = techniques()
    for line in replay_lines(
        transcript.facts, transcript.scenario, lambda t: labels.label(t, state.started.language), state
    ):
        _out(line)
    _out(_integrity(transcript.source, transcript.integrity, language))
    again = review.rescore(transcript)
    if not again.possible:
        _out(say("rescore_impossible", language))
    elif again.same:
        _out(say("rescore_same", language))
    else:
        _out(say("rescore_differs", language, count=len(again.differences)))
        for difference in again.differences:
            _out(f"  {difference.number}. {difference.part}\n    - {difference.recorded}\n    + {difference.now}")
    if not again.same_techniques:
        _out(say("other_techniques", language))
    return DONE if transcript.integrity.ok else WRONG


def _integrity(source: str, integrity: Verdict, language: Language) -> str:
    if integrity.ok:
        return say("verified", language, source=source, count=integrity.count, head=integrity.head)
    return say("not_verified", language, source=source, problem=integrity.sentence(language))


@_command("verify")
def _verify(arguments: argparse.Namespace) -> int:
    status = DONE
    with _open_store(arguments) as store:
        review = _desks(arguments, store)[1]
        for source in arguments.source:
            integrity = review.verify(source)
            (_out if integrity.ok else _error)(_integrity(source, integrity, arguments.lang))
            status = status if integrity.ok else WRONG
    return status


@_command("export")
def _export(arguments: argparse.Namespace) -> int:
    with _open_store(arguments) as store:
        lines = store.export(arguments.session)
        if arguments.file == "-":
            for line in lines:
                print(line)
            return DONE
        target = os.open(arguments.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(target, "w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(f"{line}\n" for line in lines)
    return DONE


@_command("import")
def _import(arguments: argparse.Namespace) -> int:
    with _open_store(arguments) as store:
        session = store.import_lines(_lines(arguments.file))
    _out(say("imported", arguments.lang, session=session))
    return DONE


@_command("receipt")
def _receipt(arguments: argparse.Namespace) -> int:
    with _open_store(arguments) as store:
        _out(_desks(arguments, store)[1].receipt(arguments.session, arguments.lang))
    return DONE


@_command("erase")
def _erase(arguments: argparse.Namespace) -> int:
    with _open_store(arguments) as store:
        store.erase(arguments.session)
    _out(say("erased", arguments.lang, session=arguments.session))
    return DONE

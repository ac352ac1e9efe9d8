"""One command line -> the command that carries it out -> exit status.

Owns the table of commands and what becomes of a problem. Imports lazily, so that `--help` and `detect` load nothing they do not
need. Exit status: 0 done, 1 something is wrong with what was given (problems found, a record that does not verify), 2 it could not
be done.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from roleplay.arguments import language_of, parser
from roleplay.commands.wiring import DONE, FAILED, error
from roleplay.scenarios.model import Language
from roleplay.words.command import say

_COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "play": ("trainee", "play"),
        "scenarios": ("trainee", "scenarios"),
        "check": ("trainer", "check"),
        "rehearse": ("trainer", "rehearse"),
        "coverage": ("trainer", "coverage"),
        "simulate": ("trainer", "simulate"),
        "strangers": ("trainer", "strangers"),
        "standards": ("trainer", "standards"),
        "explain": ("trainer", "explain"),
        "detect": ("technique", "detect"),
        "techniques": ("technique", "techniques"),
        "transcripts": ("assessor", "transcripts"),
        "replay": ("assessor", "replay"),
        "verify": ("assessor", "verify"),
        "export": ("assessor", "export"),
        "import": ("assessor", "take_in"),
        "receipt": ("assessor", "receipt"),
        "erase": ("assessor", "erase"),
    }
)
"""Command -> the module of roleplay.commands that carries it out, and the function."""


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
        return _carry_out(arguments.command or "play")(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        sentence = _sentence(problem, language)
        if sentence is None:
            raise
        error(sentence)
        return FAILED


def _carry_out(command: str) -> Callable[[argparse.Namespace], int]:
    room, function = _COMMANDS[command]
    found: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(f"roleplay.commands.{room}"), function)
    return found


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

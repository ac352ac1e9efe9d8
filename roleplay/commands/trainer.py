"""Commands of the trainer: check, rehearse, simulate, strangers, the standards, the problems.

Owns nothing but the way from arguments to a desk and back.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.commands.wiring import DONE, FAILED, error, out
from roleplay.words.command import say

if TYPE_CHECKING:
    from roleplay.library import Library, Shelf
    from roleplay.scenarios.model import Language, Scenario


def check(arguments: argparse.Namespace) -> int:
    from roleplay.authoring.checks import check

    return check(_paths(arguments), as_json=arguments.json, language=arguments.lang, write=out)


def rehearse(arguments: argparse.Namespace) -> int:
    from roleplay.authoring.checks import rehearse

    return rehearse(_paths(arguments), as_json=arguments.json, language=arguments.lang, write=out)


def coverage(arguments: argparse.Namespace) -> int:
    from roleplay.authoring.coverage import coverage

    return coverage(_paths(arguments), as_json=arguments.json, language=arguments.lang, write=out)


def simulate(arguments: argparse.Namespace) -> int:
    from roleplay.authoring.simulation import RUNS, print_simulated, simulate

    library = _library(arguments)
    chosen = _chosen(library, arguments)
    runs = dict.fromkeys(RUNS, max(1, arguments.runs)) if arguments.runs else RUNS
    return print_simulated(
        (simulate(shelf, scenario, talk, runs, arguments.seed) for shelf, scenario, talk in chosen),
        as_json=arguments.json,
        whole=len({scenario.id for _, scenario, _ in chosen}) == 1,
        language=arguments.lang,
        write=out,
    )


def strangers(arguments: argparse.Namespace) -> int:
    from roleplay.authoring.strangers import REPLIES, print_strangers, strangers
    from roleplay.library import Library, bundled_packs

    library = _library(arguments)
    chosen = _chosen(library, arguments)
    own = {shelf.folder.resolve() for shelf in library.shelves}
    bundled = Library([bundled_packs()], rehearsals=True).shelves if getattr(arguments, "packs", None) else ()
    elsewhere = [*library.shelves, *(shelf for shelf in bundled if shelf.folder.resolve() not in own)]
    count = REPLIES if arguments.replies is None else max(1, arguments.replies)
    return print_strangers(
        (strangers(elsewhere, shelf, scenario, talk, count, arguments.seed) for shelf, scenario, talk in chosen),
        as_json=arguments.json,
        whole=len({scenario.id for _, scenario, _ in chosen}) == 1,
        language=arguments.lang,
        write=out,
    )


def _library(arguments: argparse.Namespace) -> Library:
    from roleplay.library import Library, bundled_packs

    return Library(getattr(arguments, "packs", None) or [bundled_packs()], rehearsals=True)


def _chosen(library: Library, arguments: argparse.Namespace) -> list[tuple[Shelf, Scenario, Language]]:
    """The scenarios named, else all, each in the language asked for, else in all of its own."""
    found = [library.find(ref) for ref in arguments.scenario] or library.scenarios()
    return [
        (shelf, scenario, talk)
        for shelf, scenario in found
        for talk in scenario.languages
        if arguments.talk in (None, talk)
    ]


def _paths(arguments: argparse.Namespace) -> list[Path]:
    """The packs named, else those of --packs, else those that come with the program."""
    from roleplay.library import bundled_packs

    return arguments.paths or getattr(arguments, "packs", None) or [bundled_packs()]


def standards(arguments: argparse.Namespace) -> int:
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
            out(line)
    except UnknownName as unknown:
        error(
            say("unknown_name" if unknown.near else "unknown_name_alone", language, ref=unknown.name, near=unknown.near)
        )
        return FAILED
    return DONE


def explain(arguments: argparse.Namespace) -> int:
    from roleplay.scenarios.explaining import explanation
    from roleplay.scenarios.problems import CODES

    number = arguments.code.upper()
    if number not in CODES:
        error(say("unknown_code", arguments.lang, ref=arguments.code))
        return FAILED
    out(explanation(number, arguments.lang))
    return DONE

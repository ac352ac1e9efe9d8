"""Replies inside scenarios, rated by an expert, and how far the program rates them alike.

Owns their shape and the comparison. A line names a scenario, a rehearsal and how many of its turns are played before; then the reply, and
the expert's word for each opportunity it gave a chance to judge.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from roleplay.scenarios.model import Language

WORDS = ("met", "partly", "not_met")


@dataclass(frozen=True, slots=True)
class Rated:
    """`after`: turns of `rehearsal` that come before. `ratings`: opportunity -> met, partly or not_met."""

    author: str
    language: Language
    scenario: str
    rehearsal: str
    after: int
    reply: str
    ratings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One opportunity as the expert and the program rate it."""

    rated: Rated
    opportunity: str
    expert: str
    program: str


Rate = Callable[[Rated], Mapping[str, str]]
"""Plays what comes before, says the reply, and gives the word of every opportunity that was rated."""


def read_rated(language: Language) -> Iterator[Rated]:
    """The rated replies that come with the program."""
    room = files("roleplay.training") / "ratings"
    if not room.is_dir():
        return
    for file in sorted(room.iterdir(), key=lambda f: f.name):
        author, _, rest = file.name.partition(".")
        if rest == f"{language}.jsonl":
            for line in file.read_text(encoding="utf-8").splitlines():
                raw = json.loads(line)
                yield Rated(
                    author, language, raw["scenario"], raw["rehearsal"], raw["after"], raw["reply"], raw["ratings"]
                )


def compare(rated: Sequence[Rated], rate: Rate) -> list[Compared]:
    """The program's word beside the expert's; an opportunity the program leaves open counts as not met."""
    found = []
    for one in rated:
        words = rate(one)
        for opportunity, expert in sorted(one.ratings.items()):
            word = words.get(opportunity, "not_met")
            found.append(Compared(one, opportunity, expert, word if word in WORDS else "not_met"))
    return found


def kappa_of_words(found: Sequence[Compared], *, weighted: bool = False) -> float:
    """Cohen's kappa over met, partly, not_met; `weighted`: linear weights, so that met against partly is half a disagreement."""
    count = len(found)
    table = {(e, p): sum(c.expert == e and c.program == p for c in found) for e in WORDS for p in WORDS}
    by_expert = {w: sum(table[w, p] for p in WORDS) for w in WORDS}
    by_program = {w: sum(table[e, w] for e in WORDS) for w in WORDS}

    def far(one: str, other: str) -> float:
        apart = abs(WORDS.index(one) - WORDS.index(other))
        return apart / 2 if weighted else float(apart > 0)

    observed = sum(far(e, p) * n for (e, p), n in table.items()) / count
    expected = sum(far(e, p) * by_expert[e] * by_program[p] for e in WORDS for p in WORDS) / count**2
    return 1.0 if expected == 0 else 1 - observed / expected

"""Replies that belong to other cases, said in a scenario: which of its opportunities take them.

A condition that a reply from elsewhere meets asks for too little: a bare technique, a word too common. Owns where the strangers come from,
where they are said and how it is printed. Refuses to know which of them are fair: an apology is one in any case.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from random import Random

from roleplay.authoring import DONE, Write
from roleplay.authoring.coverage import cut
from roleplay.authoring.rehearsals import best_first, walked
from roleplay.engine.events import SubmitReply, TurnTaken
from roleplay.engine.refusals import REPLY_LIMIT, Refused
from roleplay.engine.session import SessionState
from roleplay.engine.stage import Stage
from roleplay.library import Shelf, detector
from roleplay.scenarios.model import Language, Scenario
from roleplay.words.command import say

REPLIES = 120
"""How many strangers are said by default."""
_SHOWN, _SHOWN_CELLS, _ID_CELLS = 2, 84, 28


@dataclass(frozen=True, slots=True)
class Taken:
    """What an opportunity took of what was said: the strangers rated met, in the order they were said."""

    opportunity: str
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strangers:
    """`said`: how many strangers were said in every state that rehearsals come by. `taken`: the opportunities that took any, the most first."""

    scenario: str
    language: Language
    said: int
    taken: tuple[Taken, ...]


def strangers(
    elsewhere: Sequence[Shelf], shelf: Shelf, scenario: Scenario, language: Language, count: int, seed: int
) -> Strangers:
    """Say `count` good replies from the sheets of other scenarios of `elsewhere` to the customer of `scenario`, a scenario of `shelf`. The same packs, seed and
    program give the same."""
    there = sorted(set(_good_elsewhere(elsewhere, scenario, language)))
    drawn = Random(f"{scenario.id}/{language}/{seed}").sample(there, min(count, len(there)))
    stage = Stage(scenario, detector())
    taken: dict[str, dict[str, None]] = {}
    for state in _by_state(stage, shelf, language):
        for reply in drawn:
            for opportunity in _met(stage, state, reply):
                taken.setdefault(opportunity, {})[reply] = None
    rows = (Taken(opportunity, tuple(replies)) for opportunity, replies in taken.items())
    most_first = sorted(rows, key=lambda one: (-len(one.replies), one.opportunity))
    return Strangers(scenario.id, language, len(drawn), tuple(most_first))


def _good_elsewhere(shelves: Sequence[Shelf], scenario: Scenario, language: Language) -> Iterator[str]:
    for shelf in shelves:
        for sheet in shelf.loaded.replies:
            if sheet.scenario != scenario.id:
                for one in sheet.replies:
                    yield from one.met.in_(language)


def _by_state(stage: Stage, shelf: Shelf, language: Language) -> Iterator[SessionState]:
    """The first moment of each state that rehearsals come by, the best rehearsals first."""
    seen: set[str] = set()
    for rehearsal in best_first(shelf.loaded.rehearsals, stage.scenario.id):
        for state, _ in walked(stage, rehearsal, language):
            if state.ended is None and state.state not in seen:
                seen.add(state.state)
                yield state


def _met(stage: Stage, state: SessionState, reply: str) -> list[str]:
    try:
        turn = stage.decide(state, SubmitReply(reply[:REPLY_LIMIT], len(state.turns) + 1, "stranger"))[0]
    except Refused:
        return []
    assert isinstance(turn, TurnTaken)
    return [rating.opportunity for rating in turn.ratings if rating.word == "met"]


def print_strangers(found: Iterable[Strangers], *, as_json: bool, whole: bool, language: Language, write: Write) -> int:
    """Print what was taken, each scenario as soon as it is there. `whole`: every reply. DONE: whoever reads it judges."""
    if as_json:
        write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return DONE
    for one in found:
        sums = {"said": one.said, "taken": sum(len(row.replies) for row in one.taken)}
        write(
            f"{one.scenario} ({one.language})  {say('strangers_taken' if one.said else 'strangers_none', language, **sums)}"
        )
        for row in one.taken:
            write(
                f"  {cut(row.opportunity, _ID_CELLS)}{len(row.replies):4}  {cut(row.replies[0], _SHOWN_CELLS).rstrip()}"
            )
            for reply in row.replies[1:] if whole else row.replies[1:_SHOWN]:
                write(f"  {'':{_ID_CELLS + 4}}  {cut(reply, _SHOWN_CELLS).rstrip()}")
    return DONE

"""The dialogue as rows to draw: who speaks, in what mood, with which words marked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from roleplay.engine.events import CUSTOMER
from roleplay.engine.session import Entry, SessionState
from roleplay.scenarios.model import Language, Scenario
from roleplay.tui.widgets.marking import marked
from roleplay.tui.widgets.meters import mood_word
from roleplay.tui.widgets.prose import block, plain
from roleplay.words.interface import Words

Side = Literal["customer", "trainee", "party", "aside"]


@dataclass(frozen=True, slots=True)
class Row:
    """One bubble or aside. `standing` False: it was retried."""

    side: Side
    content: Content
    standing: bool

    def same(self, other: Row) -> bool:
        return (self.side, self.standing) == (other.side, other.standing) and self.content.is_same(other.content)


def rows(state: SessionState, scenario: Scenario | None, words: Words) -> tuple[Row, ...]:
    """The whole dialogue of `state`, oldest first."""
    moods = {t.taken.turn_id: t.taken.move.mood for t in state.turns}
    analyses = {t.taken.turn_id: t.taken.analysis for t in state.turns}
    first = len(state.started.lines)
    made = []
    for index, entry in enumerate(state.dialogue):
        mood = moods.get(entry.turn_id, state.started.mood if index < first else None)
        said = entry.said
        if said.speaker in ("narration", "clock"):
            made.append(Row("aside", plain(said.text, "italic $quiet"), entry.standing))
        elif said.speaker == "trainee":
            body = marked(said.text, analyses[entry.turn_id])
            made.append(
                Row(
                    "trainee",
                    _headed(_you(entry, scenario, state.started.language, words), "", body, entry, words),
                    entry.standing,
                )
            )
        elif said.speaker == "party":
            name = party_name(said.who, scenario, state.started.language)
            made.append(Row("party", _headed(name, "", plain(said.text), entry, words), entry.standing))
        else:
            feeling = "" if mood is None else mood_word(mood, words)
            made.append(
                Row(
                    "customer", _headed(state.started.customer, feeling, plain(said.text), entry, words), entry.standing
                )
            )
    return tuple(made)


def party_name(id: str, scenario: Scenario | None, language: Language) -> str:
    """A party's name; its id where the scenario is not at hand."""
    if scenario is None:
        return id
    return next((p.name.in_(language) for p in scenario.parties if p.id == id), id)


def _you(entry: Entry, scenario: Scenario | None, language: Language, words: Words) -> str:
    to = entry.said.who
    if to in ("", CUSTOMER):
        return words.practice.you
    return f"{words.practice.you} · {words.practice.to.format(party_name(to, scenario, language))}"


def _headed(name: str, feeling: str, body: Content, entry: Entry, words: Words) -> Content:
    head = Content.assemble(plain(name, "bold $quiet"), (f"  {feeling}" if feeling else "", "$quiet"))
    if not entry.standing:
        head = Content.assemble(head, (f"  ↺ {words.practice.retried}", "$text-warning"))
    return block(head, body)

"""What a reply was worth: one strength and one next step first, every indicator with its reasons on demand.

Owns order and look. The sentences come from `words.feedback`, the choice of notes from the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from roleplay.engine.detection.reasons import reason_text
from roleplay.engine.events import Rating, TurnTaken
from roleplay.scenarios.model import Language, Scenario
from roleplay.standards import catalogue
from roleplay.standards.finding import UnknownName
from roleplay.tui.widgets.marking import RATING_STYLES, kind_of, marked, shown, sign
from roleplay.tui.widgets.prose import EMPTY, Prose, block, plain, quoted
from roleplay.words.feedback import (
    Example,
    Label,
    example_text,
    missing_texts,
    no_example,
    note_text,
    rating_word,
    rule_text,
)
from roleplay.words.interface import Words

_NOTE_SIGNS = {"strength": ("✓", "bold $text-success"), "next_step": ("→", "bold $text-accent")}


@dataclass(frozen=True, slots=True)
class Telling:
    """What is needed to say something about a turn. `scenario` None: it is not at hand, only what stands in the turn is told."""

    scenario: Scenario | None
    label: Label
    language: Language
    words: Words
    example: Example = no_example
    known: frozenset[str] | None = None
    """The facts the trainee has learned: others are not given away. None: whoever looks may know all."""


def notes(turn: TurnTaken, telling: Telling, between: str = "\n\n") -> Content:
    """One strength, one next step."""
    if telling.scenario is None:
        return EMPTY
    parts = []
    headings = {"strength": telling.words.practice.strength, "next_step": telling.words.practice.next_step}
    for kind, heading in headings.items():
        note = next((n for n in turn.notes if n.kind == kind), None)
        if note is not None:
            said = note_text(note, turn.text, telling.scenario, telling.label, telling.language)
            mark, style = _NOTE_SIGNS[kind]
            parts.append(Content.assemble((f"{mark} {heading}  ", style), plain(said)))
    return block(*parts, between=between)


def indicator_lines(ref: str, language: Language, words: Words) -> Content:
    """The exact wording of an indicator; in English its gloss beside it, named as unofficial."""
    try:
        indicator = catalogue().indicator(ref)
    except UnknownName:
        return EMPTY
    if language == "zh":
        return plain(indicator.text)
    return block(
        plain(indicator.text),
        Content.assemble(plain(indicator.gloss), (f"  ({words.common.unofficial})", "$quiet")),
    )


def details(turn: TurnTaken, telling: Telling) -> Content:
    """All that was seen in the reply, then every indicator with why and what was missing."""
    p = telling.words.practice
    seen = [_seen(turn, telling)] if shown(turn.analysis) else []
    rated = [_rated(turn, rating, telling) for rating in turn.ratings] or [plain(p.no_rating, "$quiet")]
    return block(
        Content.styled(p.legend, "$quiet"),
        *(block(Content.styled(p.spans, "bold $primary"), part) for part in seen),
        Content.styled(p.indicators, "bold $primary"),
        block(*rated, between="\n\n"),
        between="\n\n",
    ).rstrip()


def _seen(turn: TurnTaken, telling: Telling) -> Content:
    rows = []
    for found in shown(turn.analysis):
        quote = turn.text[found.start : found.end].strip()
        row = Content.assemble(
            sign(kind_of(found)),
            " ",
            plain(telling.label(found.technique)),
            "  ",
            plain(quoted(quote, telling.language), "$quiet"),
        )
        why = plain(f"  {reason_text(found.reason, telling.language)}", "$quiet italic") if found.reason else EMPTY
        better = example_text([found.technique], quote, telling.example, telling.language) if found.reason else ""
        rows.append(block(row, why, plain(f"  {better}", "$quiet") if better else EMPTY))
    return block(*rows)


def _rated(turn: TurnTaken, rating: Rating, telling: Telling) -> Content:
    p = telling.words.practice
    mark, word = rating_word(rating.word, telling.language)
    style = RATING_STYLES[rating.word]
    rows = []
    for number, ref in enumerate(rating.indicators):
        head = (
            Content.assemble((f"{mark} {word}  ", f"bold {style}"), plain(ref, "bold"))
            if not number
            else plain(ref, "bold")
        )
        rows.append(block(head, indicator_lines(ref, telling.language, telling.words)))
    rows.append(_labelled(p.why, rule_text(rating.rule, telling.language)))
    quotes = whole_quotes(turn.text[e.start : e.end] for e in rating.evidence)
    if quotes:
        rows.append(_labelled(p.evidence, " ".join(quoted(q, telling.language) for q in quotes)))
    if rating.word != "met" and telling.scenario is not None:
        wanted = missing_texts(rating.missing, telling.scenario, telling.label, telling.language, telling.known)
        if wanted:
            rows.append(_labelled(p.missing, "；".join(wanted) if telling.language == "zh" else "; ".join(wanted)))
        names = [name for missing in rating.missing if missing.what == "technique" for name in missing.ids]
        shown = example_text(names, turn.text, telling.example, telling.language)
        if shown:
            rows.append(plain(shown, "$quiet"))
    return block(*rows)


def whole_quotes(quotes: Iterable[str]) -> tuple[str, ...]:
    """`quotes` once each, without those that stand inside another."""
    found = tuple(dict.fromkeys(quote.strip() for quote in quotes))
    return tuple(q for q in found if not any(q != other and q in other for other in found))


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((f"{label}  ", "$quiet"), plain(text))


class Feedback(VerticalScroll):
    """The panel for one turn. Folded it shows the reply, a strength and a next step; unfolded the whole scoring."""

    def __init__(self, empty: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._turn: TurnTaken | None = None
        self._telling: Telling | None = None
        self.unfolded = False
        self._head = Prose(plain(empty, "$quiet"), classes="head")
        self._notes = Prose(classes="notes")
        self._more = Prose(classes="more")

    def compose(self) -> list[Widget]:
        return [self._head, self._notes, self._more]

    @property
    def glance(self) -> Content:
        """Strength and next step on as few lines as they need."""
        return notes(self._turn, self._telling, "\n") if self._turn and self._telling else EMPTY

    def show(self, turn: TurnTaken | None, telling: Telling) -> None:
        """Show `turn`; None where there is none yet."""
        self._turn, self._telling = turn, telling
        if turn is None:
            self._head.update(plain(self._empty, "$quiet"))
            self._notes.update(EMPTY)
            self._more.update(EMPTY)
            return
        number = telling.words.practice.turn.format(turn.number)
        again = f" · {telling.words.replay.attempt.format(turn.attempt)}" if turn.attempt > 1 else ""
        self._head.update(block(plain(f"{number}{again}", "bold $quiet"), marked(turn.text, turn.analysis)))
        self._notes.update(notes(turn, telling))
        self._show_more()

    def unfold(self, unfolded: bool) -> None:
        self.unfolded = unfolded
        self._show_more()
        if unfolded:
            self.call_after_refresh(self._more.scroll_visible, top=True, animate=False)
        else:
            self.scroll_home(animate=False)

    def _show_more(self) -> None:
        if self._turn is None or self._telling is None:
            return
        p = self._telling.words.practice
        hint = plain(p.hide_details if self.unfolded else p.details, "$quiet")
        self._more.update(block(hint, details(self._turn, self._telling), between="\n\n") if self.unfolded else hint)

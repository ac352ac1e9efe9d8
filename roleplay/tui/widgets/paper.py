"""One form of the work after the talk: its fields to write in, and what each was worth once handed in.

Owns the order of a field: what is asked, where to write, the verdict. The sentences come from `words.feedback`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from roleplay.engine.events import FieldFilled, Rating, TurnTaken
from roleplay.engine.forms import finding_words
from roleplay.scenarios.model import Form, Language
from roleplay.tui.widgets.feedback import Telling, whole_quotes
from roleplay.tui.widgets.marking import RATING_STYLES
from roleplay.tui.widgets.prose import Prose, block, plain, quoted
from roleplay.tui.widgets.reply_box import ReplyBox
from roleplay.tui.widgets.script import Row
from roleplay.words.feedback import (
    find_opportunity,
    finding_text,
    form_title,
    missing_texts,
    rating_word,
    rule_text,
)
from roleplay.words.interface import Words


class Paper(Vertical):
    """A form. `written`: what stands in its fields to begin with."""

    def __init__(self, form: Form, written: Mapping[str, str], language: Language, words: Words) -> None:
        super().__init__(id=f"form-{form.id}", classes="paper")
        self.form = form
        self._written = written
        self._language: Language = language
        self._words = words

    def compose(self) -> Iterable[Widget]:
        language = self._language
        yield Prose(
            block(
                plain(form_title(self.form, language), "bold $primary"),
                plain(self.form.intro.in_(language), "$quiet"),
            ),
            classes="intro",
        )
        for field in self.form.fields:
            hint = field.hint.in_(language)
            label = Content.assemble(
                plain(field.label.in_(language), "bold"), plain(f"  {hint}" if hint else "", "$quiet")
            )
            box = ReplyBox("", enter_sends=field.lines == 1, id=f"field-{self.form.id}-{field.id}", classes="field")
            box.styles.min_height = field.lines
            box.load_text(self._written.get(field.id, ""))
            yield Prose(label, classes="label")
            yield box
            yield Prose(classes="verdict", id=f"verdict-{self.form.id}-{field.id}")

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields now, by field."""
        return {field.id: self._box(field.id).text for field in self.form.fields}

    def _box(self, field: str) -> ReplyBox:
        return self.query_one(f"#field-{self.form.id}-{field}", ReplyBox)

    def judge(
        self, handed_in: Iterable[FieldFilled], turns: tuple[TurnTaken, ...], telling: Telling, *, closed: bool
    ) -> None:
        """Show what the form as handed in was worth, after the replies `turns`. `closed`: it cannot be changed any more."""
        for one in handed_in:
            verdict = self.query_one(f"#verdict-{self.form.id}-{one.field}", Prose)
            verdict.update(judged(one, turns, telling))
            verdict.set_class(bool(verdict.content.plain), "-said")
            self._box(one.field).read_only = closed

    def begin(self) -> None:
        """The first field has the focus."""
        self._box(self.form.fields[0].id).focus()


def filled_rows(filled: tuple[FieldFilled, ...], turns: tuple[TurnTaken, ...], telling: Telling) -> tuple[Row, ...]:
    """What was handed in, as bubbles of the trainee with the verdict; what was handed in again later does not stand."""
    last = {one.form: one.attempt for one in filled}
    return tuple(
        Row(
            "trainee",
            block(_headed(one, telling), plain(one.text), judged(one, turns, telling)),
            one.attempt == last[one.form],
        )
        for one in filled
    )


def _headed(one: FieldFilled, telling: Telling) -> Content:
    form = next((f for f in telling.scenario.forms if f.id == one.form), None) if telling.scenario else None
    if form is None:
        return plain(f"{one.form} · {one.field}", "bold $quiet")
    label = next((f.label.in_(telling.language) for f in form.fields if f.id == one.field), one.field)
    again = f"  {telling.words.paperwork.attempt.format(one.attempt)}" if one.attempt > 1 else ""
    return plain(f"{form_title(form, telling.language)} · {label}{again}", "bold $quiet")


def judged(filled: FieldFilled, turns: tuple[TurnTaken, ...], telling: Telling) -> Content:
    """What one field was worth, with the words it rests on and what was missing or wrong."""
    rows = [row for rating in filled.ratings for row in _rated(rating, filled.text, telling)]
    for found in filled.findings:
        words = finding_words(found, filled.text, turns)
        rows.append(plain(f"→ {finding_text(found, words, telling.language)}", "$text-warning"))
    return block(*rows)


def _rated(rating: Rating, text: str, telling: Telling) -> Iterator[Content]:
    scenario, language = telling.scenario, telling.language
    mark, word = rating_word(rating.word, language)
    found = find_opportunity(rating.opportunity, scenario) if scenario else None
    tip = found.tip.in_(language) if found else ""
    yield Content.assemble(
        (f"{mark} {word}  ", f"bold {RATING_STYLES[rating.word]}"),
        plain(", ".join(rating.indicators), "$quiet"),
        plain(f"  {tip}" if tip else ""),
    )
    quotes = whole_quotes(text[e.start : e.end] for e in rating.evidence)
    if quotes:
        yield plain(f"  {' '.join(quoted(q, language) for q in quotes)}", "$quiet")
    if rating.word == "met" or scenario is None:
        return
    missing = missing_texts(rating.missing, scenario, telling.label, language, telling.known)
    between = "；" if language == "zh" else "; "
    yield plain(f"  {between.join(missing) or rule_text(rating.rule, language)}")

"""Line by line: a talk for pipes, screen readers and slow links.

Owns the order of reading and writing. Refuses to know the terminal: it reads lines and writes lines. Everything from outside passes
`visible` before it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from roleplay.engine.events import CUSTOMER, FieldFilled, TurnTaken
from roleplay.engine.refusals import Refused
from roleplay.practice import Practice
from roleplay.printed import (
    WORDS,
    Write,
    brief_lines,
    card_lines,
    debrief_lines,
    feedback_lines,
    filled_lines,
    form_lines,
    gauge_line,
    rating_lines,
    said_line,
)
from roleplay.scenarios.model import Form
from roleplay.words.feedback import refusal_text
from roleplay.words.safe import visible

Read = Callable[[], str | None]
"""The next line without its end, None when there are no more."""


class PlainTalk:
    """One practice session, line by line."""

    def __init__(self, practice: Practice, read: Read, write: Write) -> None:
        self._practice = practice
        self._read = read
        self._write_raw = write
        self._shown = 0
        self._to = CUSTOMER
        self._over = False

    def run(self) -> None:
        """Talk until the scene ends, the trainee leaves or the lines run out."""
        practice, w = self._practice, WORDS[self._practice.language]
        self._lines(brief_lines(practice.scenario, practice.language))
        self._write(w["help"])
        self._dialogue()
        while practice.state.ended is None:
            self._write(gauge_line(practice.state, practice.scenario, practice.language))
            line = self._read()
            if line is None or line.strip() == "/quit":
                self._write(w["kept"].format(practice.session))
                return
            if line.strip():
                self._handle(line)
        self._paperwork()
        self._lines(
            debrief_lines(
                practice.debrief(), practice.scenario, practice.language, practice.followed_by(practice.language)
            )
        )

    def _paperwork(self) -> None:
        """The forms still to be handed in, field by field, each again as often as the trainee wants."""
        practice, w = self._practice, WORDS[self._practice.language]
        if practice.forms_left:
            self._write(w["forms"].format(len(practice.forms_left)))
        for form in practice.forms_left:
            while self._form(form) and practice.state.started.mode == "practice" and not self._over:
                self._write(w["again"])
                if self._next() != "/again":
                    break
            if self._over:
                return

    def _form(self, form: Form) -> bool:
        """Ask for every field and hand the form in, as far as the lines go; False if it was put off."""
        practice, language = self._practice, self._practice.language
        self._lines(form_lines(form, language))
        texts: dict[str, str] = {}
        for field in form.fields:
            hint = field.hint.in_(language)
            self._write(
                f"{field.label.in_(language)}{f'（{hint}）' if hint and language == 'zh' else f' ({hint})' if hint else ''}:"
            )
            line = self._next()
            if line == "/later":
                return False
            if self._over:
                break
            texts[field.id] = line
        if not texts:
            return False
        try:
            facts = practice.fill(form.id, texts)
        except Refused as refused:
            self._write(refusal_text(refused.code, refused.detail, language))
            return False
        filled = tuple(fact for fact in facts if isinstance(fact, FieldFilled))
        state = practice.state
        self._lines(filled_lines(filled, state, practice.scenario, self._label, language, state.known))
        return True

    def _next(self) -> str:
        """The next line of a form; empty once there are no more."""
        line = None if self._over else self._read()
        self._over = line is None
        return (line or "").strip()

    def _handle(self, line: str) -> None:
        practice = self._practice
        try:
            if line.startswith("/") and not line.startswith("//"):
                self._command(line.strip())
            else:
                to, self._to = self._to, CUSTOMER
                turn = practice.submit(line[1:] if line.startswith("//") else line, to)[0]
                assert isinstance(turn, TurnTaken)
                self._lines(feedback_lines(turn, practice.scenario, self._label, practice.language))
                self._dialogue()
        except Refused as refused:
            self._write(refusal_text(refused.code, refused.detail, practice.language))

    def _command(self, line: str) -> None:
        practice, w = self._practice, WORDS[self._practice.language]
        name, _, rest = line.partition(" ")
        match name:
            case "/help":
                self._write(w["help"])
            case "/cards":
                self._lines(card_lines(practice.scenario, practice.language))
            case "/more" if practice.state.turns:
                last, known = practice.state.turns[-1].taken, practice.state.known
                self._lines(
                    rating_lines(last, practice.scenario, self._label, practice.language, practice.example, known)
                )
            case "/hint":
                self._write(practice.hint())
            case "/retry":
                practice.retry()
                self._shown = len(practice.state.dialogue)
                self._write(w["retried"])
            case "/wait":
                practice.let_time_pass()
                self._dialogue()
            case "/end":
                practice.leave()
            case "/to" if any(p.id == rest for p in practice.parties):
                self._to = rest
            case "/to":
                self._lines(f"/to {p.id}: {p.name.in_(practice.language)}" for p in practice.parties)
            case _:
                self._write(w["unknown"].format(name))

    def _label(self, technique: str) -> str:
        return self._practice.techniques.label(technique, self._practice.language)

    def _dialogue(self) -> None:
        state = self._practice.state
        for entry in state.dialogue[self._shown :]:
            if entry.standing and entry.said.speaker != "trainee":
                self._write(
                    said_line(entry.said, self._practice.scenario, state.started.customer, state.started.language)
                )
        self._shown = len(state.dialogue)

    def _lines(self, lines: Iterator[str]) -> None:
        for line in lines:
            self._write(line)

    def _write(self, line: str) -> None:
        self._write_raw(visible(line))

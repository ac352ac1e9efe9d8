"""Mood, trust and the scenario's clock, in words and bars. Pure but for the widget at the end."""

from __future__ import annotations

from textual.content import Content

from roleplay.engine.session import SessionState
from roleplay.scenarios.model import Clock, Language
from roleplay.tui.widgets.prose import Prose, plain
from roleplay.words.amounts import clock_text
from roleplay.words.interface import Words

_FACES = (">:(", ":(", ":/", ":|", ":)", ":)", ":D")
_BLOCKS = "▁▂▃▄▅▆▇█"


def step(value: int, steps: int) -> int:
    """Which of `steps` equal parts of 0-100 `value` lies in."""
    return min(steps - 1, max(0, value) * steps // 101)


def mood_word(mood: int, words: Words) -> str:
    """Face and word of a mood."""
    moods = words.terms.moods
    return f"{_FACES[step(mood, len(_FACES))]} {moods[step(mood, len(moods))]}"


def trust_word(trust: int, words: Words) -> str:
    return words.terms.trusts[step(trust, len(words.terms.trusts))]


def tone(value: int) -> str:
    """The colour of a value of 0-100; the word beside it says the same."""
    return "$success" if value >= 55 else "$warning" if value >= 35 else "$error"


def bar(value: int, width: int) -> Content:
    """A bar of `width` cells."""
    full = round(min(100, max(0, value)) * width / 100)
    return Content.assemble(("▰" * full, tone(value)), ("▱" * (width - full), "$faint"))


def change(before: int, after: int) -> Content:
    """How much a value moved, with its direction; empty if it did not."""
    moved = after - before
    return plain(f"{moved:+d}", "$text-success" if moved > 0 else "$text-error") if moved else Content("")


def curve(values: tuple[int, ...]) -> Content:
    """A row of blocks, one per value of 0-100."""
    return Content("").join(Content.styled(_BLOCKS[step(v, len(_BLOCKS))] * 2, tone(v)) for v in values)


class Meters(Prose):
    """Where the customer stands: three lines, or one where there is little room."""

    def show(
        self, state: SessionState, clock: Clock | None, words: Words, language: Language, *, one_line: bool
    ) -> None:
        before = state.curve[-2] if len(state.curve) > 1 else state.curve[-1]
        p = words.practice
        rows = [
            (p.mood, state.mood, mood_word(state.mood, words), change(before[1], state.mood)),
            (p.trust, state.trust, trust_word(state.trust, words), change(before[2], state.trust)),
        ]
        # where the scenario is not at hand, only the minutes gone are known
        time = clock_text(clock.start, state.clock, language) if clock else f"+{state.clock}"
        if one_line:
            parts = [
                Content.assemble((f"{label} ", "$quiet"), bar(value, 6), f" {word} ", moved)
                for label, value, word, moved in rows
            ]
            self.update(Content("   ").join([*parts, plain(time, "$quiet")]))
            return
        lines = [
            Content.assemble((f"{label}  ", "$quiet"), bar(value, 10), f"  {word}  ", moved)
            for label, value, word, moved in rows
        ]
        mode = words.terms.modes[state.started.mode]
        turn = f"{p.turn.format(len(state.standing))} · " if state.standing else ""
        self.update(
            Content("\n").join(
                [*lines, Content.assemble((f"{p.time}  ", "$quiet"), time, (f"   {turn}{mode}", "$quiet"))]
            )
        )

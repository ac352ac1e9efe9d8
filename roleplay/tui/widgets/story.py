"""The debrief in sections: outcome, three bars, curve, indicators with quotes, comparisons, who it was. Pure."""

from __future__ import annotations

from textual.content import Content

from roleplay.engine.bars import Bar
from roleplay.engine.debrief import Comparison, Debrief, IndicatorResult
from roleplay.engine.events import TurnTaken
from roleplay.scenarios.model import Language
from roleplay.tui.widgets.cards import Section
from roleplay.tui.widgets.feedback import indicator_lines, whole_quotes
from roleplay.tui.widgets.marking import RATING_STYLES, marked
from roleplay.tui.widgets.meters import bar, curve, mood_word
from roleplay.tui.widgets.prose import EMPTY, block, plain, quoted
from roleplay.words.feedback import bar_text, outcome_text, rating_word
from roleplay.words.interface import Words

_OUTCOME_STYLES = {
    "solved_warmed": "$text-success",
    "solved": "$text-success",
    "escalated": "$text-warning",
    "unsolved": "$text-error",
}


def ending(found: Debrief, language: Language, words: Words) -> Content:
    """How it ended, and what came after."""
    style = _OUTCOME_STYLES.get(found.outcome or "", "$quiet")
    return block(
        plain(outcome_text(found.outcome, language), f"bold {style}"),
        plain(found.epilogue),
        plain(words.debrief.coaching, "italic $quiet"),
        between="\n\n",
    )


def weighed(found: Debrief, language: Language) -> Content:
    """The three bars with their parts."""
    return block(*(_bar(one, language) for one in found.bars), between="\n\n")


def _bar(one: Bar, language: Language) -> Content:
    parts = "   ".join(
        f"{'+' if points > 0 else '−' if points < 0 else '·'}{abs(points) or ''} {bar_text(code, language)}"
        for code, points in one.parts
    )
    head = Content.assemble(
        plain(bar_text(one.id, language), "bold"), "  ", bar(one.value, 20), plain(f"  {one.value}", "bold")
    )
    return block(head, plain(parts, "$quiet"))


def mood_curve(found: Debrief, words: Words) -> Content:
    """Mood from the first moment to the last."""
    moods = tuple(mood for _, mood, _ in found.curve)
    first, last = (plain(f"{mood_word(m, words)} {m}", "$quiet") for m in (moods[0], moods[-1]))
    return Content.assemble(first, "  ", curve(moods), "  ", last)


def indicators(found: Debrief, language: Language, words: Words) -> Content:
    """Every indicator with its word and the quotes it rests on."""
    order = ("not_met", "partly", "met", "not_observed")
    ranked = sorted(found.indicators, key=lambda i: order.index(i.word))
    return block(*(_indicator(i, language, words) for i in ranked), between="\n\n") or plain(
        words.debrief.no_indicators, "$quiet"
    )


def _indicator(result: IndicatorResult, language: Language, words: Words) -> Content:
    mark, word = rating_word(result.word, language)
    tries = sum(o.tries for o in result.opportunities)
    tried = f"  {words.debrief.tries.format(tries)}" if tries else ""
    head = Content.assemble(
        (f"{mark} {word}  ", f"bold {RATING_STYLES[result.word]}"), plain(result.indicator, "bold"), (tried, "$quiet")
    )
    quotes = [
        Content.assemble(
            (f"  {words.practice.turn.format(number) if number else words.paperwork.quoted} ", "$quiet"),
            plain(" ".join(quoted(q, language) for q in said)),
        )
        for number in sorted({q.number for q in result.evidence}, key=lambda n: (not n, n))
        for said in [whole_quotes(q.text for q in result.evidence if q.number == number)]
    ]
    return block(head, indicator_lines(result.indicator, language, words), *quotes)


def extremes(found: Debrief, turns: tuple[TurnTaken, ...], words: Words) -> Content:
    """The best and the weakest reply."""
    by_number = {turn.number: turn for turn in turns}
    rows = []
    for label, number, style in (
        (words.debrief.best, found.best_turn, "bold $text-success"),
        (words.debrief.weakest, found.weakest_turn, "bold $text-warning"),
    ):
        turn = by_number.get(number or 0)
        if turn is not None:
            head = Content.assemble((label, style), (f"  {words.practice.turn.format(turn.number)}", "$quiet"))
            rows.append(block(head, marked(turn.text, turn.analysis)))
    return block(*rows, between="\n\n")


def missed(found: Debrief) -> Content:
    return block(*(Content.assemble(("→ ", "bold $text-accent"), plain(m.tip or m.opportunity)) for m in found.missed))


def who(found: Debrief, words: Words) -> Content:
    """The customer, as the trainee could not know them."""
    d = words.debrief
    return block(
        plain(found.about),
        _listed(d.needs, found.needs),
        block(plain(d.holds_back, "bold"), plain(found.holds_back)) if found.holds_back else EMPTY,
        _listed(d.unasked, found.unasked),
        between="\n\n",
    )


def _listed(heading: str, rows: tuple[str, ...]) -> Content:
    return block(plain(heading, "bold"), *(plain(f"· {row}") for row in rows)) if rows else EMPTY


def compared(one: Comparison, language: Language, words: Words) -> tuple[Section, ...]:
    """Own, weak and good, and what parts them."""
    d = words.debrief
    mark, word = rating_word(one.word, language)
    own = block(plain(f"{mark} {word}", RATING_STYLES[one.word]), plain(one.own or d.unseen))
    weak, good = (block(*(plain(f"· {text}") for text in texts)) for texts in (one.weak, one.good))
    return ((d.own, own), (d.weak, weak), (d.good, good), (d.rule, plain(one.rule)))


def all_sections(
    found: Debrief, turns: tuple[TurnTaken, ...], next: tuple[str, ...], language: Language, words: Words
) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Left and right column; sections without a body are left out. `next`: titles of what to practise after it."""
    d = words.debrief
    left = (
        (d.bars, weighed(found, language)),
        (d.curve, mood_curve(found, words)),
        (d.turns, extremes(found, turns, words)),
        (d.missed, missed(found)),
        (d.who, who(found, words)),
        (d.next, block(*(plain(f"→ {title}") for title in next))),
    )
    right = ((d.indicators, indicators(found, language, words)),)
    return tuple(s for s in left if s[1].plain), tuple(s for s in right if s[1].plain)

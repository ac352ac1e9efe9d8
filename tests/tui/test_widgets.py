"""Widgets by themselves, on values made up here."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from roleplay.engine.detection.model import Analysis, Detection
from roleplay.tui.widgets.dialogue import AT_ONCE, Dialogue
from roleplay.tui.widgets.marking import marked
from roleplay.tui.widgets.meters import bar, curve, mood_word, step, trust_word
from roleplay.tui.widgets.prose import fold, line, plain
from roleplay.tui.widgets.script import Row
from roleplay.words.interface import words


def found(technique: str, outcome: str, start: int, end: int) -> Detection:
    return Detection(technique, outcome, start, end, "rule", "" if outcome == "credited" else "reason")  # type: ignore[arg-type]


def test_every_outcome_has_its_own_sign_after_its_words() -> None:
    analysis = Analysis(
        (
            found("apology", "credited", 0, 2),
            found("validate", "partial", 2, 4),
            found("thanks", "rejected", 4, 6),
            found("dismiss", "credited", 6, 8),
            found("argue", "rejected", 8, 9),
        )
    )
    assert marked("甲甲乙乙丙丙丁丁，戊", analysis).plain == "甲甲✓乙乙△丙丙✗丁丁!，戊"


def test_pieces_of_one_kind_are_one_and_end_with_their_clause() -> None:
    analysis = Analysis(
        (found("apology", "credited", 0, 2), found("validate", "credited", 3, 6), found("thanks", "credited", 11, 13))
    )
    assert (
        marked("抱歉，難怪您急了。我們謝謝您的體諒與幫忙", analysis).plain
        == "抱歉，難怪您急了✓。我們謝謝✓您的體諒與幫忙"
    )


def test_where_marks_overlap_the_shorter_is_seen_and_both_signs_stand() -> None:
    analysis = Analysis((found("paraphrase", "credited", 0, 6), found("apology", "rejected", 2, 4)))
    content = marked("一二三四五六", analysis)
    assert content.plain == "一二三四✗五六✓"
    assert str(next(span.style for span in content.spans if span.start == 2)) != str(content.spans[0].style)


def test_a_longer_mark_keeps_its_sign_where_a_shorter_one_ends_with_it() -> None:
    analysis = Analysis((found("dismiss", "credited", 0, 6), found("apology", "credited", 4, 6)))
    assert marked("一二三四五六", analysis).plain == "一二三四五六!✓"


def test_a_mark_does_not_slip_when_something_unsafe_is_made_visible() -> None:
    content = marked("\u202e抱歉\x07。", Analysis((found("apology", "credited", 1, 3),)))
    assert content.plain == "<U+202E>抱歉✓␇。"


def test_moods_and_bars_stay_within_their_words() -> None:
    for language in ("zh", "en"):
        labels = words(language)
        assert {mood_word(m, labels) for m in range(101)} >= {mood_word(0, labels), mood_word(100, labels)}
        assert trust_word(0, labels) == labels.terms.trusts[0] and trust_word(100, labels) == labels.terms.trusts[-1]
    assert [step(v, 7) for v in (-5, 0, 100, 500)] == [0, 0, 6, 6]
    assert bar(0, 10).plain == "▱" * 10 and bar(100, 10).plain == "▰" * 10
    assert len(curve((0, 50, 100)).plain) == 6


def test_styles_stay_on_their_words_when_lines_are_folded() -> None:
    content = Content.assemble(plain("我們今天"), plain("晚上", "bold"), plain("回覆您"))
    lines = fold(content, 10)
    assert [part.plain for part in lines] == ["我們今天晚", "上回覆您"]
    assert [(s.start, s.end) for part in lines for s in part.spans] == [(4, 5), (0, 1)]


def test_outside_text_on_one_line_has_no_line_break_or_tab() -> None:
    assert line("a\tb\r\nc").plain == "a b c"
    assert plain("a\tb").plain == "a    b"


class Talk(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("x")
        yield Dialogue("{} earlier")


def said(number: int, **more: bool) -> Row:
    return Row("customer", plain(f"line {number}"), more.get("standing", True))


async def test_a_long_dialogue_shows_its_last_lines_and_more_on_asking() -> None:
    app = Talk()
    async with app.run_test() as pilot:
        dialogue = app.query_one(Dialogue)
        rows = tuple(said(n) for n in range(120))
        await dialogue.show(rows)
        assert [b.row.content.plain for b in dialogue.bubbles] == [f"line {n}" for n in range(120 - AT_ONCE, 120)]
        await dialogue.show_earlier()
        await pilot.pause()
        assert len(dialogue.bubbles) == 2 * AT_ONCE
        await dialogue.show_earlier()
        assert [b.row.content.plain for b in dialogue.bubbles] == [f"line {n}" for n in range(120)]
        assert not dialogue.query_one(".earlier").display


async def test_a_dialogue_follows_what_is_added_retried_and_taken_back() -> None:
    app = Talk()
    async with app.run_test():
        dialogue = app.query_one(Dialogue)
        await dialogue.show(tuple(said(n) for n in range(3)))
        first = dialogue.bubbles[0]
        await dialogue.show((*(said(n) for n in range(3)), said(3)))
        assert dialogue.bubbles[0] is first and len(dialogue.bubbles) == 4
        await dialogue.show((said(0), said(1, standing=False)))
        assert [b.has_class("-fallen") for b in dialogue.bubbles] == [False, True]
        await dialogue.show(())
        assert dialogue.bubbles == []

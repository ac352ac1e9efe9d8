"""A whole scene and its replay, through the keyboard, with the real desks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from roleplay.engine.session import fold
from roleplay.practice import PracticeDesk
from roleplay.review import ReviewDesk
from roleplay.scenarios.model import Language
from roleplay.store.database import Store
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.ask import Ask
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.lobby import Lobby
from roleplay.tui.screens.practice import PracticeScreen
from roleplay.tui.screens.records import Records
from roleplay.tui.screens.replay import ReplayScreen
from roleplay.tui.widgets.dialogue import Dialogue
from roleplay.tui.widgets.feedback import Feedback
from roleplay.tui.widgets.prose import Prose
from roleplay.tui.widgets.reply_box import REPLY_LIMIT, ReplyBox
from roleplay.tui.widgets.script import rows
from roleplay.tui.widgets.tabs import Tabs
from tests.tui.conftest import SCENARIO, until

WIDE, SMALL = (120, 40), (80, 24)
REPLIES = (
    "高小姐，蜜月第一天窗簾一拉開是冷氣主機，您一定很失望，真的很抱歉。請問您訂房的時候看到的是什麼樣的房間？",
    "[bold]您說得對[/] [/][@click=app.quit]請按這裡[/]",
    "冷靜一點。",
)


def holds_bubbles(app: RoleplayApp, bubbles: int) -> bool:
    return len(app.screen.query_one(Dialogue).bubbles) == bubbles


@asynccontextmanager
async def playing(
    desk: PracticeDesk, review: ReviewDesk, language: Language = "zh", size: tuple[int, int] = WIDE, **more: str
) -> AsyncIterator[tuple[RoleplayApp, Pilot[None]]]:
    """The app with a session of the scenario begun."""
    app = RoleplayApp(desk, review, language, scenario=SCENARIO, **more)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 3)
        await pilot.press("f5")
        if more.get("mode") == "assessment":
            await until(pilot, lambda: isinstance(app.screen, Ask))
            await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PracticeScreen) and app.screen.query(Dialogue))
        await until(pilot, lambda: app.screen.query_one(Dialogue).bubbles)
        yield app, pilot


async def say(app: RoleplayApp, pilot: Pilot[None], text: str) -> None:
    before = len(app.screen.query_one(Dialogue).bubbles)
    app.screen.query_one(ReplyBox).load_text(text)
    await pilot.press("enter")
    await until(pilot, lambda: len(app.screen.query_one(Dialogue).bubbles) > before)


def drawn(app: RoleplayApp) -> str:
    """What stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_scene_from_the_brief_to_the_replay(
    desk: PracticeDesk, review: ReviewDesk, store: Store, size: tuple[int, int]
) -> None:
    async with playing(desk, review, size=size) as (app, pilot):
        for reply in REPLIES:
            await say(app, pilot, reply)
        assert "→" in drawn(app) and "✓" in drawn(app)
        await pilot.press("f7")
        await until(pilot, lambda: app.screen.query_one(ReplyBox).text == REPLIES[-1])
        app.screen.query_one(ReplyBox).load_text("")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        (row,) = review.transcripts()
        assert row.ended and row.outcome is None and row.turns == 2
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, ReplayScreen) and app.screen.query(Dialogue))
        facts = store.facts(row.session).facts
        assert isinstance(app.screen, ReplayScreen)
        for number in range(1, len(facts) + 1):
            assert app.screen.at == number
            wanted = rows(fold(facts[:number]), desk.library.find(SCENARIO)[1], app.words)
            await until(pilot, partial(holds_bubbles, app, len(wanted)))
            shown = app.screen.query_one(Dialogue).bubbles
            assert all(bubble.row.same(row) for bubble, row in zip(shown, wanted, strict=True))
            await pilot.press("right")
        assert app.screen.at == len(facts)
        await until(pilot, lambda: "相同" in str(app.screen.query_one("#worth", Prose).content))
        assert any(bubble.has_class("-fallen") for bubble in app.screen.query_one(Dialogue).bubbles)
        await pilot.press("home")
        assert app.screen.at == 1
        await pilot.press("end", "left")
        assert app.screen.at == len(facts) - 1


async def test_what_is_typed_is_never_markup(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        await say(app, pilot, "[/][@click=app.quit]x[/] [red]\x1b[31m\u202e抱歉")
        assert "[/][@click=app.quit]x[/] [red]␛[31m<U+202E>" in drawn(app)
        assert "\x1b" not in drawn(app) and "\u202e" not in drawn(app)


async def test_a_reply_over_the_limit_is_kept_and_not_sent(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        box = app.screen.query_one(ReplyBox)
        box.load_text("長" * (REPLY_LIMIT + 1))
        await pilot.press("enter")
        await pilot.pause()
        assert len(box.text) == REPLY_LIMIT + 1
        assert review.transcripts()[0].turns == 0
        assert "2,001 / 2,000" in drawn(app)


async def test_a_long_paste_is_cut_and_said(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        box = app.screen.query_one(ReplyBox)
        box.take("一\r\n二\x07" + "長" * 5000)
        await pilot.pause()
        assert len(box.text) == REPLY_LIMIT
        assert box.text.startswith("一\n二␇長")
        await until(pilot, lambda: "只留到 2,000 字，後面的沒有放進來。" in drawn(app))


async def test_enter_sends_and_ctrl_j_breaks_the_line(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        await pilot.press("a", "ctrl+j", "b")
        assert app.screen.query_one(ReplyBox).text == "a\nb"
        await pilot.press("enter")
        await until(pilot, lambda: review.transcripts()[0].turns == 1)
        assert app.screen.query_one(ReplyBox).text == ""


async def test_the_language_changes_under_a_half_written_reply(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        await say(app, pilot, REPLIES[0])
        app.screen.query_one(ReplyBox).load_text("還沒說完")
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: "Mood" in drawn(app))
        assert app.screen.query_one(ReplyBox).text == "還沒說完"
        assert app.screen.query_one(ReplyBox).has_focus
        await until(pilot, lambda: "高子晴" in drawn(app))


async def test_a_talk_that_was_left_is_resumed_with_its_draft(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        await say(app, pilot, REPLIES[0])
        app.screen.query_one(ReplyBox).load_text("等一下再說")
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, Lobby))
        await until(pilot, lambda: app.screen.query_one("#resume").display)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, PracticeScreen) and app.screen.query(ReplyBox))
        await until(pilot, lambda: app.screen.query_one(ReplyBox).text == "等一下再說")
        assert review.transcripts()[0].turns == 1


async def test_an_assessment_has_no_retry_and_no_hint(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review, mode="assessment") as (app, pilot):
        await say(app, pilot, REPLIES[0])
        await pilot.press("f4", "f7")
        await pilot.pause()
        (row,) = review.transcripts()
        assert (row.mode, row.turns, row.count) == ("assessment", 1, 2)
        assert "F7" not in drawn(app).splitlines()[-1]


async def test_somebody_else_is_spoken_to(desk: PracticeDesk, review: ReviewDesk, store: Store) -> None:
    async with playing(desk, review) as (app, pilot):
        party = desk.library.find(SCENARIO)[1].parties[0]
        await pilot.press("f3")
        await pilot.pause()
        assert party.name.zh in drawn(app)
        await say(app, pilot, "麻煩幫我查一下今天還有沒有面海的房間？")
        facts = store.facts(review.transcripts()[0].session).facts
        assert fold(facts).consulted == (party.id,)


async def test_hints_that_are_always_shown_are_on_record(desk: PracticeDesk, review: ReviewDesk, store: Store) -> None:
    async with playing(desk, review, hints="always") as (app, pilot):
        state = fold(store.facts(review.transcripts()[0].session).facts)
        assert len(state.hinted) == 1
        await pilot.press("f5", "f5")
        await pilot.pause()
        tip = desk.library.find(SCENARIO)[1].state(state.state).opportunities[0].tip.zh
        assert tip[:8] in drawn(app)


async def test_the_full_scoring_has_the_exact_wording_and_its_gloss(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review, "en") as (app, pilot):
        await say(app, pilot, "I am so sorry; what did you see when you booked?")
        await pilot.press("f6")
        await pilot.pause()
        more = str(app.screen.query_one(Feedback).query_one(".more", Prose).content)
        assert "運用提問技巧來確認和決定投訴【註6】" in more
        assert "unofficial gloss" in more


async def test_the_lobby_finds_and_filters(desk: PracticeDesk, review: ReviewDesk) -> None:
    app = RoleplayApp(desk, review, "zh")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Lobby) and app.screen.query(OptionList))

        def listed() -> int:
            return app.screen.query_one("#scenarios", OptionList).option_count

        await until(pilot, lambda: listed() == len(desk.scenarios()))
        await pilot.press("f3")
        app.screen.query_one(Input).value = "蜜月"
        await until(pilot, lambda: listed() == 1)
        app.screen.query_one(Input).value = "沒有這種東西"
        await until(pilot, lambda: listed() == 0)
        assert "沒有符合的情境" in drawn(app)
        await pilot.press("f8")
        await until(pilot, lambda: listed() == len(desk.scenarios()))
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, Records))
        assert "還沒有紀錄" in drawn(app)


async def test_the_palette_finds_commands_in_both_languages(desk: PracticeDesk, review: ReviewDesk) -> None:
    app = RoleplayApp(desk, review, "zh")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Lobby) and app.screen.query(OptionList))
        await pilot.press("f2")
        await until(pilot, lambda: "指令" in drawn(app))
        await pilot.press(*"records")
        await until(pilot, lambda: "紀錄" in drawn(app) and "搜尋標題" not in drawn(app).splitlines()[5])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Records))


@pytest.mark.parametrize("size", [(1, 1), (20, 6), (40, 10), (300, 90)])
async def test_any_window_will_do(desk: PracticeDesk, review: ReviewDesk, size: tuple[int, int]) -> None:
    async with playing(desk, review) as (app, pilot):
        await say(app, pilot, REPLIES[0])
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await say(app, pilot, REPLIES[2])
        await pilot.press("f6", "f5", "f9")
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: "Mood" in drawn(app) or "Feedback" in drawn(app))
        assert review.transcripts()[0].turns == 2


async def test_no_wide_character_is_lost_at_an_edge(desk: PracticeDesk, review: ReviewDesk) -> None:
    """What is on the screen is what was said, wherever the windows below have their edges."""
    words = "貼上的內容太長，後面的沒有放進來，請檢查之後再送出一次，謝謝您的配合與耐心"
    async with playing(desk, review) as (app, pilot):
        for shift in range(4):
            app.say(" " * shift + words)
            await until(pilot, lambda: words in drawn(app))


async def test_keys_pressed_while_the_language_changes_end_nothing(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        await say(app, pilot, REPLIES[0])
        for key in ("f9", "f6", "f9", "f5", "f9", "f7", "f9", "f3", "f9", "f4", "f9"):
            app.simulate_key(key)
        await until(pilot, lambda: app.language == "zh" or app.language == "en")
        await pilot.press("f9")
        await until(pilot, lambda: app.screen.query(ReplyBox) and app.screen.query_one(Dialogue).bubbles)


async def test_a_choice_is_made_with_the_keyboard(desk: PracticeDesk, review: ReviewDesk) -> None:
    app = RoleplayApp(desk, review, "zh")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Lobby) and app.screen.query("#start"))
        await until(pilot, lambda: app.screen.query_one(OptionList).option_count)
        app.screen.query_one("#mode").focus()
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: app.mode == "assessment")
        assert "評量" in drawn(app)
        app.screen.query_one("#level").focus()
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: "F8" in drawn(app).splitlines()[-1])


async def test_after_a_retry_one_goes_on_typing_at_the_end(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review) as (app, pilot):
        await say(app, pilot, REPLIES[0])
        await pilot.press("f7")
        await until(pilot, lambda: app.screen.query_one(ReplyBox).text == REPLIES[0])
        await pilot.press("x")
        await until(pilot, lambda: app.screen.query_one(ReplyBox).text == REPLIES[0] + "x")


async def test_what_is_typed_where_the_panel_covers_the_talk_goes_to_the_reply(
    desk: PracticeDesk, review: ReviewDesk
) -> None:
    async with playing(desk, review, size=SMALL) as (app, pilot):
        await pilot.press("f5")
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen.side_covers
        await pilot.press("h", "i")
        assert not app.screen.side_covers
        await until(pilot, lambda: app.screen.query_one(ReplyBox).text == "hi")


async def test_a_colleague_who_asks_back_is_who_is_answered(
    desk: PracticeDesk, review: ReviewDesk, store: Store
) -> None:
    async with playing(desk, review) as (app, pilot):
        seen = set()
        for words in ("那個", "您好，想請您查官網蜜月專案現在放的是哪一張照片，還有今天有沒有面海的房間。"):
            while app.screen.query_one("#composer").has_class("-party") is False:
                await pilot.press("f3")
            await say(app, pilot, words)
            (row,) = review.transcripts()
            last = [line.text for line in fold(store.facts(row.session).facts).turns[-1].taken.lines][-1]
            asks = "？" in last
            assert app.screen.query_one("#composer").has_class("-party") is asks
            seen.add(asks)
        assert seen == {True, False}


async def test_tabs_that_do_not_fit_are_cut_and_the_chosen_one_is_whole(desk: PracticeDesk, review: ReviewDesk) -> None:
    async with playing(desk, review, size=SMALL) as (app, pilot):
        tabs = Tabs(("a rather long name", "another long name", "the third of them"))
        await app.screen.query_one("#talk").mount(tabs)
        tabs.styles.width = 40
        await pilot.pause()
        tabs.choose(1)
        shown = tabs.render().plain
        assert "another long name" in shown and "…" in shown
        assert len(shown) <= 40

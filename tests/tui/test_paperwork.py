"""Forms after the talk, through the keyboard, with the real desks and the sample pack."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from roleplay.engine.session import fold
from roleplay.library import Library
from roleplay.practice import Practice, PracticeDesk
from roleplay.review import ReviewDesk
from roleplay.scenarios.sample import FILES
from roleplay.store.database import Store
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.ask import Ask
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.paperwork import PaperworkScreen
from roleplay.tui.screens.practice import PracticeScreen
from roleplay.tui.screens.replay import ReplayScreen
from roleplay.tui.widgets.dialogue import Dialogue
from roleplay.tui.widgets.prose import Prose
from roleplay.tui.widgets.reply_box import ReplyBox
from tests.tui.conftest import until

REPLIES = ("請問您的訂單編號是多少？", "我三點半前回電給您。")


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> PracticeDesk:
    folder = tmp_path / "sample"
    folder.mkdir()
    for name, written in FILES.items():
        (folder / name).write_text(written, "utf-8")
    times, ids = itertools.count(1_700_000_000_000, 1000), itertools.count(1)
    return PracticeDesk(Library([folder]), store, lambda: next(times), lambda: f"{next(ids):032x}")


def talked(desk: PracticeDesk, mode: str = "practice") -> Practice:
    live = desk.start("sample/late_cake", "zh", mode, "off", "")  # type: ignore[arg-type]
    for reply in REPLIES:
        live.submit(reply, "customer")
    assert live.state.ended is not None
    return live


@asynccontextmanager
async def writing(
    desk: PracticeDesk, review: ReviewDesk, live: Practice, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[RoleplayApp, Pilot[None]]]:
    app = RoleplayApp(desk, review, "zh")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 2)
        app.paperwork(live)
        await until(pilot, lambda: isinstance(app.screen, PaperworkScreen) and app.screen._settled)
        await until(pilot, lambda: isinstance(app.focused, ReplyBox))
        yield app, pilot


def field(app: RoleplayApp) -> ReplyBox:
    return app.screen.query_one("#field-record-what", ReplyBox)


def verdict(app: RoleplayApp) -> str:
    return app.screen.query_one("#verdict-record-what", Prose).content.plain


async def test_the_talk_leads_to_the_forms(desk: PracticeDesk, review: ReviewDesk) -> None:
    app = RoleplayApp(desk, review, "zh", scenario="sample/late_cake")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 3)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, PracticeScreen) and app.screen.query(Dialogue))
        for reply in REPLIES:
            await until(pilot, lambda: isinstance(app.focused, ReplyBox) and not app.focused.text)
            app.screen.query_one(ReplyBox).load_text(reply)
            await pilot.press("enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "paperwork")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PaperworkScreen))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_written_handed_in_mended_and_in_the_record(
    size: tuple[int, int], desk: PracticeDesk, review: ReviewDesk, store: Store
) -> None:
    live = talked(desk)
    async with writing(desk, review, live, size) as (app, pilot):
        field(app).load_text("王先生等蛋糕，退 750 元")
        await pilot.press("f7")
        await until(pilot, lambda: "王先生" in verdict(app))
        assert "750" in verdict(app)
        assert "三點半前回電給您" in verdict(app)
        field(app).load_text("訂單 C305 遲到，15:30 前回電。")
        await pilot.press("f7")
        await until(pilot, lambda: "達成" in verdict(app) and "未達成" not in verdict(app))
        assert "→" not in verdict(app)
        await pilot.press("f5")
        await pilot.press("f5")
        await pilot.press("f9")
        await until(pilot, lambda: "met" in verdict(app))
        assert field(app).text == "訂單 C305 遲到，15:30 前回電。"
        while not isinstance(app.screen, DebriefScreen):
            await pilot.press("escape")
            await pilot.pause(0.05)
    state = fold(store.facts(live.session).facts)
    assert [(f.attempt, f.text[:2]) for f in state.filled] == [(1, "王先"), (2, "訂單")]
    assert store.verify(live.session).ok


async def test_what_is_half_written_is_kept(desk: PracticeDesk, review: ReviewDesk) -> None:
    live = talked(desk)
    async with writing(desk, review, live) as (app, pilot):
        field(app).load_text("寫到一半")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        assert live.forms_left
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PaperworkScreen) and app.screen._settled)
        assert field(app).text == "寫到一半"
    assert live.form_drafts == {"record": {"what": "寫到一半"}}


async def test_an_assessment_asks_and_takes_it_once(desk: PracticeDesk, review: ReviewDesk) -> None:
    live = talked(desk, "assessment")
    async with writing(desk, review, live) as (app, pilot):
        field(app).load_text("訂單 C305，三點半前回電。")
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert live.forms_left
        await pilot.press("down", "enter")
        await until(pilot, lambda: not live.forms_left)
        await until(pilot, lambda: isinstance(app.screen, PaperworkScreen) and field(app).read_only)
        await pilot.press("f7")
        await pilot.pause(0.05)
        assert isinstance(app.screen, PaperworkScreen)


async def test_the_replay_shows_what_was_written(desk: PracticeDesk, review: ReviewDesk) -> None:
    live = talked(desk)
    live.fill("record", {"what": "[bold]王先生[/]"})
    app = RoleplayApp(desk, review, "zh", replay=live.session)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReplayScreen) and app.screen.query(Dialogue))
        await pilot.press("end")
        await until(pilot, lambda: "服務紀錄" in app.screen.query_one("#step", Prose).content.plain)
        await until(pilot, lambda: len(app.screen.query_one(Dialogue).bubbles) > len(REPLIES) * 2 + 2)
        last = app.screen.query_one(Dialogue).bubbles[-1].query_one(Prose).content.plain
        assert "[bold]王先生[/]" in last
        assert "別人的資料" in last

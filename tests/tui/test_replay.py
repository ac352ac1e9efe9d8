"""Records that are damaged, or whose scenario is gone, are shown for what they are."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import OptionList

from roleplay.practice import PracticeDesk
from roleplay.review import ReviewDesk, Transcript
from roleplay.store.chain import Verdict
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.lobby import Lobby
from roleplay.tui.screens.replay import ReplayScreen
from roleplay.tui.widgets.dialogue import Dialogue
from roleplay.tui.widgets.prose import Prose
from tests.tui.conftest import SCENARIO, until


def recorded(desk: PracticeDesk, review: ReviewDesk) -> Transcript:
    live = desk.start(SCENARIO, "zh")
    live.submit("真的很抱歉讓您失望，請問您訂房時看到什麼？")
    live.retry()
    live.submit("冷靜一點。")
    return review.open(live.session)


async def worth(desk: PracticeDesk, review: ReviewDesk, transcript: Transcript) -> tuple[str, int]:
    """What is said of the record, and how many bubbles its last step has."""
    app = RoleplayApp(desk, review, "zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Lobby) and app.screen.query(OptionList))
        app.push_screen(ReplayScreen(transcript))
        await until(pilot, lambda: isinstance(app.screen, ReplayScreen) and app.screen.query(Dialogue))
        await pilot.press("end")

        def text() -> str:
            return str(app.screen.query_one("#worth", Prose).content)

        await until(pilot, lambda: "正在" not in text())
        await until(pilot, lambda: len(app.screen.query_one(Dialogue).bubbles) > 4)
        await pilot.press("f6")
        return text(), len(app.screen.query_one(Dialogue).bubbles)


async def test_a_whole_record_says_so(desk: PracticeDesk, review: ReviewDesk) -> None:
    said, _ = await worth(desk, review, recorded(desk, review))
    assert "紀錄完整，4 筆" in said and "結果相同" in said


async def test_a_record_whose_scenario_is_gone_is_still_replayed(desk: PracticeDesk, review: ReviewDesk) -> None:
    transcript = recorded(desk, review)
    _, whole = await worth(desk, review, transcript)
    said, bubbles = await worth(desk, review, replace(transcript, scenario=None))
    assert "無法重新評分" in said and "只能看對話" in said
    assert bubbles == whole


async def test_a_damaged_record_says_what_is_wrong(desk: PracticeDesk, review: ReviewDesk) -> None:
    broken = Verdict(False, 2, "0" * 64, "record 3: the hash does not fit\x1b[2J", erased=1)
    said, _ = await worth(desk, review, replace(recorded(desk, review), integrity=broken))
    assert "紀錄有問題：record 3: the hash does not fit␛[2J" in said
    assert "1 段文字已抹除" in said


async def test_what_cannot_be_opened_is_said_and_ends_nothing(desk: PracticeDesk, review: ReviewDesk) -> None:
    app = RoleplayApp(desk, review, "zh", replay="no-such-record")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Lobby) and app.screen.query("Remark.-said"))
        assert "no-such-record" in str(app.screen.query_one("Remark", Prose).content)
        await until(pilot, lambda: app.screen.query(OptionList) and app.screen.query_one(OptionList).option_count)
        app.resume("no-such-session")
        await until(pilot, lambda: "no-such-session" in str(app.screen.query_one("Remark", Prose).content))
        assert app.screen.query("Remark.-said")


async def test_leaving_while_the_first_screen_is_put_up_is_no_failure(desk: PracticeDesk, review: ReviewDesk) -> None:
    app = RoleplayApp(desk, review, "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+q")
    assert app.return_code == 0

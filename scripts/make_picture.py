"""Make docs/practice.svg for the README from the real app: the first replies of a bundled scenario, in a throw-away store."""

from __future__ import annotations

import asyncio
import itertools
import re
import tempfile
from pathlib import Path

from roleplay.library import Library, bundled_packs
from roleplay.practice import PracticeDesk
from roleplay.review import ReviewDesk
from roleplay.store.database import open_store
from roleplay.tui.app import RoleplayApp
from roleplay.tui.widgets.reply_box import ReplyBox

TARGET = Path(__file__).parent.parent / "docs" / "practice.svg"
FONTS = '"Fira Code", "DejaVu Sans Mono", "Noto Sans Mono CJK TC", monospace'
REPLIES = (
    "廖先生您好，我是線上客服小安。很抱歉讓您等了十一天都沒有人回覆，可以跟我說說那天發生了什麼事嗎？",
    "四十六階，您跟您弟弟一人一邊把爸爸架上去……那真的太不應該了。伯父的腳現在還好嗎？",
)


async def picture() -> str:
    numbers = itertools.count(1)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/r.db", salts=lambda: f"{next(numbers):032x}") as store,
    ):
        desk = PracticeDesk(Library([bundled_packs()]), store, lambda: 0, lambda: f"id-{next(numbers)}")
        app = RoleplayApp(desk, ReviewDesk(store), "zh", scenario="F7")
        async with app.run_test(size=(120, 40)) as pilot:
            while len(app.screen_stack) < 3:  # the lobby reads the packs, then shows the brief
                await pilot.pause(0.2)
            await pilot.press("f5")
            while not app.screen.query(ReplyBox):
                await pilot.pause(0.2)
            for reply in REPLIES:
                app.screen.query_one(ReplyBox).load_text(reply)
                await pilot.press("enter")
                await pilot.pause(1.5)
            return app.export_screenshot(title="roleplay")


def main() -> None:
    svg = asyncio.run(picture())
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S)
    TARGET.write_text(svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}"), encoding="utf-8")


if __name__ == "__main__":
    main()

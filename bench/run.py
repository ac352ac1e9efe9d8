"""Figures of speed, as ratios within one run: `make bench`.

Start to first paint against an empty Textual app, Enter to painted feedback, turns re-scored per second and core, pack load per MB
against bare YAML parsing. Everything runs for real: both apps on a pseudo-terminal of 120x40, the bundled packs, a store on disk.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import yaml

from roleplay.engine.detection.model import NOWHERE
from roleplay.engine.events import SubmitReply
from roleplay.engine.session import evolve, fold
from roleplay.engine.stage import Stage
from roleplay.library import bundled_packs, detector, open_shelf, pack_folders

ROUNDS = 7
EMPTY_APP = """
from textual.app import App
from textual.widgets import Label
class Empty(App):
    def compose(self):
        yield Label("READY-MARK")
Empty().run()
"""


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, argv: list[str], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(argv[0], argv, environment)
        ioctl(self.fd, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = b""

    def until(self, mark: str, limit: float = 30.0) -> float:
        """Seconds from now until `mark` is painted. TimeoutError after `limit`."""
        begun, wanted = time.perf_counter(), mark.encode()
        while wanted not in self.seen:
            if time.perf_counter() - begun > limit:
                raise TimeoutError(f"{mark!r} was not painted; last: {self.seen[-400:]!r}")
            if select.select([self.fd], [], [], 0.05)[0]:
                self.seen += os.read(self.fd, 1 << 16)
        return time.perf_counter() - begun

    def send(self, keys: str) -> None:
        self.seen = b""
        os.write(self.fd, keys.encode())

    def close(self) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def environment(folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "ROLEPLAY_STORE": f"{folder}/records.db",
        "ROLEPLAY_LANG": "en",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
    }


def first_paint(argv: list[str], mark: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(argv, environment(folder))
        try:
            terminal.until(mark)
            return time.perf_counter() - terminal.started
        finally:
            terminal.close()


def median(measure: Callable[[], float], rounds: int = ROUNDS) -> float:
    measure()
    return statistics.median(measure() for _ in range(rounds))


def report_first_paint() -> None:
    python = sys.executable
    ours, empty = [], []
    for _ in range(ROUNDS):
        empty.append(first_paint([python, "-c", EMPTY_APP], "READY-MARK"))
        ours.append(first_paint([python, "-m", "roleplay", "play"], "Role play"))
    a, b = statistics.median(ours), statistics.median(empty)
    print(f"first paint            {a * 1000:7.0f} ms   empty app {b * 1000:.0f} ms   ratio {a / b:.2f} (aim 1.5)")


def report_turn() -> None:
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal([sys.executable, "-m", "roleplay", "play", "A1"], environment(folder))
        try:
            terminal.until("Role play")
            time.sleep(2.0)
            terminal.send("\x1b[15~")
            time.sleep(1.5)
            took = []
            for number in range(ROUNDS):
                terminal.send(f"I am so sorry the gift {number} came late, what happened?")
                time.sleep(0.6)
                terminal.send("\r")
                took.append(terminal.until(f"eply {number + 1}", 5))
                time.sleep(0.8)
        finally:
            terminal.close()
    print(f"Enter to feedback      {statistics.median(took) * 1000:7.1f} ms   (aim 20 ms)")


def report_scoring() -> None:
    shelves = [open_shelf(folder) for folder in pack_folders([bundled_packs()])]
    found = detector()
    turns = 0
    begun = time.perf_counter()
    while time.perf_counter() - begun < 5.0:
        for shelf in shelves:
            for rehearsal in shelf.loaded.rehearsals:
                scenario = next(s for s in shelf.pack.scenarios if s.id == rehearsal.scenario) if shelf.pack else None
                if scenario is not None:
                    turns += play(Stage(scenario, found), [t.say.in_("zh") for t in rehearsal.turns if not t.wait])
    print(f"turns decided          {turns / (time.perf_counter() - begun):7.0f} /s on one core")
    for size in (100, 2000):
        reply = ("很抱歉讓您久等，我馬上幫您查包裹現在在哪裡，三點前一定回電給您。請問訂單編號是多少？" * 60)[:size]
        took = median(lambda r=reply: timed(lambda: found.analyse(r, "zh", NOWHERE)), 50)  # type: ignore[misc]
        print(f"detection, {size:4} chars  {took * 1000:7.2f} ms   (aim {2 if size == 100 else 20} ms)")


def play(stage: Stage, replies: list[str]) -> int:
    from roleplay.authoring import _NO_PINS

    state = fold(
        (stage.start(session="s", at=0, language="zh", mode="practice", hints="off", trainee="", pins=_NO_PINS),)
    )
    for number, words in enumerate(replies):
        if state.ended is not None:
            return number
        for fact in stage.decide(state, SubmitReply(words, number, f"t{number}")):
            state = evolve(state, fact)
    return len(replies)


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def report_loading() -> None:
    folders = pack_folders([bundled_packs()])
    texts = [p.read_text("utf-8") for folder in folders for p in sorted(Path(folder).glob("*.yaml"))]
    size = sum(len(t.encode()) for t in texts) / 1e6
    bare = median(lambda: timed(lambda: [sum(1 for _ in yaml.parse(t, Loader=yaml.SafeLoader)) for t in texts]), 3)
    ours = median(lambda: timed(lambda: [open_shelf(folder) for folder in folders]), 3)
    print(f"pack load              {ours / size:7.2f} s/MB  bare YAML {bare / size:.2f} s/MB  ratio {ours / bare:.2f}")


if __name__ == "__main__":
    report_first_paint()
    report_turn()
    report_scoring()
    report_loading()

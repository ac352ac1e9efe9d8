"""Figures of speed, as ratios within one run: `make bench`.

Start to first paint against an empty Textual app, Enter to painted feedback, turns re-scored per second and core, pack load per MB
against bare YAML parsing. Everything runs for real: both apps on a pseudo-terminal of 120x40, the bundled packs, a store on disk.
"""

from __future__ import annotations

import itertools
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

from roleplay.authoring.rehearsals import begun, walked
from roleplay.engine.detection.model import NOWHERE
from roleplay.engine.events import SubmitReply
from roleplay.engine.stage import Stage
from roleplay.library import Library, bundled_packs, detector, pack_folders
from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.training.corpus import read_corpus

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
            terminal.until("Start the talk", 20)
            time.sleep(0.5)
            terminal.send("\x1b[15~")
            terminal.until("own words", 10)
            time.sleep(1.0)
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
    shelves = Library([bundled_packs()], rehearsals=True).read()
    found = detector()
    turns = 0
    since = time.perf_counter()
    for shelf, rehearsal in itertools.cycle([(s, one) for s in shelves for one in s.loaded.rehearsals]):
        scenario = next(s for s in shelf.pack.scenarios if s.id == rehearsal.scenario) if shelf.pack else None
        if scenario is not None:
            turns += sum(1 for _ in walked(Stage(scenario, found), rehearsal, "zh")) - 1
        if time.perf_counter() - since > 10.0:
            break
    print(f"turns decided          {turns / (time.perf_counter() - since):7.0f} /s on one core")
    for (size, aim), language in itertools.product(((100, 2), (2000, 20)), LANGUAGES):
        replies = replies_of(language, size)
        first, again = (
            statistics.median(timed(lambda r=r, of=language: found.analyse(r, of, NOWHERE)) for r in replies)  # type: ignore[misc]
            for _ in range(2)
        )
        print(
            f"detection, {size:4} chars  {again * 1000:7.2f} ms   {language} (aim {aim} ms); "
            f"{first * 1000:.2f} ms when its words are new to the program"
        )


def report_turn_decided() -> None:
    """A reply of 100 characters in every bundled scenario, detected, rated and answered. Twice: the first time the phrases of the scenario are
    made ready."""
    stages = [Stage(scenario, detector()) for _, scenario in Library([bundled_packs()]).scenarios()]
    for language in LANGUAGES:
        replies = replies_of(language, 100)
        turns = [
            (stage, begun(stage, language), SubmitReply(reply, 1, "turn"))
            for number, stage in enumerate(stages)
            for reply in replies[number :: len(stages)][:3]
        ]
        took = [timed(lambda t=turn: t[0].decide(t[1], t[2])) for turn in turns]  # type: ignore[misc]
        again = statistics.median(timed(lambda t=turn: t[0].decide(t[1], t[2])) for turn in turns)  # type: ignore[misc]
        print(
            f"turn, 100 chars        {again * 1000:7.2f} ms   {language}, inside a scenario; "
            f"{statistics.median(took[::3]) * 1000:.0f} ms for the first of a talk"
        )


def replies_of(language: Language, size: int) -> list[str]:
    """Real replies of the test part, one after the other, cut to `size` characters: no sentence comes twice, for what is repeated costs less."""
    whole = " ".join(example.text for example in read_corpus(language, "test"))
    return [whole[at : at + size] for at in range(0, min(len(whole), 60 * size) - size, size)]


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def report_loading() -> None:
    folders = pack_folders([bundled_packs()])
    texts = [p.read_text("utf-8") for folder in folders for p in sorted(Path(folder).glob("*.yaml"))]
    size = sum(len(t.encode()) for t in texts) / 1e6
    bare = median(lambda: timed(lambda: [sum(1 for _ in yaml.parse(t, Loader=yaml.CSafeLoader)) for t in texts]), 3)
    for name, rehearsals in (("to play", False), ("to check", True)):
        ours = median(lambda all=rehearsals: timed(Library(folders, rehearsals=all).read), 3)  # type: ignore[misc]
        print(
            f"library {name:9}  {ours:7.2f} s   {ours / size:.2f} s/MB   bare libyaml {bare / size:.2f} s/MB   ratio {ours / bare:.1f}"
        )


if __name__ == "__main__":
    report_first_paint()
    report_turn()
    report_scoring()
    report_turn_decided()
    report_loading()

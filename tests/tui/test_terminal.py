"""The program on a real pseudo-terminal: what is typed arrives, and nothing typed ends it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

WORDS = "您好，真的很抱歉讓您久等了，請問發生什麼事？"
BIG5 = "抱歉".encode("big5")
PASTE, DONE = b"\x1b[200~", b"\x1b[201~"


class Terminal:
    """A program on a pseudo-terminal of 100x30, and the screen it draws."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self._screen)
        self._pid, self._file = pty.fork()
        if self._pid == 0:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup hands down that it is ignored
            os.execve(sys.executable, [sys.executable, *arguments], environment)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def text(self) -> str:
        """The screen without blanks: where a line breaks does not matter here."""
        return "".join("".join(self._screen.display).split())

    def read(self, seconds: float = 0.05) -> None:
        while select.select([self._file], [], [], seconds)[0]:
            try:
                data = os.read(self._file, 65536)
            except OSError:
                return
            if not data:
                return
            self._stream.feed(data)

    def until(self, text: str, seconds: float = 20) -> None:
        """Wait until `text` is on the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
            if text in self.text():
                return
        raise AssertionError(f"{text!r} is not on the screen:\n" + "\n".join(self._screen.display))

    def write(self, data: bytes) -> None:
        """Type `data`, reading meanwhile: a terminal that is not read blocks its program."""
        while data:
            _, ready, _ = select.select([], [self._file], [], 1)
            if ready:
                data = data[os.write(self._file, data[:1024]) :]
            self.read(0)

    def status(self, seconds: float = 10) -> int | None:
        """Exit status; None while it runs."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.02)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._pid = 0
                return os.waitstatus_to_exitcode(status)
        return None

    def close(self) -> None:
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._file)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ROLEPLAY_LANG": "zh",
        "XDG_STATE_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    environment.pop("NO_COLOR", None)
    store = str(tmp_path / "records.db")
    found = Terminal(["-m", "roleplay", "play", "--store", store, "honeymoon_room"], environment)
    try:
        found.until("開始對話")
        found.write(b"\x1b[15~")
        found.until("用自己的話回應")
        yield found
    finally:
        found.close()


def test_chinese_split_at_every_byte_arrives_and_is_sent(terminal: Terminal) -> None:
    for byte in WORDS.encode():
        terminal.write(bytes([byte]))
    terminal.until(WORDS)
    terminal.write(b"\r")
    terminal.until("做得好")
    terminal.until("0/2,000")


def test_a_paste_with_newlines_arrives_whole(terminal: Terminal) -> None:
    terminal.write(PASTE + "第一行您好\r第二行抱歉\n第三行".encode() + DONE)
    terminal.until("第一行您好")
    terminal.until("第三行")
    terminal.until("15/2,000")


def test_bytes_that_are_not_utf8_do_not_end_it(terminal: Terminal) -> None:
    terminal.write(BIG5 + b"\xff\xfe\xe6\x8a" + "還在".encode())
    terminal.until("還在")
    terminal.write(b"\x1b[49;1:1;20320u" + "也還在".encode())
    terminal.until("也還在")


def test_a_pasted_megabyte_is_cut_and_said(terminal: Terminal) -> None:
    started = time.monotonic()
    terminal.write(PASTE + ("長" * 350_000).encode() + DONE)
    terminal.until("2,000/2,000")
    terminal.until("貼上的內容太長，只留到2,000字，後面的沒有放進來。")
    assert time.monotonic() - started < 10


def test_leaving_gives_status_0_and_a_clean_screen(terminal: Terminal) -> None:
    terminal.write(b"\x11")
    assert terminal.status() == 0


def test_a_hang_up_keeps_the_session(terminal: Terminal, tmp_path: Path) -> None:
    terminal.write(WORDS.encode() + b"\r")
    terminal.until("做得好")
    os.kill(terminal._pid, signal.SIGHUP)
    assert terminal.status() is not None
    again = Terminal(
        ["-m", "roleplay", "transcripts", "--store", str(tmp_path / "records.db")], {**os.environ, "LANG": "C.UTF-8"}
    )
    try:
        again.until("蜜月房不是海景")
    finally:
        again.close()


_FAILING = """
import sys
from roleplay.tui.screens.practice import PracticeScreen

def fail(self):
    secret = "".join(["祕", "密"])
    raise RuntimeError("on purpose")

PracticeScreen.action_hint = fail
from roleplay.cli import run
sys.exit(run(sys.argv[1:]))
"""


def test_a_failure_says_where_the_log_is_and_shows_nobody_s_words(tmp_path: Path) -> None:
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "XDG_STATE_HOME": str(tmp_path)}
    store = str(tmp_path / "records.db")
    failing = Terminal(["-c", _FAILING, "play", "--lang", "zh", "--store", store, "honeymoon_room"], environment)
    try:
        failing.until("開始對話")
        failing.write(b"\x1b[15~")
        failing.until("用自己的話回應")
        failing.write(b"\x1bOS")
        failing.until("說過的每一句都已存檔")
        assert failing.status() == 1
        log = tmp_path / "roleplay" / "log" / "crash.log"
        assert "on purpose" in log.read_text(encoding="utf-8")
        assert "祕密" not in log.read_text(encoding="utf-8") + failing.text()
        assert "Traceback" not in failing.text()
        assert log.stat().st_mode & 0o777 == 0o600
    finally:
        failing.close()

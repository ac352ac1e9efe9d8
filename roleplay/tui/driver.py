"""Reading the keyboard so that no byte on it can end the app or freeze it.

Owns bytes -> messages on Linux and macOS. Textual's own reader decodes strictly (a Big5 byte ends the app), lets a malformed key report
raise, and hands a pasted megabyte to the widget. Here broken bytes become U+FFFD, a sequence that cannot be parsed is dropped, and a
paste is cut off while it is still a stream. Windows keeps Textual's reader: it gets characters from the system, not bytes.
"""

from __future__ import annotations

import codecs
import os
import selectors
import sys
from typing import TYPE_CHECKING

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message import Message

PASTE_LIMIT = 8_192
"""Characters of one paste that are let through; what a reply may have is less, so the reply box can still say that it cut."""
_READ = 4096


class PasteGate:
    """Lets `limit` characters of each bracketed paste through and drops the rest of it. Markers split anywhere are seen; outside a
    paste nothing is held back, so that a lone Escape stays a key."""

    def __init__(self, limit: int = PASTE_LIMIT) -> None:
        self._limit = limit
        self._left: int | None = None  # characters the running paste may still have; None outside a paste
        self._tail = ""  # the end of what was passed on outside a paste
        self._held = ""  # the end of what came inside a paste, where it may be the beginning of the end marker

    def pass_on(self, data: str) -> str:
        """What of `data` goes on to the parser."""
        passed: list[str] = []
        while data or self._held:
            part, data = self._outside(data) if self._left is None else self._inside(data)
            passed.append(part)
            if not data:
                break
        return "".join(passed)

    def _outside(self, data: str) -> tuple[str, str]:
        seen = self._tail + data
        at = seen.find(BRACKETED_PASTE_START)
        if at < 0:
            self._tail = seen[1 - len(BRACKETED_PASTE_START) :]
            return data, ""
        cut = at + len(BRACKETED_PASTE_START) - len(self._tail)
        self._left, self._tail = self._limit, ""
        return data[:cut], data[cut:]

    def _inside(self, data: str) -> tuple[str, str]:
        before, marker, after = (self._held + data).partition(BRACKETED_PASTE_END)
        kept = 0 if marker else _beginning(before, BRACKETED_PASTE_END)
        self._held = before[len(before) - kept :]
        let = before[: len(before) - kept][: self._left]
        self._left = None if marker else (self._left or 0) - len(let)
        return let + marker, after


def _beginning(text: str, marker: str) -> int:
    """How many characters at the end of `text` may be the beginning of `marker`."""
    return next((n for n in range(min(len(marker) - 1, len(text)), 0, -1) if text.endswith(marker[:n])), 0)


class Reader:
    """Bytes of the keyboard -> messages. Never raises for what the bytes are."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._gate = PasteGate()

    def read(self, data: bytes) -> list[Message]:
        """The messages `data` completes. Half a character waits for its other half."""
        text = self._gate.pass_on(self._decode(data))
        return [message for character in text for message in self._guarded(character)]

    def tick(self) -> list[Message]:
        """The messages that were waiting for more to come, once it has not."""
        return self._guarded("")

    def _guarded(self, character: str) -> list[Message]:
        """Feed one character, or let time pass. One at a time, so that what follows a malformed report still arrives."""
        try:
            return list(self._parser.feed(character) if character else self._parser.tick())
        except Exception:  # whatever a malformed report makes the parser raise: the report is lost, the session is not
            old, self._parser = self._parser, XTermParser(self._debug)
            for name in ("last_x", "last_y", "mouse_pixels", "terminal_size", "terminal_pixel_size"):
                setattr(self._parser, name, getattr(old, name))
            return []


def steady_driver() -> type[Driver] | None:
    """The driver for this system; None leaves Textual's own."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class SteadyDriver(LinuxDriver):
        """Textual's driver with our reader. `run_input_thread` is the one method replaced."""

        def run_input_thread(self) -> None:
            reader = Reader(self._debug)
            with selectors.DefaultSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(0.1):
                        data = self._take()
                        if not data:  # the terminal is gone; what was said is stored
                            self._app.call_later(self._app.exit, return_code=1)
                            return
                        for message in reader.read(data):
                            self.process_message(message)
                    for message in reader.tick():
                        self.process_message(message)

        def _take(self) -> bytes:
            try:
                return os.read(self.fileno, _READ)
            except OSError:
                return b""

    return SteadyDriver

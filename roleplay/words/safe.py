"""The one gate for text from outside: packs, replies, file names, stored records.

Owns which characters reach a terminal, a report or a log as they are. Control, bidirectional and zero-width characters become visible
symbols, so that nobody's text can move the cursor, hide words or turn them round. Emoji sequences stay whole.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f]"
    "|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]"
    "|[\ud800-\udfff\ufffe\uffff]"
    "|[\U000e0000-\U000e0fff]"
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def visible(text: str) -> str:
    """`text` with everything unsafe made visible. Newlines and tabs stay; the length may not."""
    return _UNSAFE.sub(_symbol, text.replace("\r\n", "\n"))


def storable(text: str) -> str:
    """`text` with what no record can hold (half a surrogate pair, NUL) replaced by U+FFFD; the length stays."""
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`visible` on a single line: newlines and tabs become spaces."""
    return " ".join(visible(text).split())


def _symbol(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"<U+{code:04X}>"

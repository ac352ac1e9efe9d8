"""Which characters a pack may not hold, and where lines begin.

Owns character classes. Refuses to know YAML. Control characters can steer a terminal, bidirectional controls can make
a text read otherwise than it is matched, invisible ones can hide in an id; joiners and tags inside an emoji are what
makes it one picture."""

from __future__ import annotations

import re

_PICTURE = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_FORBIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls; NEL among them, which YAML takes for a line break
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
    f"|(?<![{_PICTURE}\ufe0f])\u200d|\u200d(?![{_PICTURE}])"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"
)
FORBIDDEN = re.compile(_FORBIDDEN)
"""One character that is refused wherever it stands."""
FORBIDDEN_IN_TEXT = re.compile(f"{_FORBIDDEN}|\t")
"""One that is refused in a text: tabs too, which an escape can bring in."""

TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""What the YAML parser counts as the end of a line once the forbidden ones are gone."""

_HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u2026\u2014"
_FOLD = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile("[A-Za-z]{3,}")


def code_point(character: str) -> str:
    """U+200B and the like: the character itself must not be shown."""
    return f"U+{ord(character):04X}"


def start_of_lines(text: str) -> list[int]:
    """Index of the first character of every line."""
    return [0, *(match.end() for match in LINE_BREAK.finditer(text))]


def unfolded(text: str) -> str:
    """`text` without the spaces that joining lines put between Chinese characters."""
    return _FOLD.sub("", text)


def looks_chinese(text: str) -> bool:
    return _IDEOGRAPH.search(text) is not None


def looks_english(text: str) -> bool:
    return _LATIN_WORD.search(text) is not None

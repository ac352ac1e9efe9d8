"""Figures in a text, whatever they are written as: 1,500, 一千五, fifteen hundred; 15:30, 三點半, half past three; A2231.

Owns when two figures are the same. Refuses to know what they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.engine.detection.amounts import chinese_number, english_number

_SAME_WIDTH = str.maketrans("兩萬點：０１２３４５６７８９", "两万点:0123456789")
"""One character for one, so that places stay."""
_NUMERAL = "零〇一二两三四五六七八九十百千万"
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
)
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_FIGURE = re.compile(
    rf"(?P<date>\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?|\d{{1,2}}/\d{{1,2}}(?![\d:])|\d{{1,2}}月\d{{1,2}}[日号號]?)"
    rf"|(?P<clock>\d{{1,2}}:\d{{2}})"
    rf"|(?P<point>(?:\d{{1,2}}|[{_NUMERAL[:-3]}]{{1,3}})点(?:半|一刻|三刻|(?:\d{{1,2}}|[{_NUMERAL}]{{1,3}})分?)?)"
    rf"|(?P<past>\b(?:half|quarter) (?:past|to) (?:\d{{1,2}}|{_HOUR})\b)"
    rf"|(?P<oclock>\b(?:\d{{1,2}}|{_HOUR})\s?(?:o'?clock|a\.?m\b|p\.?m\b))"
    rf"|(?P<at>\b(?:at|by|before|after|until|till|around|about) (?:\d{{1,2}}|{_HOUR})\b(?![:,.]?\d))"
    rf"|(?P<code>(?<![a-z0-9])[a-z]{{1,5}}-?\d[\d-]*(?![a-z0-9]))"
    rf"|(?P<number>(?<![a-z0-9])\d[\d,]*(?:\.\d+)?万?)"
    rf"|(?P<numeral>(?!万)[{_NUMERAL}]{{2,9}})"
    rf"|(?P<words>\b(?:{_WORDS})(?:[- ](?:and )?(?:{_WORDS}))*\b)"
)
_HALF_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at an offset of the text. `values`: what it may be, canonically; two figures are the same if they share one. `checkable`: it is of
    two digits or more and no date, so that it should occur somewhere before it is written down."""

    text: str
    values: frozenset[str]
    start: int
    end: int
    checkable: bool

    @property
    def is_time(self) -> bool:
        return any(value.startswith("t") and ":" in value for value in self.values)


def figures(text: str) -> Iterator[Figure]:
    """Every figure of `text`, in order."""
    folded = text.translate(_SAME_WIDTH)
    lowered = folded.lower() if len(folded.lower()) == len(folded) else folded
    for match in _FIGURE.finditer(lowered):
        kind = match.lastgroup or ""
        values, checkable = _READ[kind](match.group())
        yield Figure(text[match.start() : match.end()], frozenset(values), match.start(), match.end(), checkable)


def values(text: str) -> frozenset[str]:
    """The values of every figure of `text`."""
    return frozenset().union(*(figure.values for figure in figures(text)))


def times(start: str, minutes: int) -> frozenset[str]:
    """The values of every time of day from `start` (HH:MM) until `minutes` later, at most a day."""
    first = _of_day(start)
    return frozenset().union(*(_time(first + passed) for passed in range(min(minutes, 2 * _HALF_DAY) + 1)))


def minutes_until(start: str, now: int, then: str) -> int:
    """Minutes from minute `now` of a talk that began at `start` (HH:MM) to the next `then` (HH:MM); 0 if it is that time."""
    return (_of_day(then) - _of_day(start) - now) % (2 * _HALF_DAY)


def minutes_to_a_time_named(text: str, start: str, now: int) -> list[int]:
    """For every time of day in `text`, the minutes to it, in order; a time without morning or evening is taken for the nearer."""
    return [
        min(minutes_until(start, now, value.removeprefix("t")) for value in figure.values if ":" in value)
        for figure in figures(text)
        if figure.is_time
    ]


def _of_day(time: str) -> int:
    hour, _, minute = time.partition(":")
    return 60 * int(hour) + int(minute)


Read = tuple[set[str], bool]


def _date(written: str) -> Read:
    return {"d" + "-".join(re.findall(r"\d+", written)[-2:])}, False


def _time(minutes: int) -> set[str]:
    """Half past three may be meant in the morning or in the afternoon."""
    day = 2 * _HALF_DAY
    return {f"t{m // 60}:{m % 60:02}" for m in (minutes % day, (minutes + _HALF_DAY) % day)}


def _clock(written: str) -> Read:
    hours, minutes = map(int, written.split(":"))
    return _time(60 * hours + minutes), True


_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45, "": 0}


def _point(written: str) -> Read:
    hours, _, rest = written.partition("点")
    rest = rest.rstrip("分")
    minutes = _QUARTERS[rest] if rest in _QUARTERS else _whole(rest)
    return _time(60 * _whole(hours) + minutes) | ({str(_whole(hours))} if not rest else set()), True


def _past(written: str) -> Read:
    share, which, hour = written.split(" ")
    minutes = 30 if share == "half" else 15
    return _time(60 * _whole(hour) + (minutes if which == "past" else -minutes)), True


def _oclock(written: str) -> Read:
    hour = re.match(r"\d+|[a-z]+?(?=\s|o'?clock|a\.?m|p\.?m)", written)
    return _time(60 * _whole(hour.group())) if hour else set(), True


def _at(written: str) -> Read:
    hour = _whole(written.split(" ")[1])
    return {*(_time(60 * hour) if hour < 24 else ()), str(hour)}, hour > 23


def _code(written: str) -> Read:
    digits = re.sub(r"\D", "", written)
    return {written.replace("-", ""), digits}, len(digits) > 1


def _number(written: str) -> Read:
    plain = written.replace(",", "").rstrip(".")
    if plain.endswith("万"):
        plain = str(round(float(plain[:-1]) * 10_000))
    return {str(int(plain)) if plain.isdigit() else plain, plain}, sum(map(str.isdigit, plain)) > 1


def _numeral(written: str) -> Read:
    spelt = "".join(str("零一二三四五六七八九".find(c.replace("两", "二").replace("〇", "零"))) for c in written)
    found = {str(chinese_number(written))}
    return found | ({spelt} if "-1" not in spelt else set()), False


def _words(written: str) -> Read:
    return {str(english_number(written))}, False


def _whole(written: str) -> int:
    """An hour or minutes as written."""
    if written.isdigit():
        return int(written)
    return english_number(written) if written.isascii() else chinese_number(written)


_READ = {
    "date": _date,
    "clock": _clock,
    "point": _point,
    "past": _past,
    "oclock": _oclock,
    "at": _at,
    "code": _code,
    "number": _number,
    "numeral": _numeral,
    "words": _words,
}

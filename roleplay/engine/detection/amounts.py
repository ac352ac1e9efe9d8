"""Amounts of money and shares in folded text, in figures, Chinese numerals and English number words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ENGLISH = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_WORD = "|".join(_ENGLISH)
_MONEY = re.compile(
    r"(?:nt\$?|ntd|twd|\$|台币|新台币)\s?(\d{1,3}(?:,\d{3})+|\d{1,7})"
    r"|(\d{1,3}(?:,\d{3})+|\d{1,7})\s?(?:元|块|ntd|nt|twd|dollars?|台币|新台币|点)"
    r"|([零一二两三四五六七八九十百千]{1,9}万?)\s?(?:元|块)"
    r"|\b(\d{1,3}(?:,\d{3})+|\d{2,7})(?=[- ](?:dollar|voucher|credit|refund|off|coupon))"
    rf"|\b((?:(?:an?|{_WORD}|hundred|thousand|and)[ -])*(?:{_WORD}|hundred|thousand))(?=[- ](?:nt |taiwan )?(?:dollar|bucks|(?:of |in )?(?:store )?credit|voucher|refund|off\b|coupon))"
)
_SHARE = re.compile(
    r"(\d{1,3})\s?%|打?([一二三四五六七八九])([一二三四五六七八九五])?折|(半价|half (?:price|off)|全额|全退|整笔|full refund|(?:whole|full|entire) (?:amount|price|bill|sum)|everything back|免费|for free|free of charge)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """`units`: whole money units, None for a share. `percent`: given away, None for money."""

    units: int | None
    percent: int | None
    start: int
    end: int


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral below 100,000,000. 一千五 is 1,500: a bare last digit counts the next lower unit."""
    head, many, tail = text.partition("万")
    if many:
        rest = chinese_number(tail) if tail else 0
        return (chinese_number(head) if head else 1) * 10_000 + (rest * 1000 if len(tail) == 1 else rest)
    total, digit, unit = 0, 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            if character in "零〇":
                unit = 10
        else:
            unit = _UNITS[character]
            total += (digit or 1) * unit
            digit = 0
    return total + digit * (unit // 10 if unit > 10 and digit else 1)


def english_number(text: str) -> int:
    """The value of an English number in words below a million: three thousand, two hundred and fifty."""
    total = part = 0
    for word in re.findall(r"[a-z]+", text):
        if word == "thousand":
            total, part = total + (part or 1) * 1000, 0
        elif word == "hundred":
            part = (part or 1) * 100
        else:
            part += _ENGLISH.get(word, 0)
    return total + part


def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in `text`, in order."""
    found = [Amount(_units(m), None, *m.span()) for m in _MONEY.finditer(text)]
    found.extend(Amount(None, _percent(m), *m.span()) for m in _SHARE.finditer(text))
    return tuple(sorted(found, key=lambda a: (a.start, a.end)))


def _units(match: re.Match[str]) -> int:
    figures = match.group(1) or match.group(2) or match.group(4)
    if figures:
        return int(figures.replace(",", ""))
    return chinese_number(match.group(3)) if match.group(3) else english_number(match.group(5))


def _percent(match: re.Match[str]) -> int:
    if match.group(1):
        return min(100, int(match.group(1)))
    if match.group(2):
        kept = _DIGITS[match.group(2)] * 10 + (_DIGITS[match.group(3)] if match.group(3) else 0)
        return 100 - kept
    return 50 if "半" in match.group(4) or "half" in match.group(4) else 100

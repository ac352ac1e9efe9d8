"""Amounts and times as people in Taiwan write them, in Traditional Chinese and English.

Owns their form. Refuses to know what they are amounts and times of.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from roleplay.scenarios.model import Language


def amount_text(amount: int, unit: str, language: Language) -> str:
    """An amount as people in Taiwan write it. `unit`: TWD, or what a pack calls its own."""
    if unit == "TWD":
        return f"{amount:,} 元" if language == "zh" else f"NT${amount:,}"
    return f"{amount:,} {unit}"


def clock_text(start: str, minutes: int, language: Language) -> str:
    """The time of day in the scenario, `minutes` after `start` (HH:MM), from the second day on with the day."""
    hours, _, rest = start.partition(":")
    days, left = divmod(int(hours) * 60 + int(rest) + minutes, 1440)
    time = f"{left // 60:02d}:{left % 60:02d}"
    return _LATER_DAY[language].format(days + 1, time) if days else time


_LATER_DAY: Mapping[Language, str] = MappingProxyType({"zh": "第 {} 天 {}", "en": "day {}, {}"})

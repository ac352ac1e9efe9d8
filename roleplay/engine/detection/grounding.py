"""What the scenario adds: facts named and asked for, names, repetition.

Owns where a word of the scenario stands in a reply. rapidfuzz is used here for what it does best, slips of the keyboard inside longer words and
near-repeats; it never awards credit by itself.
"""

from __future__ import annotations

import functools
import re

from rapidfuzz import fuzz

from roleplay.engine.detection.model import FactCue, Mention
from roleplay.engine.detection.normalise import is_han
from roleplay.engine.detection.reading_reply import Reading

_FUZZY_LATIN, _FUZZY_HAN = 6, 4
_FUZZY_CUTOFF = 92
_REPEAT_CUTOFF = 90
_REPEAT_AT_LEAST = 8
CONFIRMING = re.compile(
    r"对吗|对不对|没错吧|正确吗|是吗|是吧|对吧|(?<!all )right\?|correct\?|is that (?:right|correct)|isn't it|wasn't it|,? yes\?"
)


@functools.lru_cache(maxsize=8192)
def _shape(word: str) -> tuple[bool, bool]:
    """Whether `word` is Latin, and whether a slip or two in it may be passed over: not in short words, nor in numbers."""
    latin = not any(is_han(c) for c in word)
    long = len(word) >= (_FUZZY_LATIN if latin else _FUZZY_HAN)
    return latin, long and not any(c.isdigit() for c in word)


def likeness_inside(part: str, whole: str) -> int:
    """How much of `part` stands in `whole` more or less as it is, 0 to 100. Of a very short part nothing can be said: 0."""
    if min(len(part), len(whole)) < _REPEAT_AT_LEAST // 2:
        return 100 if part and part in whole else 0
    return round(fuzz.partial_ratio(part, whole))


def find(text: str, word: str) -> tuple[int, int] | None:
    """Where `word` stands in `text`, both folded: exactly, at word boundaries if it is Latin, there in the plural too; longer ones with a
    slip or two."""
    if not word:
        return None
    latin, fuzzy = _shape(word)
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not latin or (_edge(text, at) and _edge(text, end)):
            return at, end
        if _plural(word, text, at, end):
            return at, end + 1
        at = text.find(word, at + 1)
    if not fuzzy or len(text) < len(word):
        return None
    near = fuzz.partial_ratio_alignment(word, text, score_cutoff=_FUZZY_CUTOFF)
    if near is None or (latin and not _slips_only(word, text, near.dest_start, near.dest_end)):
        return None
    return near.dest_start, near.dest_end


_SLIP_FROM = 5
"""Letters of a Latin word in which a slip may be passed over: "your" for "our" and "the" for "she" are other words."""


def _slips_only(word: str, text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is `word` with slips inside its longer words and nothing else."""
    if not (_edge(text, start) and _edge(text, end)):
        return False
    meant, typed = word.split(), text[start:end].split()
    return len(meant) == len(typed) and all(
        m == t or min(len(m), len(t)) >= _SLIP_FROM for m, t in zip(meant, typed, strict=True)
    )


def _plural(word: str, text: str, at: int, end: int) -> bool:
    """Whether what stands there is the English plural of `word`."""
    longer = len(word) >= _PLURAL_FROM and word[-1].isalpha() and word[-1] != "s"
    return longer and text[end : end + 1] == "s" and _edge(text, at) and _edge(text, end + 1)


_PLURAL_FROM = 4


def _edge(text: str, at: int) -> bool:
    """Whether a Latin word may begin or end at `at`."""
    return at in (0, len(text)) or not (
        text[at - 1].isascii() and text[at - 1].isalnum() and text[at].isascii() and text[at].isalnum()
    )


def mentions(reading: Reading) -> list[Mention]:
    """Facts stated and asked for, each at most once in either way, offsets of the folded text."""
    found = []
    for fact in reading.situation.facts:
        stated, asked = _stated(fact, reading), _asked(fact, reading)
        if stated:
            found.append(Mention(fact.id, *stated, asked=False))
        if asked and not (stated and reading.place(asked[0])[0] == reading.place(stated[0])[0]):
            found.append(Mention(fact.id, *asked, asked=True))
    return found


def _stated(fact: FactCue, reading: Reading) -> tuple[int, int] | None:
    for word in fact.words:
        for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
            part = _one_you(reading.text[sentence.start : sentence.end])
            place = find(part, _one_you(word))
            if place and (not asking or CONFIRMING.search(part) or not _only_asked(fact, part, place)):
                return sentence.start + place[0], sentence.start + place[1]
    return None


def _only_asked(fact: FactCue, part: str, place: tuple[int, int]) -> bool:
    """Whether the words found in a question are themselves what asks for the fact."""
    return any(find(part, _one_you(w)) for w in fact.ask_words)


def _one_you(text: str) -> str:
    """Whether somebody says 您, 你 or 妳 changes no fact. One character for one, so that places stay."""
    return text.replace("您", "你").replace("妳", "你")


def _asked(fact: FactCue, reading: Reading) -> tuple[int, int] | None:
    for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
        if asking:
            part = _one_you(reading.text[sentence.start : sentence.end])
            for word in fact.ask_words:
                place = find(part, _one_you(word))
                if place:
                    return sentence.start + place[0], sentence.start + place[1]
    return None


def by_name(reading: Reading) -> tuple[int, int] | None:
    """Where the customer is called by name."""
    for name in reading.situation.names:
        at = reading.text.find(name)
        end = at + len(name)
        if name and at >= 0 and (is_han(name[0]) or (_edge(reading.text, at) and _edge(reading.text, end))):
            return at, end
    return None


def repeats(typed: str, earlier: tuple[str, ...]) -> int | None:
    """The index of the earlier reply that `typed` nearly repeats, the last such."""
    if len(typed) < _REPEAT_AT_LEAST:
        return None
    for index in range(len(earlier) - 1, -1, -1):
        if len(earlier[index]) >= _REPEAT_AT_LEAST and fuzz.ratio(typed, earlier[index], score_cutoff=_REPEAT_CUTOFF):
            return index
    return None

"""What the scenario adds: facts named and asked for, names, repetition.

Owns where a word of the scenario stands in a reply. rapidfuzz is used here for what it does best, slips of the keyboard inside longer words and
near-repeats; it never awards credit by itself.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from rapidfuzz import fuzz

from roleplay.engine.detection.model import FactCue, Mention
from roleplay.engine.detection.normalise import is_han
from roleplay.engine.detection.reading_reply import Reading

_FUZZY_FROM = 7
"""Characters of a word in which a slip may be passed over: the likeness of a shorter one with a slip in it is always below the cutoff."""
_FUZZY_CUTOFF = 92
_NUMERALS = "零〇一二两三四五六七八九"
"""A number spelled out has no slips either; a single 一 is often none."""
_REPEAT_CUTOFF = 90
_REPEAT_AT_LEAST = 8
CONFIRMING = re.compile(
    r"对吗|对不对|没错吧|正确吗|是吗|是吧|对吧|(?<!all )right\?|correct\?|is that (?:right|correct)|isn't it|wasn't it|,? yes\?"
)


class _Word(NamedTuple):
    """A word of a scenario ready to be looked for. `pairs`: neighbouring letters in it, empty where no slip in it is passed over: in short
    words and in numbers. `missing`: how many of them may be missing where it stands with slips."""

    text: str
    latin: bool
    pairs: frozenset[str] = frozenset()
    missing: int = 0


@functools.lru_cache(maxsize=16384)
def _ready(word: str) -> _Word:
    latin = not any(is_han(c) for c in word)
    if len(word) < _FUZZY_FROM or any(c.isdigit() for c in word) or sum(c in _NUMERALS for c in word) > 1:
        return _Word(word, latin)
    # One letter too many or too few costs one of the slips that the cutoff allows, and breaks two pairs at most.
    slips = 2 * len(word) * (100 - _FUZZY_CUTOFF) // 100
    return _Word(word, latin, _pairs(word), 2 * slips)


@functools.lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(str.__add__, text, text[1:]))


@functools.lru_cache(maxsize=4096)
def _all_ready(words: tuple[str, ...]) -> tuple[_Word, ...]:
    return tuple(_ready(_one_you(word)) for word in words if word)


def likeness_inside(part: str, whole: str) -> int:
    """How much of `part` stands in `whole` more or less as it is, 0 to 100. Of a very short part nothing can be said: 0."""
    if min(len(part), len(whole)) < _REPEAT_AT_LEAST // 2:
        return 100 if part and part in whole else 0
    return round(fuzz.partial_ratio(part, whole))


def find(text: str, word: str) -> tuple[int, int] | None:
    """Where `word` stands in `text`, both folded: exactly, at word boundaries if it is Latin, there in the plural too; longer ones with a
    slip or two."""
    return _find(text, _pairs(text), _ready(word)) if word else None


def _find(text: str, pairs: frozenset[str], word: _Word) -> tuple[int, int] | None:
    """`find`, with the pairs of `text` at hand."""
    place = _exactly(text, word) if word.text in text else None
    if place is None and word.pairs and len(word.pairs - pairs) <= word.missing:
        return _nearly(text, word)
    return place


def _exactly(text: str, word: _Word) -> tuple[int, int] | None:
    at = text.find(word.text)
    while at >= 0:
        end = at + len(word.text)
        if not word.latin or (_edge(text, at) and _edge(text, end)):
            return at, end
        if _plural(word.text, text, at, end):
            return at, end + 1
        at = text.find(word.text, at + 1)
    return None


def _nearly(text: str, word: _Word) -> tuple[int, int] | None:
    if len(text) < len(word.text):
        return None
    near = fuzz.partial_ratio_alignment(word.text, text, score_cutoff=_FUZZY_CUTOFF)
    if near is None or (word.latin and not _slips_only(word.text, text, near.dest_start, near.dest_end)):
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


class _Sentence(NamedTuple):
    """A sentence of a reply as facts are looked for in it. `start`: its offset in the folded text."""

    start: int
    text: str
    pairs: frozenset[str]
    asking: bool
    confirming: bool


def mentions(reading: Reading) -> list[Mention]:
    """Facts stated and asked for, each at most once in either way, offsets of the folded text."""
    texts = [_one_you(reading.text[s.start : s.end]) for s in reading.sentences]
    sentences = [
        _Sentence(s.start, text, _pairs(text), asking, CONFIRMING.search(text) is not None)
        for s, text, asking in zip(reading.sentences, texts, reading.asking, strict=True)
    ]
    found = []
    for fact in reading.situation.facts:
        stated, asked = _stated(fact, sentences), _asked(fact, sentences)
        if stated:
            found.append(Mention(fact.id, *stated, asked=False))
        if asked and not (stated and reading.place(asked[0])[0] == reading.place(stated[0])[0]):
            found.append(Mention(fact.id, *asked, asked=True))
    return found


def places(found: list[Mention]) -> int:
    """At how many places of a reply facts stand: several facts may share their words."""
    count, end = 0, -1
    for mention in sorted(found, key=lambda m: (m.start, m.end)):
        count += mention.start >= end
        end = max(end, mention.end)
    return count


def _stated(fact: FactCue, sentences: list[_Sentence]) -> tuple[int, int] | None:
    for word in _all_ready(fact.words):
        for sentence in sentences:
            if word.text not in sentence.text and (not word.pairs or len(word.pairs - sentence.pairs) > word.missing):
                continue  # what `_find` would say too, without the call: a scenario has thousands of words
            place = _find(sentence.text, sentence.pairs, word)
            if place and (not sentence.asking or sentence.confirming or not _only_asked(fact, sentence)):
                return sentence.start + place[0], sentence.start + place[1]
    return None


def _only_asked(fact: FactCue, sentence: _Sentence) -> bool:
    """Whether a question that names a fact asks for it."""
    return any(_find(sentence.text, sentence.pairs, word) for word in _all_ready(fact.ask_words))


def _asked(fact: FactCue, sentences: list[_Sentence]) -> tuple[int, int] | None:
    for sentence in sentences:
        if sentence.asking:
            for word in _all_ready(fact.ask_words):
                place = _find(sentence.text, sentence.pairs, word)
                if place:
                    return sentence.start + place[0], sentence.start + place[1]
    return None


def _one_you(text: str) -> str:
    """Whether somebody says 您, 你 or 妳 changes no fact. One character for one, so that places stay."""
    return text.replace("您", "你").replace("妳", "你")


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

"""What the scenario adds: facts named and asked for, names, repetition.

Owns which of the scenario's facts a reply states and which it asks for. rapidfuzz is used here for near-repeats; it never awards credit by
itself. Refuses to know where a phrase stands in a text (phrases.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import fuzz

from roleplay.engine.detection.model import FactCue, Mention
from roleplay.engine.detection.normalise import is_han
from roleplay.engine.detection.phrases import PhraseTable, edge, place
from roleplay.engine.detection.reading_reply import Reading

_REPEAT_CUTOFF = 90
_REPEAT_AT_LEAST = 8
CONFIRMING = re.compile(
    r"对吗|对不对|没错吧|正确吗|是吗|是吧|对吧|(?<!all )right\?|correct\?|is that (?:right|correct)|isn't it|wasn't it|,? yes\?"
)


def likeness_inside(part: str, whole: str) -> int:
    """How much of `part` stands in `whole` more or less as it is, 0 to 100. Of a very short part nothing can be said: 0."""
    if min(len(part), len(whole)) < _REPEAT_AT_LEAST // 2:
        return 100 if part and part in whole else 0
    return round(fuzz.partial_ratio(part, whole))


class _Sentence(NamedTuple):
    """A sentence of a reply as facts are looked for in it. `start`: its offset in the folded text. `asked`: by fact, where it stands that the
    fact is asked for; empty where nothing is asked."""

    start: int
    text: str
    asking: bool
    confirming: bool
    asked: Mapping[int, tuple[int, int]]


class _Tables(NamedTuple):
    """How the facts of a scenario are said and asked for, a row each."""

    said: PhraseTable
    asked: PhraseTable


@functools.lru_cache(maxsize=32)
def _tables(facts: tuple[FactCue, ...]) -> _Tables:
    return _Tables(
        PhraseTable([[_one_you(word) for word in fact.words] for fact in facts]),
        PhraseTable([[_one_you(word) for word in fact.ask_words] for fact in facts]),
    )


def mentions(reading: Reading) -> list[Mention]:
    """Facts stated and asked for, each at most once in either way, offsets of the folded text."""
    facts = reading.situation.facts
    if not facts:
        return []
    tables = _tables(facts)
    sentences = [_sentence(reading, n, tables) for n in range(len(reading.sentences))]
    stated = _stated(sentences, tables)
    found = []
    for row, fact in enumerate(facts):
        said = stated.get(row)
        asked = next((_moved(s.asked[row], s.start) for s in sentences if row in s.asked), None)
        if said:
            found.append(Mention(fact.id, *said, asked=False))
        if asked and not (said and reading.place(asked[0])[0] == reading.place(said[0])[0]):
            found.append(Mention(fact.id, *asked, asked=True))
    return found


def _sentence(reading: Reading, number: int, tables: _Tables) -> _Sentence:
    start, end = reading.sentences[number].start, reading.sentences[number].end
    text, asking = _one_you(reading.text[start:end]), reading.asking[number]
    asked: dict[int, tuple[int, int]] = {}
    for one in sorted(tables.asked.possible(text)) if asking else ():
        if one.row not in asked and (at := place(text, one.phrase)):
            asked[one.row] = at
    return _Sentence(start, text, asking, CONFIRMING.search(text) is not None, asked)


def _stated(sentences: list[_Sentence], tables: _Tables) -> dict[int, tuple[int, int]]:
    """Where each fact is stated, by its row: its first word that is, in the first sentence that has it. A question that names a fact and asks
    for it states nothing, unless it asks to confirm."""
    possible = sorted((one, n) for n, s in enumerate(sentences) for one in tables.said.possible(s.text))
    found: dict[int, tuple[int, int]] = {}
    for one, n in possible:
        sentence = sentences[n]
        if one.row in found or (one.row in sentence.asked and not sentence.confirming):
            continue
        if at := place(sentence.text, one.phrase):
            found[one.row] = _moved(at, sentence.start)
    return found


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def places(found: list[Mention]) -> int:
    """At how many places of a reply facts stand: several facts may share their words."""
    count, end = 0, -1
    for mention in sorted(found, key=lambda m: (m.start, m.end)):
        count += mention.start >= end
        end = max(end, mention.end)
    return count


def _one_you(text: str) -> str:
    """Whether somebody says 您, 你 or 妳 changes no fact. One character for one, so that places stay."""
    return text.replace("您", "你").replace("妳", "你")


def by_name(reading: Reading) -> tuple[int, int] | None:
    """Where the customer is called by name."""
    for name in reading.situation.names:
        at = reading.text.find(name)
        end = at + len(name)
        if name and at >= 0 and (is_han(name[0]) or (edge(reading.text, at) and edge(reading.text, end))):
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

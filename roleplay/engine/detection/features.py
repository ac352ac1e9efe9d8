"""What the trained weights see of a reply: binary features of every sentence.

Owns which features there are. Refuses to know weights. A feature is a short string, so that people can read the weights file:

w:  words in a row (Han characters one by one)      k:  a class of words (lexicon), k:A>B one before the other
c:  letters in a row inside a word                   f:  a frame: quotation, sarcasm, refusal …
r:  what the rules propose in the sentence           t:  what they propose elsewhere in the turn
p:  place and shape of the sentence                  q:  what it shares with the customer's line
o:  classes of words in the customer's line              l:  its words
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import add, and_
from typing import Generic, TypeVar, cast

from roleplay.engine.detection.candidates import Candidate
from roleplay.engine.detection.frames import FRAMES
from roleplay.engine.detection.lexicon import Lexicon, Tokens, tokens
from roleplay.engine.detection.reading_reply import Reading

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z]+|[0-9]+")
_IN_A_ROW, _LETTERS = 3, (4, 5)
_MINE, _YOURS = re.compile(r"我|\b(?:i|my|me|we|our)\b"), re.compile(r"[您你]|\byou|\byour")
_PAIR_AT_MOST = 12
_FRAMES = ("quoted", "meta", "sarcasm", "conditional_on_favour", "rhetorical", "refusal")

WHOLE = -1
"""Where a feature stands that is one of the sentence as a whole."""
Key = TypeVar("Key")
Features = dict[Key, int]
"""Feature -> the offset in the folded text it was first seen at, or WHOLE."""


class Vocabulary(Generic[Key]):
    """What features go by. `known`: the key of a feature, None where nobody asks for it (`str` keeps them all). `classes`, `pairs`: the same for
    the classes of words, and for one before another; they are few, are in every sentence, and so are asked for once."""

    def __init__(self, lexicon: Lexicon, known: Callable[[str], Key | None]) -> None:
        self.lexicon, self.known = lexicon, known
        self.classes: Mapping[str, Key | None] = _Asked("k:", known)
        self.pairs: Mapping[str, Mapping[str, Key | None]] = _PairsOf(known)


class _Asked(dict[str, Key | None]):
    """A name -> the key of the feature it makes with what stands `before` it."""

    def __init__(self, before: str, known: Callable[[str], Key | None]) -> None:
        self._before, self._known = before, known

    def __missing__(self, name: str) -> Key | None:
        key = self[name] = self._known(self._before + name)
        return key


class _PairsOf(dict[str, "_Asked[Key]"]):
    """A class -> another that comes after it -> the key of the pair."""

    def __init__(self, known: Callable[[str], Key | None]) -> None:
        self._known = known

    def __missing__(self, first: str) -> _Asked[Key]:
        pairs = self[first] = _Asked(f"k:{first}>", self._known)
        pairs[first] = None  # a class after itself says nothing
        return pairs


@dataclass(frozen=True, slots=True)
class Seen(Generic[Key]):
    """`sentences`: the features of each sentence but for t:. `elsewhere`: those, with the only sentence that has them not, -1 if all have.
    `line`: those of the customer's line, the same for every sentence."""

    sentences: tuple[Features[Key], ...]
    elsewhere: tuple[tuple[Key, int], ...]
    line: tuple[str, ...]

    def of_sentence(self, number: int) -> set[Key]:
        """All features of a sentence, without those of the customer's line."""
        return {*self.sentences[number], *(key for key, but in self.elsewhere if but != number)}

    @property
    def reply(self) -> set[Key]:
        """The features of the reply as a whole, without those of the customer's line. In a single sentence nothing is proposed elsewhere."""
        elsewhere = (key for key, but in self.elsewhere if but < 0 or len(self.sentences) > 1)
        return set(elsewhere).union(*self.sentences)


def features(reading: Reading, candidates: list[Candidate], vocabulary: Vocabulary[Key]) -> Seen[Key]:
    """What the weights see of `reading`. `candidates`: what the rules proposed for the turn."""
    line = tokens(reading.line, 0, len(reading.line))
    of_line = {f"o:{name}" for name, _, _ in vocabulary.lexicon.find(line.words)} | {f"l:{word}" for word in line.words}
    starts = [sentence.start for sentence in reading.sentences]
    mine: dict[int, list[Candidate]] = {}
    owners: dict[str, set[int]] = {}
    for candidate in candidates:
        owner = max(0, bisect_right(starts, candidate.start) - 1)
        mine.setdefault(owner, []).append(candidate)
        owners.setdefault(f"t:{candidate.technique}:{candidate.outcome}", set()).add(owner)
    elsewhere = (
        (key, min(of_one) if len(of_one) == 1 else -1)
        for feature, of_one in owners.items()
        if (key := vocabulary.known(feature)) is not None
    )
    rows = (_of_sentence(reading, n, mine.get(n, []), vocabulary) for n in range(len(reading.sentences)))
    return Seen(tuple(rows), tuple(elsewhere), tuple(sorted(of_line)))


def _of_sentence(
    reading: Reading, number: int, candidates: list[Candidate], vocabulary: Vocabulary[Key]
) -> Features[Key]:
    sentence, text = reading.sentences[number], reading.text
    start, end = sentence.start, sentence.end
    words = tokens(text, start, end)
    found: Features[Key] = {}
    known = vocabulary.known
    _add_grams(found, words, start, end, known)
    _add_classes(found, words, start, end, vocabulary)
    for candidate in candidates:
        for feature in _proposed(candidate):
            if (key := known(feature)) is not None:
                found.setdefault(key, _place(candidate.start, candidate.end, start, end))
    frames = (
        f"f:{name}" for name in _FRAMES if FRAMES[name](text, sentence, sentence.clauses[0], start, end) is not None
    )
    for feature in chain(frames, _shape(reading, number, len(words.words))):
        if (key := known(feature)) is not None:
            found.setdefault(key, WHOLE)
    return found


def _place(at: int, to: int, start: int, end: int) -> int:
    return WHOLE if at == start and to == end else at


def _add_grams(found: Features[Key], row: Tokens, start: int, end: int, known: Callable[[str], Key | None]) -> None:
    """Words in a row and letters in a row, each where it is first seen. The hottest part of detection: whole lists at once."""
    words, starts, ends = ["<", *row.words, ">"], [start, *row.starts, end], [start, *row.ends, end]
    latin = [word[0].isascii() for word in words]
    glued = [f" {word}" if both else word for word, both in zip(words[1:], map(and_, latin, latin[1:]), strict=True)]
    grams = [f"w:{word}" for word in words]
    seen: dict[Key | None, int] = {}
    for size in range(_IN_A_ROW):
        keys = list(map(known, grams))
        backwards = zip(reversed(keys), reversed(starts[: len(keys)]), strict=True)
        seen.update(backwards)  # of equals the first is put in last
        for first, key in enumerate(keys[:2]):
            seen[key] = _place(starts[first], ends[first + size], start, end)
        if size == 0:
            seen.pop(known("w:<"), None)
            seen.pop(known("w:>"), None)
        grams = list(map(add, grams, glued[size:]))
    seen.pop(None, None)
    found.update(cast("Features[Key]", seen))
    for word, at, to in zip(*row, strict=True):
        if len(word) > 3 and word.isascii():
            edged = f"<{word}>"
            for size in _LETTERS:
                for k in range(len(edged) - size + 1):
                    if (key := known(f"c:{edged[k : k + size]}")) is not None:
                        found.setdefault(key, _place(at, to, start, end))


def _add_classes(found: Features[Key], row: Tokens, start: int, end: int, vocabulary: Vocabulary[Key]) -> None:
    """Classes of words, and one class before another, each where it is first seen. Hot, like the grams."""
    starts, ends, classes = row.starts, row.ends, vocabulary.classes
    seen = vocabulary.lexicon.find(row.words)
    for name, first, last in seen:
        if (key := classes[name]) is not None:
            found.setdefault(key, _place(starts[first], ends[last], start, end))
    names, places = [name for name, _, _ in seen], [first for _, first, _ in seen]
    pairs: dict[Key | None, int] = {}
    for number, (name, first, last) in enumerate(seen, 1):
        after = bisect_right(places, last, number)
        near = range(after, bisect_right(places, last + _PAIR_AT_MOST, after))
        at, others = starts[first], map(vocabulary.pairs[name].__getitem__, names[near.start : near.stop])
        if at > start:
            for key in others:
                pairs.setdefault(key, at)
        else:
            for key, other in zip(others, near, strict=True):
                pairs.setdefault(key, _place(at, ends[seen[other][2]], start, end))
    pairs.pop(None, None)
    found.update(cast("Features[Key]", pairs))


def _proposed(candidate: Candidate) -> Iterator[str]:
    yield f"r:{candidate.technique}:{candidate.outcome}"
    yield f"r:{candidate.rule}:{candidate.outcome}"
    if candidate.reason:
        yield f"r:{candidate.technique}:{candidate.reason}"


def _shape(reading: Reading, number: int, length: int) -> Iterator[str]:
    sentence, count = reading.sentences[number], len(reading.sentences)
    asks = "ask" if reading.asking[number] else "tell"
    yield f"p:{asks}"
    yield "p:only" if count == 1 else "p:first" if number == 0 else "p:last" if number == count - 1 else "p:middle"
    yield f"p:length{min(length.bit_length(), 7)}"
    yield f"p:clauses{min(len(sentence.clauses), 4)}"
    yield from _answers(reading, reading.text[sentence.start : sentence.end], number, asks)


def _answers(reading: Reading, text: str, number: int, asks: str) -> Iterator[str]:
    """What the sentence has to do with the customer's line: shared words and numbers, `I` that has become `you`, a question answered."""
    line = reading.line
    if not line:
        yield "q:none"
        return
    shared = shared_with(line, text)
    yield f"q:{shared}"
    yield f"q:{shared}:{asks}"
    turned = bool(_MINE.search(line) and _YOURS.search(text))
    if turned:
        yield f"q:turned:{min(shared, 2)}:{asks}"
    if {w for w in _WORD.findall(line) if w.isdigit()} & {w for w in _WORD.findall(text) if w.isdigit()}:
        yield f"q:number:{asks}"
    if reading.line_asks:
        yield f"q:asked:{'first' if number == 0 else 'later'}:{asks}"


def shared_with(line: str, text: str) -> int:
    """How much of `text` stands in the customer's `line`: 0 nothing, 4 half or more, by pairs of Han characters and long words."""
    mine, theirs = set(content(text)), set(content(line))
    if not mine:
        return 0
    return min(4, (len(mine & theirs) * 8 + len(mine) - 1) // len(mine))


def content(text: str) -> Iterator[str]:
    """What a folded text is about: pairs of Han characters, numbers, words of more than three letters."""
    for run in _HAN_RUN.findall(text):
        yield from (run[i : i + 2] for i in range(len(run) - 1))
    yield from (w for w in _WORD.findall(text) if len(w) > 3 or w.isdigit())

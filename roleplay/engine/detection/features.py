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
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add, and_
from typing import Generic, TypeVar, cast

from roleplay.engine.detection.candidates import Candidate
from roleplay.engine.detection.frames import FRAMES
from roleplay.engine.detection.lexicon import Lexicon, tokens
from roleplay.engine.detection.reading_reply import Reading
from roleplay.engine.detection.segment import Clause

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z]+|[0-9]+")
_IN_A_ROW, _LETTERS = 3, (4, 5)
_EDGES = "<", ">"
_MINE, _YOURS = re.compile(r"我|\b(?:i|my|me|we|our)\b"), re.compile(r"[您你]|\byou|\byour")
_PAIR_AT_MOST = 6
_FRAMES = ("quoted", "meta", "sarcasm", "conditional_on_favour", "rhetorical", "refusal")

Key = TypeVar("Key")


class Vocabulary(Generic[Key]):
    """What features go by. `known`: the key of a feature, None where nobody asks for it (`str` keeps them all). `classes`, `pairs`: the same for
    the classes of words, and for one before another; they are few, are in every sentence, and so are asked for once."""

    def __init__(self, lexicon: Lexicon, known: Callable[[str], Key | None]) -> None:
        self.lexicon, self.known = lexicon, known
        self.classes: Mapping[str, Key | None] = _Asked("k:", known)
        self.pairs: Mapping[str, Mapping[str, Key | None]] = _PairsOf(known)

    def keys(self, features: Iterable[str]) -> set[Key]:
        """The keys of those of `features` that somebody asks for."""
        return {key for key in map(self.known, features) if key is not None}


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

    sentences: tuple[set[Key], ...]
    elsewhere: tuple[tuple[Key, int], ...]
    line: tuple[str, ...]
    _words: _Words[Key]
    _proposed: Mapping[int, Sequence[Candidate]]
    _vocabulary: Vocabulary[Key]

    def of_sentence(self, number: int) -> set[Key]:
        """All features of a sentence, without those of the customer's line."""
        return {*self.sentences[number], *(key for key, but in self.elsewhere if but != number)}

    def of_clause(self, number: int, clause: Clause) -> set[Key]:
        """Those of sentence `number` that begin in `clause`: its words, and what the rules propose there and not for the sentence as a whole."""
        begun = (c for c in self._proposed.get(number, ()) if clause.start <= c.start < clause.end)
        return self._words.features(number, clause) | self._vocabulary.keys(_proposed_in(begun))

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
    words = _Words(reading, vocabulary)
    rows = (
        words.features(number)
        | vocabulary.keys(
            chain(
                _proposed_in(mine.get(number, ())),
                _frames(reading, number),
                _shape(reading, number, words.count(number)),
            )
        )
        for number in range(len(reading.sentences))
    )
    placed = {
        number: [
            c for c in found if (c.start, c.end) != (reading.sentences[number].start, reading.sentences[number].end)
        ]
        for number, found in mine.items()
    }
    return Seen(tuple(rows), tuple(elsewhere), tuple(sorted(of_line)), words, placed, vocabulary)


class _Words(Generic[Key]):
    """The features that words make: runs of words and letters, classes. All words of the reply stand in one row, each sentence between
    _EDGES, and are looked up together: the hottest part of detection. What is looked for across two sentences does not exist."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary[Key]) -> None:
        row, self._sentences, at = tokens(reading.text, 0, len(reading.text)), list[range](), 0
        words, self._starts = list[str](), list[int]()
        for sentence in reading.sentences:
            first = bisect_left(row.starts, sentence.start, at)
            at = bisect_left(row.starts, sentence.end, first)
            self._sentences.append(range(len(words), len(words) + at - first + len(_EDGES)))
            words += [_EDGES[0], *row.words[first:at], _EDGES[1]]
            self._starts += [sentence.start, *row.starts[first:at], sentence.end]
        self._words, self._vocabulary = words, vocabulary
        self._long = [at for at, word in enumerate(words) if len(word) > 3 and word.isascii()]
        self._grams = _grams(words, vocabulary.known)
        self._edges = {vocabulary.known(f"w:{edge}") for edge in _EDGES}
        self._classes = vocabulary.lexicon.find(words)
        self._places = [first for _, first, _ in self._classes]

    def count(self, number: int) -> int:
        """How many words sentence `number` has."""
        return len(self._sentences[number]) - len(_EDGES)

    def features(self, number: int, clause: Clause | None = None) -> set[Key]:
        """Those of sentence `number`, or what of them begins in one of its clauses."""
        whole = where = self._sentences[number]
        if clause is not None:
            first = bisect_left(self._starts, clause.start, whole.start, whole.stop)
            where = range(first, bisect_left(self._starts, clause.end, first, whole.stop))
        found: set[Key | None] = set(self._grams[0][where.start : where.stop])
        found.difference_update(self._edges)
        for more, keys in enumerate(self._grams[1:], 1):
            found.update(keys[where.start : min(where.stop, whole.stop - more)])
        long = self._long
        for at in long[bisect_left(long, where.start) : bisect_left(long, where.stop)]:
            found.update(map(self._vocabulary.known, _letters(self._words[at])))
        self._add_classes(found, where, whole.stop)
        found.discard(None)
        return cast("set[Key]", found)

    def _add_classes(self, found: set[Key | None], where: range, end: int) -> None:
        """Classes of words, and one class before another."""
        places, pairs = self._places, self._vocabulary.pairs
        first, stop = bisect_left(places, where.start), bisect_left(places, where.stop)
        names = [name for name, _, _ in self._classes[first : bisect_left(places, end, stop)]]
        found.update(map(self._vocabulary.classes.__getitem__, names[: stop - first]))
        for number, (name, _, last) in enumerate(self._classes[first:stop]):
            after = bisect_right(places, last, first + number)
            near = bisect_right(places, last + _PAIR_AT_MOST, after)
            found.update(map(pairs[name].__getitem__, names[after - first : near - first]))


def _grams(words: Sequence[str], known: Callable[[str], Key | None]) -> list[list[Key | None]]:
    """For one word, two and three the keys of what begins at each of `words`."""
    latin = [word[0].isascii() for word in words]
    glued = [f" {word}" if both else word for word, both in zip(words[1:], map(and_, latin, latin[1:]), strict=True)]
    grams = [f"w:{word}" for word in words]
    keys = [list(map(known, grams))]
    for more in range(_IN_A_ROW - 1):
        grams = list(map(add, grams, glued[more:]))
        keys.append(list(map(known, grams)))
    return keys


def _letters(word: str) -> Iterator[str]:
    edged = f"<{word}>"
    for size in _LETTERS:
        for k in range(len(edged) - size + 1):
            yield f"c:{edged[k : k + size]}"


def _frames(reading: Reading, number: int) -> Iterator[str]:
    sentence, text = reading.sentences[number], reading.text
    for name in _FRAMES:
        if FRAMES[name](text, sentence, sentence.clauses[0], sentence.start, sentence.end) is not None:
            yield f"f:{name}"


def _proposed_in(candidates: Iterable[Candidate]) -> Iterator[str]:
    for candidate in candidates:
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

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
from collections.abc import Iterator
from dataclasses import dataclass

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

Features = dict[str, tuple[int, int]]
"""Feature -> the span of the folded text it was first seen at."""


@dataclass(frozen=True, slots=True)
class Seen:
    """`sentences`: the features of each sentence. `line`: those of the customer's line, the same for every sentence."""

    sentences: tuple[Features, ...]
    line: tuple[str, ...]

    @property
    def reply(self) -> set[str]:
        """The features of the reply as a whole, without those of the customer's line."""
        return set[str]().union(*self.sentences)


def features(reading: Reading, candidates: list[Candidate], lexicon: Lexicon) -> Seen:
    """What the weights see of `reading`. `candidates`: what the rules proposed for the turn."""
    line = tokens(reading.line, 0, len(reading.line))
    of_line = {f"o:{found.name}" for found in lexicon.find(line.words)} | {f"l:{word}" for word in line.words}
    starts = [sentence.start for sentence in reading.sentences]
    mine: dict[int, list[Candidate]] = {}
    owners: dict[str, set[int]] = {}
    for candidate in candidates:
        owner = max(0, bisect_right(starts, candidate.start) - 1)
        mine.setdefault(owner, []).append(candidate)
        owners.setdefault(f"t:{candidate.technique}:{candidate.outcome}", set()).add(owner)
    elsewhere = [(feature, min(of_one) if len(of_one) == 1 else -1) for feature, of_one in owners.items()]
    rows = []
    for number, sentence in enumerate(reading.sentences):
        row = _of_sentence(reading, number, mine.get(number, []), lexicon)
        whole = (sentence.start, sentence.end)
        row.update([(feature, whole) for feature, only in elsewhere if only != number])
        rows.append(row)
    return Seen(tuple(rows), tuple(sorted(of_line)))


def _of_sentence(reading: Reading, number: int, candidates: list[Candidate], lexicon: Lexicon) -> Features:
    sentence, text = reading.sentences[number], reading.text
    whole = (sentence.start, sentence.end)
    words = tokens(text, sentence.start, sentence.end)
    found: Features = {}
    _add_grams(found, words, sentence.start, sentence.end)
    _add_classes(found, words, lexicon)
    for candidate in candidates:
        for feature in _proposed(candidate):
            found.setdefault(feature, (candidate.start, candidate.end))
    for name in _FRAMES:
        if FRAMES[name](text, sentence, sentence.clauses[0], sentence.start, sentence.end):
            found[f"f:{name}"] = whole
    for feature in _shape(reading, number, len(words.words)):
        found.setdefault(feature, whole)
    return found


def _add_grams(found: Features, row: Tokens, start: int, end: int) -> None:
    """Words in a row and letters in a row, each where it is first seen. The hottest loop of detection, hence no generator."""
    words, starts, ends = ["<", *row.words, ">"], [start, *row.starts, end], [start, *row.ends, end]
    latin = [word[0].isascii() for word in words]
    count = len(words)
    for first, gram in enumerate(words):
        at = starts[first]
        if gram not in "<>":
            found.setdefault(f"w:{gram}", (at, ends[first]))
        for last in range(first + 1, min(first + _IN_A_ROW, count)):
            gram = f"{gram} {words[last]}" if latin[last - 1] and latin[last] else gram + words[last]
            found.setdefault(f"w:{gram}", (at, ends[last]))
    for word, at, to in zip(*row, strict=True):
        if len(word) > 3 and word.isascii():
            edged = f"<{word}>"
            for size in _LETTERS:
                for k in range(len(edged) - size + 1):
                    found.setdefault(f"c:{edged[k : k + size]}", (at, to))


def _add_classes(found: Features, row: Tokens, lexicon: Lexicon) -> None:
    """Classes of words, and one class before another, each where it is first seen. Hot, like the grams."""
    starts, ends = row.starts, row.ends
    seen = lexicon.find(row.words)
    for name, first, last in seen:
        found.setdefault(f"k:{name}", (starts[first], ends[last]))
    for number, (name, begins, end) in enumerate(seen, 1):
        pairs, reach, start = lexicon.pairs[name], end + _PAIR_AT_MOST, starts[begins]
        for other, first, last in seen[number:]:
            if first > reach:
                break
            if end < first and name != other:
                found.setdefault(pairs[other], (start, ends[last]))


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

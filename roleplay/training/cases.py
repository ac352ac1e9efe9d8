"""Labelled replies as the learner sees them: features and what is done, sentence by sentence.

Owns the way from an example to features. Refuses to know weights.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from roleplay.engine.detection.detector import Detector
from roleplay.engine.detection.model import Situation
from roleplay.scenarios.model import Language
from roleplay.training.corpus import Example


@dataclass(frozen=True, slots=True)
class Sentence:
    """One training case: its features and the techniques done in it. `only`: the one technique that is labelled, whether done or not;
    "" where all are."""

    features: frozenset[str]
    labels: frozenset[str]
    only: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One reply as the learner sees it."""

    author: str
    labels: frozenset[str]
    sentences: tuple[Sentence, ...]

    @property
    def whole(self) -> Sentence:
        """The reply as if it were one sentence."""
        features = frozenset[str]().union(*(s.features for s in self.sentences))
        return Sentence(features, self.labels, self.sentences[0].only)


def cases(examples: Iterable[Example], detector: Detector) -> list[Case]:
    """The features of every sentence of `examples`, and which techniques each holds by the words that were marked."""
    found = []
    for example in map(_as_typed, examples):
        rows = detector.features(example.text, Situation(customer_line=example.customer))
        sentences = [
            Sentence(frozenset(features), frozenset(_done_in(example, start, end))) for (start, end), features in rows
        ]
        if sentences:
            found.append(Case(example.author, example.labels, tuple(sentences)))
    return found


UNMARKED_ONE_IN = 6
"""Of so many replies one is seen as it is typed by those who leave out marks and capitals, as many do on a phone; authors who write examples
hardly ever do, and a question without its mark would look like none."""
_MARKS = re.compile(r"(?<!\d)[.,:]|[.,:](?!\d)|[。，、？！；：…～?!;]+")
_SENTENCES_AT_MOST = 2
"""An English reply of more sentences is left as it is: without marks nobody could tell them apart."""


def _as_typed(example: Example) -> Example:
    if zlib.crc32(example.id.encode()) % UNMARKED_ONE_IN:
        return example
    if example.language == "en" and len(re.findall(r"[.?!]+(?=\s|$)", example.text)) > _SENTENCES_AT_MOST:
        return example
    marked = {technique: unmarked(words) for technique, words in example.techniques.items()}
    return replace(example, text=unmarked(example.text), techniques=marked)


def unmarked(text: str) -> str:
    """`text` without capitals, with blanks for marks; the marks inside numbers stay."""
    return " ".join(_MARKS.sub(" ", text).lower().split())


def own_examples(detector: Detector, language: Language) -> list[Case]:
    """The examples of the technique files, each labelled for its own technique only."""
    found = []
    for technique in detector.techniques.techniques:
        for example in technique.examples.get(language, ()):
            rows = detector.features(example.text, Situation(customer_line=example.context))
            done = frozenset() if example.reason else frozenset({technique.id})
            best = max(rows, key=lambda row: _proposes(row[1], technique.id), default=None)
            if best is not None:
                found.append(Case(FILES, done, (Sentence(frozenset(best[1]), done, technique.id),)))
    return found


def _proposes(features: Iterable[str], technique: str) -> bool:
    return any(f.startswith(f"r:{technique}:") for f in features)


OWN_WEIGHT = 5
"""An example of a technique file counts this often: it is there to say where the technique begins and ends."""
FILES = "technique files"
"""Stands for the author of the examples in the technique files; never held back, never measured."""


def _done_in(example: Example, start: int, end: int) -> Iterable[str]:
    for technique, words in example.techniques.items():
        at = example.text.find(words)
        if at < end and start < at + len(words):
            yield technique

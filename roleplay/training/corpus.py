"""The labelled replies the detector is trained and measured on.

Owns their shape, their files and the parts they are split into. Refuses to know how anything is detected. One file holds what one author
wrote in one language, one JSON object a line; author and language are the file's name (`shy.zh.jsonl`). Authors are divided into parts
(parts.json), and the parts have no situation in common, so that no part knows how the other writes or what about. What a reviewer changed in an
author's labels lies beside them (reviewed/), and is laid over them when they are read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from roleplay.engine.detection.reasons import REASONS
from roleplay.engine.refusals import REPLY_LIMIT
from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.standards.codebook import FAMILY_OF

Part = Literal["train", "tune", "test"]
PARTS: tuple[Part, ...] = get_args(Part)
_KEYS = {"id", "situation", "customer", "text", "techniques", "not", "phenomenon"}


@dataclass(frozen=True, slots=True)
class Example:
    """A reply and what it does. `techniques`: id -> the words that earn it. `not_these`: id -> (reason, words) of what a hasty reader
    would see. `customer`: the line it answers, "" for an opening. `phenomenon`: what is special about it, in the author's words."""

    id: str
    author: str
    language: Language
    situation: str
    customer: str
    text: str
    techniques: Mapping[str, str]
    not_these: Mapping[str, tuple[str, str]]
    phenomenon: str

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(self.techniques)


class BadCorpus(ValueError):
    """A line of the corpus that cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer changed in the labels of one reply. `less`: techniques taken away; `more`: id -> the words that earn it."""

    less: frozenset[str]
    more: Mapping[str, str]


def read_corpus(
    language: Language | None = None, part: Part | None = None, *, reviewed: bool = True
) -> tuple[Example, ...]:
    """The examples that come with the program, by file and line; of one language, one part, or all. `reviewed`: with what reviewers changed,
    else as their authors labelled them."""
    reviews = read_reviews() if reviewed else {}
    wanted = None if part is None else set(parts()[part])
    found: list[Example] = []
    for file in _files("corpus"):
        author, _, rest = file.name.partition(".")
        if rest not in ("zh.jsonl", "en.jsonl") or (wanted is not None and author not in wanted):
            continue
        if language is None or rest.startswith(language):
            found.extend(read_examples(file.name, file.read_text(encoding="utf-8").splitlines()))
    return tuple(mended(e, reviews[e.id]) if e.id in reviews else e for e in found)


def read_reviews() -> Mapping[str, Review]:
    """Example id -> what was changed in its labels."""
    found: dict[str, Review] = {}
    for file in _files("reviewed"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            raw = json.loads(line)
            if raw["id"] in found:
                raise BadCorpus(f"{file.name}:{number}: {raw['id']} is reviewed twice")
            found[raw["id"]] = Review(frozenset(raw["less"]), dict(raw["more"]))
    return found


def mended(example: Example, review: Review) -> Example:
    """`example` with the labels of its review. BadCorpus where the review does not fit it."""
    kept = {id: words for id, words in example.techniques.items() if id not in review.less}
    wrong = [
        *(f"{id} is not there to be taken away" for id in review.less - example.labels),
        *(f"{id} is no technique" for id in review.more if id not in FAMILY_OF),
        *(f"{id} is labelled already" for id in review.more if id in kept),
        *(f"{id} is what the author says it is not" for id in review.more if id in example.not_these),
        *(f"{id}: «{words}» is not in the reply" for id, words in review.more.items() if words not in example.text),
    ]
    if wrong:
        raise BadCorpus(f"review of {example.id}: {'; '.join(sorted(wrong))}")
    return replace(example, techniques={**kept, **review.more})


def corpus_hash(language: Language) -> str:
    """SHA-256 of the files of a language's train and tune parts and its reviews, by name: what its weights are trained on."""
    made = hashlib.sha256()
    measures = set(parts()["test"])
    for file in (*_files("corpus"), *_files("reviewed")):
        if file.name.endswith(f".{language}.jsonl") and file.name.split(".")[0] not in measures:
            made.update(file.name.encode() + b"\0" + file.read_bytes())
    return made.hexdigest()


def _files(room: str) -> list[Traversable]:
    """The files of examples or reviews, by name."""
    found = files("roleplay.training") / room
    return sorted((f for f in found.iterdir() if f.name.endswith(".jsonl")), key=lambda f: f.name)


def parts() -> Mapping[Part, tuple[str, ...]]:
    """Which author stands in which part."""
    raw = json.loads((files("roleplay.training") / "corpus" / "parts.json").read_text(encoding="utf-8"))
    return {part: tuple(raw[part]) for part in PARTS}


def read_examples(name: str, lines: Iterable[str]) -> Iterable[Example]:
    """The examples of one file called `name` (`author.language.jsonl`). BadCorpus where a line is not one."""
    author, language, _ = name.split(".")
    assert language in LANGUAGES
    for number, line in enumerate(lines, 1):
        try:
            yield _example(json.loads(line), author, "zh" if language == "zh" else "en")
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise BadCorpus(f"{name}:{number}: {problem}") from problem


def _example(raw: Mapping[str, object], author: str, language: Language) -> Example:
    if set(raw) != _KEYS:
        raise ValueError(f"keys {sorted(set(raw) ^ _KEYS)} are missing or unknown")
    text, techniques, not_these = str(raw["text"]), raw["techniques"], raw["not"]
    assert isinstance(techniques, dict) and isinstance(not_these, dict)
    if not 0 < len(text) <= REPLY_LIMIT:
        raise ValueError(f"a reply may have 1 to {REPLY_LIMIT} characters")
    refused = {id: (str(reason), str(words)) for id, (reason, words) in not_these.items()}
    for id, words in [*techniques.items(), *((i, w) for i, (_, w) in refused.items())]:
        if id not in FAMILY_OF:
            raise ValueError(f"{id} is no technique")
        if not words or words not in text:
            raise ValueError(f"{id}: «{words}» is not in the reply")
    if techniques.keys() & refused.keys():
        raise ValueError(f"{sorted(techniques.keys() & refused.keys())} is labelled both ways")
    unknown = [reason for reason, _ in refused.values() if reason not in REASONS]
    if unknown:
        raise ValueError(f"{unknown} is no reason")
    return Example(
        str(raw["id"]),
        author,
        language,
        str(raw["situation"]),
        str(raw["customer"]),
        text,
        {str(i): str(w) for i, w in techniques.items()},
        refused,
        str(raw["phenomenon"]),
    )

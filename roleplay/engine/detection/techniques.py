"""The techniques as data: labels, patterns, frames that reject them, examples.

Owns their shape and the compiling of patterns. Refuses to know where the data is read from. Patterns are Python regular expressions over
folded text, written by us; packs have none. `{SLOT}` stands for a class of words.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from roleplay.engine.detection.lexicon import Lexicon
from roleplay.engine.detection.normalise import fold_pattern
from roleplay.engine.detection.spelling import spelling
from roleplay.scenarios.model import Language
from roleplay.standards.codebook import FAMILY_OF, NEGATIVE

_SLOT = re.compile(r"\{([A-Z_]+)\}")
_POSITIVE_FRAMES = ("quoted", "meta", "sarcasm", "reported", "hypothetical", "rhetorical", "negation")
_NEGATIVE_FRAMES = ("quoted", "meta", "not_so")


@dataclass(frozen=True, slots=True)
class Pattern:
    """`partial`: the reason it is not the whole ("" full). `only`: in questions, in statements, or in both. `scope`: how far it looks.
    `reject`: it is a known way of not doing it, with the reason. `unless`: what must not occur in the sentence. `anchors`: short strings of
    folded text, one of which stands in every match (roleplay.training.anchors); () where none is known."""

    id: str
    match: str
    partial: str = ""
    reject: str = ""
    only: Literal["", "ask", "tell"] = ""
    scope: Literal["sentence", "clause", "turn"] = "sentence"
    unless: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """`reason` "": the technique is there. Otherwise it is not, for that reason. `context`: what the customer said before."""

    text: str
    reason: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Technique:
    id: str
    label: Mapping[str, str]
    means: Mapping[str, str]
    source: str
    patterns: Mapping[str, tuple[Pattern, ...]]
    examples: Mapping[str, tuple[Example, ...]]
    frames: tuple[str, ...]

    @property
    def family(self) -> str:
        return FAMILY_OF[self.id]

    @property
    def negative(self) -> bool:
        return self.id in NEGATIVE


@dataclass(frozen=True, slots=True)
class Ready:
    """A pattern compiled for matching."""

    technique: Technique
    pattern: Pattern
    match: re.Pattern[str]
    unless: re.Pattern[str] | None


class TechniqueSet:
    """All techniques with their slots. `hash`: SHA-256 of the data they were read from."""

    def __init__(self, raw: Mapping[str, Any], hash: str) -> None:
        self.hash = hash
        self.fold: dict[int, str] = {ord(a): b for a, b in zip(raw["script"]["from"], raw["script"]["to"], strict=True)}
        self.spelling = spelling(raw["typed"], self.fold)
        self._slots: Mapping[str, Mapping[str, str]] = raw["slots"]
        self.techniques = tuple(_technique(t) for t in raw["techniques"])
        self._by_id = {t.id: t for t in self.techniques}
        self._ready: dict[Language, tuple[Ready, ...]] = {}
        self.classes: Mapping[str, Mapping[str, list[str]]] = raw["lexicon"]
        self._lexicon: Lexicon | None = None

    @classmethod
    def from_json(cls, text: str) -> TechniqueSet:
        """The set in a rules file. ValueError if it is not one."""
        return cls(json.loads(text), hashlib.sha256(text.encode()).hexdigest())

    def technique(self, id: str) -> Technique:
        return self._by_id[id]

    def label(self, id: str, language: Language) -> str:
        """The name of a technique."""
        return self._by_id[id].label[language]

    @property
    def lexicon(self) -> Lexicon:
        """The classes of words of both languages together: a reply may mix them."""
        if self._lexicon is None:
            names = sorted({name for classes in self.classes.values() for name in classes})
            both = {name: [e for classes in self.classes.values() for e in classes.get(name, ())] for name in names}
            self._lexicon = Lexicon(both, self.fold)
        return self._lexicon

    def ready(self, language: Language) -> tuple[Ready, ...]:
        """Every pattern of a language, compiled when it is first asked for."""
        if language not in self._ready:
            self._ready[language] = tuple(self._compiled(language))
        return self._ready[language]

    def _compiled(self, language: Language) -> list[Ready]:
        made = []
        for technique in self.techniques:
            for pattern in technique.patterns.get(language, ()):
                unless = re.compile(self._filled(pattern.unless, language)) if pattern.unless else None
                made.append(Ready(technique, pattern, re.compile(self._filled(pattern.match, language)), unless))
        return made

    def _filled(self, match: str, language: Language) -> str:
        filled = match
        for _ in range(3):
            filled = _SLOT.sub(lambda m: f"(?:{self._slots[m.group(1)][language]})", filled)
        return fold_pattern(filled, self.fold) if language == "zh" else filled


def _technique(raw: Mapping[str, Any]) -> Technique:
    default = _NEGATIVE_FRAMES if raw["id"] in NEGATIVE else _POSITIVE_FRAMES
    return Technique(
        id=raw["id"],
        label=raw["label"],
        means=raw["means"],
        source=raw["source"],
        patterns={lang: tuple(_pattern(p) for p in ps) for lang, ps in raw["patterns"].items()},
        examples={lang: tuple(Example(**e) for e in es) for lang, es in raw["examples"].items()},
        frames=tuple(raw["frames"]) if "frames" in raw else default,
    )


def _pattern(raw: Mapping[str, Any]) -> Pattern:
    return Pattern(**{**raw, "anchors": tuple(raw.get("anchors", ()))})

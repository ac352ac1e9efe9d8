"""Good examples of every technique, and which of them is closest to a reply.

Owns the choice. Refuses to know when an example is shown. An example is somebody else's words from another case: it shows what is meant and
cannot be copied into this one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roleplay.engine.detection.features import content
from roleplay.scenarios.model import Language
from roleplay.standards.codebook import members


@dataclass(frozen=True, slots=True)
class GoodExamples:
    """Language -> technique -> examples, in a fixed order."""

    by_language: Mapping[str, Mapping[str, Sequence[str]]]

    @classmethod
    def from_json(cls, text: str) -> GoodExamples:
        return cls(json.loads(text))

    def closest(self, names: Sequence[str], like: str, language: Language) -> str:
        """The example of one of `names` (techniques or families) that shares most words with `like`; of equals the first. "" if there
        is none, as for a technique nobody should use."""
        wanted = set(content(like.casefold()))
        techniques = dict.fromkeys(t for name in names for t in members(name))
        found = [e for t in techniques for e in self.by_language.get(language, {}).get(t, ())]
        return max(found, key=lambda example: _likeness(wanted, example), default="")


def _likeness(wanted: set[str], example: str) -> int:
    """Shared words in thousandths of all words of both."""
    mine = set(content(example.casefold()))
    return 1000 * len(wanted & mine) // (len(wanted | mine) or 1)

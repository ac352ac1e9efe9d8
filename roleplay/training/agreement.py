"""How far people agree who label the same replies: the first label stands in the corpus, the others were given blind.

Owns the pairing. Refuses to know a detector.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from roleplay.scenarios.model import Language
from roleplay.standards.codebook import FAMILIES
from roleplay.training.corpus import Example
from roleplay.training.measuring import Fit, Pair, by_family, fit, fit_each, kappa


@dataclass(frozen=True, slots=True)
class Agreement:
    """`replies`: how many were labelled again. `micro`, `family`: the other labellings, each held against the first. `kappas`: family ->
    Cohen's kappa."""

    replies: int
    micro: Fit
    family: Fit
    each: Mapping[str, Fit]
    each_family: Mapping[str, Fit]
    kappas: Mapping[str, float]


def second_labels(language: Language) -> Mapping[str, tuple[frozenset[str], ...]]:
    """Example id -> the techniques each second labeller saw, by file name. Empty where nobody has labelled a second time."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    room = files("roleplay.training") / "second"
    if not room.is_dir():
        return found
    for file in sorted(room.iterdir(), key=lambda f: f.name):
        if file.name.endswith(f".{language}.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                raw = json.loads(line)
                found[raw["id"]] = (*found.get(raw["id"], ()), frozenset(raw["techniques"]))
    return found


def agree(examples: Sequence[Example], second: Mapping[str, Sequence[frozenset[str]]]) -> Agreement | None:
    """The agreement on the examples that were labelled twice; None if there are none."""
    pairs: list[Pair] = [(e.labels, labels) for e in examples for labels in second.get(e.id, ())]
    if not pairs:
        return None
    kin = by_family(pairs)
    return Agreement(
        sum(e.id in second for e in examples),
        fit(pairs),
        fit(kin),
        fit_each(pairs),
        fit_each(kin),
        {family: kappa(kin, family) for family in FAMILIES},
    )

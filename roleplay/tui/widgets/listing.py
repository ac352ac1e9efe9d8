"""A scenario in the lobby: its row, its details, and whether it matches what is looked for. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from roleplay.practice import Listing
from roleplay.scenarios.model import Language, Scenario
from roleplay.standards import catalogue
from roleplay.standards.finding import UnknownName
from roleplay.tui.widgets.prose import block, line, plain
from roleplay.words.feedback import outcome_text
from roleplay.words.interface import Words

Choice = tuple[str, str]
"""What is shown, and the value it stands for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" is anything. `words`: all of them must occur."""

    words: str = ""
    role: str = ""
    complaint: str = ""
    need: str = ""
    standard: str = ""
    level: str = ""


def matches(listing: Listing, wanted: Wanted) -> bool:
    scenario = listing.scenario
    return (
        wanted.role in ("", scenario.role)
        and wanted.level in ("", scenario.level)
        and (not wanted.complaint or wanted.complaint in scenario.complaints)
        and (not wanted.need or wanted.need in scenario.needs)
        and (not wanted.standard or wanted.standard in standards_of(scenario))
        and all(word in _haystack(scenario) for word in _folded(wanted.words).split())
    )


def indicators_of(scenario: Scenario) -> tuple[str, ...]:
    """Every indicator the scenario gives an opportunity for."""
    found = (
        *(o for s in scenario.states for o in s.opportunities),
        *(o for p in scenario.parties for o in p.opportunities),
    )
    return tuple(dict.fromkeys(ref for o in found for ref in o.indicators))


def standards_of(scenario: Scenario) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.partition(":")[0] for ref in indicators_of(scenario)))


def term(prefix: str, id: str, language: Language) -> str:
    """The word for an id of a vocabulary; the id itself if it is in none."""
    try:
        entry = next((e for e in catalogue().vocabulary(prefix) if e.id == id), None)
    except UnknownName:
        return id
    return id if entry is None else (entry.zh if language == "zh" else entry.en)


def standard_name(code: str, language: Language) -> str:
    """Code and name of a standard; in English the code alone, for the names are Chinese."""
    found = next((s for s in catalogue().standards if s.code == code), None)
    return code if found is None or language == "en" else f"{found.name} {code}"


def choices(listings: Iterable[Listing], language: Language, words: Words) -> dict[str, list[Choice]]:
    """What each filter offers: only what some scenario has."""
    scenarios = [listing.scenario for listing in listings]
    return {
        "role": [(words.terms.roles[r], r) for r in words.terms.roles if any(s.role == r for s in scenarios)],
        "complaint": _choices("complaint", (i for s in scenarios for i in s.complaints), language),
        "need": _choices("need", (i for s in scenarios for i in s.needs), language),
        "standard": [
            (standard_name(code, language), code) for code in sorted({c for s in scenarios for c in standards_of(s)})
        ],
        "level": [(words.terms.levels[v], v) for v in words.terms.levels if any(s.level == v for s in scenarios)],
    }


def row(listing: Listing, language: Language, words: Words) -> Content:
    """Two lines for the list."""
    scenario = listing.scenario
    mark, status = _status(listing, language, words)
    code = f"{scenario.code}  " if scenario.code else ""
    facts = (words.terms.levels[scenario.level], words.common.minutes.format(scenario.minutes), status)
    return Content("\n").join(
        [
            Content.assemble(mark, " ", plain(code, "$primary"), line(scenario.title.in_(language), "bold")),
            Content.assemble("  ", plain(" · ".join(facts), "$quiet")),
        ]
    )


def details(listing: Listing, listings: tuple[Listing, ...], language: Language, words: Words) -> Content:
    """All that helps to choose."""
    scenario, b = listing.scenario, words.lobby
    _, status = _status(listing, language, words)
    titles = {f"{item.scenario.pack}/{item.scenario.id}": item.scenario.title.in_(language) for item in listings}
    head = " · ".join(
        (
            words.terms.levels[scenario.level],
            words.terms.roles[scenario.role],
            words.terms.channels[scenario.brief.channel],
            words.common.minutes.format(scenario.minutes),
            status,
        )
    )
    pairs = (
        (b.complaint, [term("complaint", i, language) for i in scenario.complaints]),
        (b.need, [term("need", i, language) for i in scenario.needs]),
        (b.recovery, [term("recovery", i, language) for i in scenario.recovery]),
        (b.next, [titles[ref] for ref in scenario.followed_by if ref in titles]),
    )
    refs = indicators_of(scenario)
    counted = [
        f"{standard_name(code, language)}（{n}）" if language == "zh" else f"{code} ({n})"
        for code in standards_of(scenario)
        for n in [sum(ref.startswith(f"{code}:") for ref in refs)]
    ]
    rows = [_pair(label, values) for label, values in (*pairs, (b.standards, counted)) if values]
    return block(
        block(plain(scenario.title.in_(language), "bold $primary"), plain(head, "$quiet")),
        plain(scenario.summary.in_(language)),
        block(*rows),
        plain(f"{listing.pack.title.in_(language)} {listing.pack.version} · {listing.pack.author}", "$quiet"),
        between="\n\n",
    )


def _status(listing: Listing, language: Language, words: Words) -> tuple[Content, str]:
    b = words.lobby
    if listing.open_session is not None:
        return Content.styled("◐", "$accent"), b.open
    if not listing.plays:
        return Content.styled("○", "$quiet"), b.fresh
    best = f" · {outcome_text(listing.best_outcome, language)}" if listing.best_outcome else ""
    return Content.styled("●", "$success"), b.plays.format(listing.plays) + best


def _choices(prefix: str, ids: Iterable[str], language: Language) -> list[Choice]:
    return [(term(prefix, id, language), id) for id in sorted(set(ids))]


def _pair(label: str, values: list[str]) -> Content:
    return Content.assemble(
        (f"{label}  ", "$quiet"), plain("、".join(values) if label > "\u2e80" else ", ".join(values))
    )


def _haystack(scenario: Scenario) -> str:
    texts = (scenario.title, scenario.summary)
    return _folded(" ".join((scenario.code, scenario.id, *(t.zh for t in texts), *(t.en for t in texts))))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()

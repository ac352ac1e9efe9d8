"""What a whole turn makes of its candidates.

Owns the rules between techniques: harm takes kindness back, a bare list of cues earns nothing, words need something behind them, remedies
keep to the limits. Each technique is found once per turn.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from roleplay.engine.detection.candidates import UNSURE, Candidate
from roleplay.engine.detection.features import shared_with
from roleplay.engine.detection.model import Offer, Outcome
from roleplay.engine.detection.normalise import is_han
from roleplay.engine.detection.reading_reply import Reading
from roleplay.standards.codebook import FAMILIES, FAMILY_OF

CANCELLING = ("blame_customer", "argue", "dismiss")
"""What takes kindness of the same turn back."""
CANCELLED = frozenset({"apology", "thanks", "reassurance", "reflect_feeling", "validate"})
"""What it takes back."""
_WAY_FORWARD = frozenset({*FAMILIES["proposal"], *FAMILIES["ownership"], "commitment_timeframe"})
_GROUND = _WAY_FORWARD | {"explain_information", "progress_update"}
_KIND = frozenset({"apology", "validate", "reflect_feeling", "reassurance"})
_PARTS_OF_REQUEST = frozenset(
    {
        "explain_information",
        "progress_update",
        "commitment_timeframe",
        "offer_solution",
        "closed_question",
        "clarifying_question",
    }
)
_STRENGTH: dict[Outcome, int] = {"credited": 2, "partial": 1, "rejected": 0}
_CUTS = re.compile(r"(?:[,，、。.!！?？:：;；/|+\n]|\B-|-\B)+")
_CUTS_HAN = re.compile(r"(?:(?<!\d)\s(?!\d)|[,，、。!！?？;；|+])+")
_FRAGMENTS_AT_LEAST = 4
_FRAGMENT_HAN, _FRAGMENT_WORDS = 5, 2
_SIGN = re.compile(r"[,，、。.!！?？:：;；/|+\n]")
_FACTS_AT_LEAST, _FRAGMENTS_WITH_FACTS = 2, 7
_FACTS_ALONE = 5
_MEAN_HAN, _MEAN_WORDS = 6, 3
_LONGEST_HAN, _LONGEST_WORDS = 9, 4
_HALF = 4


def resolve(
    found: list[Candidate], offers: list[Offer], reading: Reading, *, facts: int = 0
) -> tuple[list[Candidate], bool]:
    """The candidates that stand for the turn, and whether it was stuffed with cues. `facts`: how many facts of the
    scenario it names or asks for."""
    best = _once(found)
    stuffed = _stuffed(reading, best, facts)
    if stuffed:
        return [_rejected(c, "keyword_list") if c.outcome != "rejected" else c for c in best.values()], True
    _limits(best, offers)
    _inside(best)
    _policy(best)
    _ground(best)
    _cancel(best)
    return list(best.values()), False


def settled(found: list[Candidate]) -> list[Candidate]:
    """The candidates without those that overlap a known way of not doing it."""
    known_not = [c for c in found if c.known_not]
    return [c for c in found if c.known_not or not any(_overlap(c, other) for other in known_not)]


def without_shadows(found: list[Candidate], reading: Reading) -> list[Candidate]:
    """The candidates without those whose own words a frame rejects: a longer match round a cue that is supposed or denied, and a
    mere part in the same sentence."""
    framed = [c for c in found if c.outcome == "rejected" and not c.known_not]

    def falls(one: Candidate) -> bool:
        return any(
            one.technique == other.technique
            and (
                (one.start <= other.start and other.end <= one.end)
                or (one.outcome == "partial" and reading.place(one.start)[0] == reading.place(other.start)[0])
            )
            for other in framed
        )

    return [c for c in found if c.outcome == "rejected" or not falls(c)]


def _once(found: list[Candidate]) -> dict[str, Candidate]:
    """The strongest candidate of each technique; of equals the longest, then the first."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        old = best.get(candidate.technique)
        if old is None or _rank(candidate) > _rank(old):
            best[candidate.technique] = candidate
    return best


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.technique == other.technique and one.start < other.end and other.start < one.end


def _rank(candidate: Candidate) -> tuple[int, int, int]:
    return _STRENGTH[candidate.outcome], candidate.end - candidate.start, -candidate.start


def _rejected(candidate: Candidate, reason: str, cause: tuple[int, int] | None = None) -> Candidate:
    return replace(candidate, outcome="rejected", reason=reason, cause=cause)


def _stuffed(reading: Reading, best: dict[str, Candidate], facts: int) -> bool:
    """Hardly more than cues: at least four fragments, nearly all short, naming three techniques or more, and not what the customer has just
    said. With facts among them it may be a list read back, so seven fragments are wanted, with techniques of three families or many facts
    that nothing is asked about; a form, or a note to a colleague, is a list of facts by rights."""
    han = any(is_han(c) for c in reading.text)
    fragments = [f for f in (_CUTS_HAN if han else _CUTS).split(reading.typed) if f.strip() and not f.strip().isdigit()]
    seen = [c for c in best.values() if c.outcome != "rejected"]
    lengths = [len(f) if han else len(f.split()) for f in fragments]
    if facts < _FACTS_AT_LEAST:
        short = sum(length <= (_FRAGMENT_HAN if han else _FRAGMENT_WORDS) for length in lengths)
        return (
            not facts
            and len(fragments) >= _FRAGMENTS_AT_LEAST
            and len(seen) >= 3
            and short * 5 >= len(fragments) * 4
            and not _read_back(reading)
        )
    families = {FAMILY_OF[c.technique] for c in seen}
    mean, longest = (_MEAN_HAN, _LONGEST_HAN) if han else (_MEAN_WORDS, _LONGEST_WORDS)
    listed = max(lengths, default=0) <= longest and sum(lengths) <= mean * len(lengths) and _monotone(reading.typed)
    bare = facts >= _FACTS_ALONE and not families & {"question", "reflection"} and not reading.situation.side_channel
    return len(fragments) >= _FRAGMENTS_WITH_FACTS and (len(families) >= 3 or bare) and listed


def _read_back(reading: Reading) -> bool:
    """Whether more than half of the pieces are for the most part the customer's own words: a list that is said back to him."""
    pieces = [reading.text[clause.start : clause.end] for sentence in reading.sentences for clause in sentence.clauses]
    return sum(shared_with(reading.line, piece) >= _HALF for piece in pieces) * 2 > len(pieces)


def _monotone(typed: str) -> bool:
    """Whether nearly all pieces are parted by the same sign: who talks also ends sentences."""
    signs = Counter(_SIGN.findall(typed))
    return bool(signs) and max(signs.values()) * 4 >= sum(signs.values()) * 3


def _limits(best: dict[str, Candidate], offers: list[Offer]) -> None:
    over = next((o for o in offers if not o.within), None)
    if over is None:
        return
    given = best.get("compensation")
    if given is not None and given.outcome == "credited":
        best["compensation"] = replace(given, outcome="partial", reason="beyond_authority")
    best["overpromise"] = Candidate("overpromise", "credited", over.start, over.end, "overpromise.over_limit")


def _inside(best: dict[str, Candidate]) -> None:
    """Facts, steps and deadlines told to a colleague are parts of the request to them."""
    asked = best.get("internal_request")
    if asked is not None and asked.outcome == "credited":
        for technique in _PARTS_OF_REQUEST & best.keys():
            del best[technique]


def _policy(best: dict[str, Candidate]) -> None:
    quoted = best.get("policy_quote_only")
    if quoted is None or quoted.outcome == "rejected":
        return
    helping = [c for c in best.values() if c.technique in (_WAY_FORWARD | _KIND) and _stands(c)]
    if helping:
        del best["policy_quote_only"]


def _stands(candidate: Candidate) -> bool:
    """Whether it was done, in whole or in part; what is only likely was not."""
    return candidate.outcome != "rejected" and candidate.reason != UNSURE


def _ground(best: dict[str, Candidate]) -> None:
    """A reassurance with a way forward in the same turn has something behind it."""
    calm = best.get("reassurance")
    grounded = any(best[t].outcome == "credited" for t in _GROUND if t in best)
    if calm is not None and calm.outcome == "partial" and calm.reason == "nothing_behind_it" and grounded:
        best["reassurance"] = replace(calm, outcome="credited", reason="")


def _cancel(best: dict[str, Candidate]) -> None:
    harm = next((best[t] for t in CANCELLING if t in best and _harms(best[t])), None)
    if harm is None:
        return
    for technique in CANCELLED & best.keys():
        if best[technique].outcome != "rejected":
            best[technique] = _rejected(best[technique], "blame_after", (harm.start, harm.end))


def _harms(candidate: Candidate) -> bool:
    """Whether it takes kindness back: it is certain, or a rule and the weights both think it likely."""
    backed = candidate.outcome == "partial" and not candidate.rule.endswith(".weights")
    return candidate.outcome == "credited" or backed

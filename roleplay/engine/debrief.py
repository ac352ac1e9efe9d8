"""After the talk: what was shown and what was missed.

Owns the roll-up of one session. Everything is an integer or a word with its parts listed, so that a person can check it. A debrief
is coaching on one talk; it decides nothing about competence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roleplay.engine.bars import Bar, harm, three_bars
from roleplay.engine.events import CUSTOMER, Rating, RatingWord, TurnTaken
from roleplay.engine.session import SessionState
from roleplay.scenarios.model import Outcome, Scenario
from roleplay.scenarios.walk import opportunities
from roleplay.standards.codebook import NEGATIVE

ROLL_UP = "best_standing/1"
"""Name of the rule by which opportunities and indicators are rolled up, printed wherever its result is. An opportunity is worth its
best standing rating, at most partly if a standing reply spoiled it; an indicator is met if all its opportunities are, not met if
none is even partly, otherwise partly."""

_WORTH: Mapping[RatingWord, int] = MappingProxyType({"not_observed": 0, "not_met": 1, "partly": 2, "met": 3})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the trainee that count as evidence. Offsets into the reply of turn `number`, or, where that is 0, into a field of `form`."""

    number: int
    start: int
    end: int
    text: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class OpportunityResult:
    """`tries`: standing replies rated against it."""

    opportunity: str
    word: RatingWord
    tries: int


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    indicator: str
    word: RatingWord
    opportunities: tuple[OpportunityResult, ...]
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    opportunity: str
    tip: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the trainee wrote beside weak and good replies, and the rule that parts them. `own` "" if nothing was tried."""

    opportunity: str
    word: RatingWord
    own: str
    weak: tuple[str, ...]
    good: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """`best_turn`, `weakest_turn`: numbers of standing replies, None without any. `curve`: (turn, mood, trust)."""

    outcome: Outcome | None
    epilogue: str
    indicators: tuple[IndicatorResult, ...]
    best_turn: int | None
    weakest_turn: int | None
    missed: tuple[Missed, ...]
    comparisons: tuple[Comparison, ...]
    curve: tuple[tuple[int, int, int], ...]
    bars: tuple[Bar, ...]
    needs: tuple[str, ...]
    unasked: tuple[str, ...]
    about: str
    holds_back: str
    roll_up: str = ROLL_UP


@dataclass(frozen=True, slots=True)
class _Shown:
    """Something written that was rated: a reply, or a field of a form."""

    number: int
    form: str
    text: str
    ratings: tuple[Rating, ...]


def _all_shown(state: SessionState) -> tuple[_Shown, ...]:
    """What counts, in order: the standing replies, then the forms as last handed in."""
    said = tuple(_Shown(t.number, "", t.text, t.ratings) for t in state.standing)
    return said + tuple(_Shown(0, f.form, f.text, f.ratings) for f in state.handed_in)


def debrief(scenario: Scenario, state: SessionState) -> Debrief:
    """What `state` shows, against `scenario`. Replies that were retried do not count."""
    language = state.started.language
    turns, shown = state.standing, _all_shown(state)
    results = {o.id: _opportunity(o.id, shown) for _, o in opportunities(scenario)}
    here = scenario.state(state.state)
    return Debrief(
        outcome=state.ended.outcome if state.ended else None,
        epilogue=here.epilogue.in_(language) if here.outcome else "",
        indicators=_indicators(scenario, results, shown),
        best_turn=_best(turns),
        weakest_turn=_weakest(turns),
        missed=tuple(
            Missed(o.id, o.tip.in_(language))
            for _, o in opportunities(scenario)
            if results[o.id].word in ("partly", "not_met")
        ),
        comparisons=_comparisons(scenario, results, state),
        curve=state.curve,
        bars=three_bars(scenario, state),
        needs=tuple(need.text.in_(language) for need in scenario.persona.needs),
        unasked=tuple(f.text.in_(language) for f in scenario.facts if f.tell and f.id not in state.known),
        about=scenario.persona.about.in_(language),
        holds_back=scenario.persona.holds_back.in_(language),
    )


def _ratings(shown: tuple[_Shown, ...], opportunity: str) -> list[tuple[_Shown, Rating]]:
    return [(one, r) for one in shown for r in one.ratings if r.opportunity == opportunity]


def _opportunity(id: str, shown: tuple[_Shown, ...]) -> OpportunityResult:
    rated = [r for _, r in _ratings(shown, id)]
    best: RatingWord = max((r.word for r in rated), key=_WORTH.__getitem__, default="not_observed")
    if best == "met" and any(r.rule == "spoiled" for r in rated):
        best = "partly"
    return OpportunityResult(id, best, len(rated))


def _indicators(
    scenario: Scenario, results: Mapping[str, OpportunityResult], shown: tuple[_Shown, ...]
) -> tuple[IndicatorResult, ...]:
    by_indicator: dict[str, list[OpportunityResult]] = {}
    for _, opportunity in opportunities(scenario):
        for indicator in opportunity.indicators:
            by_indicator.setdefault(indicator, []).append(results[opportunity.id])
    return tuple(
        IndicatorResult(indicator, _roll_up(found), tuple(found), _quotes(found, shown))
        for indicator, found in sorted(by_indicator.items())
    )


def _roll_up(found: list[OpportunityResult]) -> RatingWord:
    words = [r.word for r in found if r.word != "not_observed"]
    if not words:
        return "not_observed"
    if all(word == "met" for word in words):
        return "met"
    return "not_met" if all(word == "not_met" for word in words) else "partly"


def _quotes(found: list[OpportunityResult], shown: tuple[_Shown, ...]) -> tuple[Quote, ...]:
    """The evidence, without words that stand inside longer evidence of the same reply or field."""
    quotes = {
        Quote(one.number, e.start, e.end, one.text[e.start : e.end], one.form)
        for result in found
        for one, rating in _ratings(shown, result.opportunity)
        if rating.word in ("met", "partly")
        for e in rating.evidence
    }
    whole = [q for q in quotes if not any(_inside(q, other) for other in quotes)]
    return tuple(sorted(whole, key=lambda q: (q.form, q.number, q.start, q.end, q.text)))


def _inside(quote: Quote, other: Quote) -> bool:
    same = (quote.number, quote.form) == (other.number, other.form) and quote != other
    return same and other.start <= quote.start and quote.end <= other.end and quote.text in other.text


def _turn_value(turn: TurnTaken) -> int:
    rated = sum(_WORTH[r.word] - 1 for r in turn.ratings if r.word != "not_observed")
    good = sum(d.technique not in NEGATIVE and d.outcome == "credited" for d in turn.analysis.detections)
    return 4 * rated - 6 * harm(turn) + good


def _best(turns: tuple[TurnTaken, ...]) -> int | None:
    """The first of the best turns."""
    return max(turns, key=lambda turn: (_turn_value(turn), -turn.number)).number if turns else None


def _weakest(turns: tuple[TurnTaken, ...]) -> int | None:
    """The first of the weakest among the replies to the customer that hurt, promised too much, missed something or spoiled it; none where all
    is well."""
    weak = [
        turn
        for turn in turns
        if turn.to == CUSTOMER and (harm(turn) or _beyond(turn) or _cooled(turn) or _fell_short(turn))
    ]
    if not weak:
        return None
    return min(weak, key=lambda turn: (_turn_value(turn) - 4 * _beyond(turn) - _cooled(turn), turn.number)).number


def _fell_short(turn: TurnTaken) -> bool:
    """Whether something was spoiled, or missed by a reply that did nothing else: one that carries the talk on also leaves behind what was not
    done."""
    not_met = [r for r in turn.ratings if r.word == "not_met"]
    return any(r.rule == "spoiled" for r in not_met) or (bool(not_met) and len(not_met) == len(turn.ratings))


def _beyond(turn: TurnTaken) -> int:
    return sum(not offer.within for offer in turn.analysis.offers)


def _cooled(turn: TurnTaken) -> int:
    """By how many points the reply itself lowered the customer's mood."""
    return max(0, -sum(mood for _, mood, _ in turn.move.rules))


def _comparisons(
    scenario: Scenario, results: Mapping[str, OpportunityResult], state: SessionState
) -> tuple[Comparison, ...]:
    """Those not met first, then the met ones. Which wordings are shown follows from what was typed, so that another play shows others."""
    language = state.started.language
    order: tuple[RatingWord, ...] = ("not_met", "partly", "met")
    found = []
    typed = sum(len(turn.text) for turn in state.standing)
    for _, opportunity in opportunities(scenario):
        result = results[opportunity.id]
        rated = _ratings(_all_shown(state), opportunity.id)
        if result.word == "not_observed" or not (opportunity.weak and opportunity.good):
            continue
        tried = [pair for pair in rated if pair[1].rule not in ("missed", "open")]
        own = max(tried, key=lambda pair: (_WORTH[pair[1].word], -pair[0].number))[0].text if tried else ""
        weak, good = scenario.wordings(opportunity, language)
        found.append(
            Comparison(
                opportunity.id,
                result.word,
                own,
                _turned(weak, typed, WEAK_SHOWN),
                _turned(good, typed, GOOD_SHOWN),
                opportunity.rule.in_(language),
            )
        )
    return tuple(sorted(found, key=lambda c: order.index(c.word)))


WEAK_SHOWN, GOOD_SHOWN = 2, 3


def _turned(texts: tuple[str, ...], by: int, count: int) -> tuple[str, ...]:
    """`count` of `texts`, beginning `by` further on."""
    return tuple(dict.fromkeys(texts[(by + k) % len(texts)] for k in range(min(count, len(texts)))))

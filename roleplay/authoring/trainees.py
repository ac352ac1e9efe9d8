"""Trainees that are models: what each would say next in a scenario, from labelled replies.

Owns the models. What they say are words of people: the replies of a scenario's opportunities, its sheets and its rehearsals, and the labelled
examples of the techniques. Chance comes from the dice handed in. Refuses to know what a talk is worth in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from roleplay.authoring.rehearsals import walked
from roleplay.engine.events import CUSTOMER, LetTimePass, SubmitReply, TimePassed, TurnTaken
from roleplay.engine.refusals import REPLY_LIMIT, Refused
from roleplay.engine.session import SessionState
from roleplay.engine.stage import Stage
from roleplay.library import detector, good_examples
from roleplay.scenarios.model import Language, Outcome
from roleplay.scenarios.rehearsal import Rehearsal
from roleplay.scenarios.walk import opportunities
from roleplay.standards.codebook import NEGATIVE

Step = SubmitReply | LetTimePass


@dataclass(frozen=True, slots=True)
class Line:
    """Something that can be said. `text` "": let time pass."""

    text: str
    to: str = CUSTOMER


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What can be said in a scenario in one language. `good`, `weak`: by opportunity. `played`: (state, quality) -> lines of rehearsals said there.
    `elsewhere`: labelled examples of techniques that help, `harmful`: of those that hurt, from other cases. `policies`: texts of the cards.
    `cues`: the words that facts and techniques are known by."""

    good: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    played: Mapping[tuple[str, str], tuple[Line, ...]]
    elsewhere: tuple[str, ...]
    harmful: tuple[str, ...]
    apologies: tuple[str, ...]
    policies: tuple[str, ...]
    cues: tuple[str, ...]


_CUES_EACH, _CUE_HAN, _CUE_WORDS = 3, 6, 3
"""How many of the shortest labelled examples of a technique are its cues, and how long they may be."""


def _cues(texts: Iterable[str]) -> list[str]:
    short = (t for t in texts if (len(t.split()) <= _CUE_WORDS if t.isascii() else len(t) <= _CUE_HAN))
    return sorted(short, key=lambda t: (len(t), t))[:_CUES_EACH]


def repertoire(stage: Stage, rehearsals: Sequence[Rehearsal], language: Language) -> Repertoire:
    """Everything the models can say in the scenario of `stage`."""
    scenario = stage.scenario
    wordings = {o.id: scenario.wordings(o, language) for _, o in opportunities(scenario)}
    helpful = good_examples().by_language.get(language, {})
    harmful = [
        e.text
        for t in detector().techniques.techniques
        if t.id in NEGATIVE
        for e in t.examples.get(language, ())
        if not e.reason
    ]
    cues = [cue for _, texts in sorted(helpful.items()) for cue in _cues(texts)]
    facts = [word for fact in scenario.facts for word in fact.words.in_(language)[:1]]
    return Repertoire(
        {id: good for id, (_, good) in wordings.items()},
        {id: weak for id, (weak, _) in wordings.items()},
        _played(stage, rehearsals, language),
        tuple(text for _, texts in sorted(helpful.items()) for text in texts),
        tuple(harmful),
        tuple(helpful.get("apology", ())),
        tuple(policy.text.in_(language)[:REPLY_LIMIT] for policy in scenario.brief.policies),
        (*cues, *facts),
    )


def _played(
    stage: Stage, rehearsals: Sequence[Rehearsal], language: Language
) -> dict[tuple[str, str], tuple[Line, ...]]:
    found: dict[tuple[str, str], dict[Line, None]] = {}
    for rehearsal in rehearsals:
        for state, turn in walked(stage, rehearsal, language):
            if turn is not None:
                line = Line("" if turn.wait else turn.say.in_(language), turn.to or CUSTOMER)
                found.setdefault((state.state, rehearsal.quality), {})[line] = None
    return {key: tuple(lines) for key, lines in found.items()}


# ---------------------------------------------------------------- what a model says next

Chooses = Callable[[Stage, SessionState, Repertoire, Random], Line | None]
"""What is said next; None if this trainee gives up."""


def _random(stage: Stage, state: SessionState, words: Repertoire, dice: Random) -> Line | None:
    """Any labelled reply from anywhere."""
    return Line(dice.choice((*words.elsewhere, *words.harmful)))


_CUES_AT_ONCE = 8
_COMMA: Mapping[Language, str] = {"zh": "，", "en": ", "}


def _stuffer(stage: Stage, state: SessionState, words: Repertoire, dice: Random) -> Line | None:
    """Cue words in a row, and the words of the case."""
    return Line(_COMMA[state.started.language].join(dice.sample(words.cues, min(_CUES_AT_ONCE, len(words.cues)))))


def _apologiser(stage: Stage, state: SessionState, words: Repertoire, dice: Random) -> Line | None:
    return Line(dice.choice(words.apologies))


def _policy_quoter(stage: Stage, state: SessionState, words: Repertoire, dice: Random) -> Line | None:
    return Line(dice.choice(words.policies)) if words.policies else None


def _novice(stage: Stage, state: SessionState, words: Repertoire, dice: Random) -> Line | None:
    """Says what comes first, as often good as weak; forgets that there is anybody else to ask."""
    weak = [*_weak_here(stage, state, words), *words.played.get((state.state, "poor"), ())]
    middling = list(words.played.get((state.state, "middling"), ()))
    good = [line for line in _good_here(stage, state, words) if line.to == CUSTOMER]
    return _any_of(dice, ((weak, 30), (middling, 30), (good, 35), ([Line(t) for t in words.elsewhere], 5)))


def _competent(stage: Stage, state: SessionState, words: Repertoire, dice: Random) -> Line | None:
    """Says what comes first, mostly good, and knows whom to ask."""
    good = [*_good_here(stage, state, words), *words.played.get((state.state, "good"), ())] or _good_anywhere(words)
    middling = list(words.played.get((state.state, "middling"), ()))
    return _any_of(dice, ((good, 80), (middling, 12), (_weak_here(stage, state, words), 8)))


_EXPERT_THINKS_OF = 40
"""Things that could be said, of all that sheets and rehearsals know; more take longer and change little."""


def _expert(stage: Stage, state: SessionState, words: Repertoire, dice: Random) -> Line | None:
    """Thinks of many things that can be said well here and says the best of them."""
    good = [*_good_here(stage, state, words), *words.played.get((state.state, "good"), ())]
    found = _best(stage, state, _some(dice, good, _EXPERT_THINKS_OF), dice)
    return found or _best(stage, state, _some(dice, [*good, *_good_anywhere(words)], _EXPERT_THINKS_OF), dice)


TRAINEES: Mapping[str, Chooses] = {
    "random": _random,
    "stuffer": _stuffer,
    "apologiser": _apologiser,
    "policy_quoter": _policy_quoter,
    "novice": _novice,
    "competent": _competent,
    "expert": _expert,
}
"""By name, the worst first."""


def _good_here(stage: Stage, state: SessionState, words: Repertoire) -> list[Line]:
    return [Line(t, to) for to, id in _open(stage, state) for t in words.good.get(id, ())]


def _good_anywhere(words: Repertoire) -> list[Line]:
    """What was said well in any state: for when nothing else is left."""
    return [line for (_, quality), lines in words.played.items() if quality == "good" for line in lines]


def _weak_here(stage: Stage, state: SessionState, words: Repertoire) -> list[Line]:
    return [Line(t, to) for to, id in _open(stage, state) if to == CUSTOMER for t in words.weak.get(id, ())]


def _open(stage: Stage, state: SessionState) -> Iterator[tuple[str, str]]:
    """(to whom, opportunity) of everything that can still be shown here."""
    for to in (CUSTOMER, *(party.id for party in stage.scenario.parties)):
        for opportunity in stage.open_opportunities(state, to):
            yield to, opportunity.id


def _some(dice: Random, lines: Sequence[Line], count: int) -> list[Line]:
    each = list(dict.fromkeys(lines))
    return dice.sample(each, min(count, len(each)))


def _any_of(dice: Random, choices: Sequence[tuple[list[Line], int]]) -> Line | None:
    there = [(lines, weight) for lines, weight in choices if lines]
    if not there:
        return None
    (lines,) = dice.choices([lines for lines, _ in there], [weight for _, weight in there])
    return dice.choice(lines)


def _best(stage: Stage, state: SessionState, lines: Sequence[Line], dice: Random) -> Line | None:
    """The line after which most is gained, as somebody sees who knows what it is about; of equals any. None if nothing is left to say."""
    said = {(turn.text, turn.to) for turn in state.standing}
    tried = [
        (_gain(stage, state, line), dice.random(), line)
        for line in lines
        if not line.text or (line.text, line.to) not in said
    ]
    found = [row for row in tried if row[0] is not None]
    return max(found, key=lambda row: (row[0], row[1]))[2] if found else None


_WORTH = {"met": 12, "partly": 4, "not_met": -6, "not_observed": 0}
_END_WORTH: Mapping[Outcome, int] = {"solved_warmed": 3, "solved": -5, "unsolved": -60, "escalated": -40}


def _gain(stage: Stage, state: SessionState, line: Line) -> int | None:
    """What `line` brings at once, in points of no unit. None if it cannot be said."""
    try:
        fact = stage.decide(state, step(line, state))[0]
    except Refused:
        return None
    assert isinstance(fact, TurnTaken | TimePassed)
    move = fact.move
    gain = (move.mood - state.mood + move.trust - state.trust) // 2
    gain += 3 * (len(move.revealed) + len(move.granted))
    if move.outcome is not None:
        gain += _END_WORTH[move.outcome]
    if isinstance(fact, TurnTaken):
        gain += sum(_WORTH[rating.word] for rating in fact.ratings)
    else:
        gain -= 2
    return gain


def step(line: Line, state: SessionState) -> Step:
    """`line` as a command in the session that stands at `state`."""
    number = len(state.curve)
    return SubmitReply(line.text[:REPLY_LIMIT], number, f"t{number}", line.to) if line.text else LetTimePass(number)

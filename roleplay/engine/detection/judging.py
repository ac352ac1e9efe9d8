"""What the trained weights make of a reply and of what the rules proposed.

Owns the hand-off: the rules propose and reject with reasons, the weights (which see what the rules proposed) say how sure it is. A
score in the upper band credits, in the lower band is partial, below it the rules' proposal falls. Refuses to know how a whole turn is
resolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from roleplay.engine.detection.candidates import UNSURE, Candidate
from roleplay.engine.detection.features import Seen, Vocabulary, features
from roleplay.engine.detection.frames import REASON_OF, framed
from roleplay.engine.detection.lexicon import starts_of_words, tokens
from roleplay.engine.detection.linear import SCALE, Weights
from roleplay.engine.detection.questions import asks_nothing
from roleplay.engine.detection.reading_reply import Reading
from roleplay.engine.detection.resolve import CANCELLED, CANCELLING
from roleplay.engine.detection.techniques import Technique, TechniqueSet
from roleplay.standards.codebook import FAMILIES, FAMILY_OF, NEGATIVE

EXPECTED = 3 * SCALE // 2
"""What a technique gains where the scenario looks for it: who answers this customer at this moment is likelier to do it."""
EXPLAINED = 3 * SCALE
"""What it gains when a rule says that and why it is only a part."""
BARE = {"apology": 8 * SCALE, "reassurance": 8 * SCALE, "reassurance.wish": 16 * SCALE}
"""The same where the part is a set form (by the technique or the rule): who only says sorry, or not to worry, has said it."""
LIKELY = 5 * SCALE // 2
"""How far above the partial band harm must lie to be credited without a rule."""
WORDS = 3 * SCALE // 2
"""How much the words of a clause must say for a greeting, thanks or goodbye that no rule saw: place and length prove nothing there."""
EXPECTED_BACKED = 4 * SCALE
"""What it gains when a rule credits it as well."""
FORMED = {
    **dict.fromkeys(FAMILIES["contact"], 3 * SCALE),
    "farewell": 8 * SCALE,
    "thanks.word": 6 * SCALE,
    **dict.fromkeys(FAMILIES["apology"], 8 * SCALE),
    **dict.fromkeys(("open_question", "closed_question"), 4 * SCALE),
    **dict.fromkeys(("paraphrase.stem", "reflect_feeling.stem"), 20 * SCALE),
    "validate.sorry_to_hear": 12 * SCALE,
    "reassurance.i_stay": 4 * SCALE,
    "explain_information.reason": SCALE,
}
"""What a technique gains whose form a rule saw (by the technique or the rule): set forms make a greeting, an apology, a question, a
reflection ("so you…", "it sounds like you…"), whatever was said before them; the weights tell which kind. "Because …" explains, and who will
see to it himself reassures."""
ALONE = 3 * SCALE
"""How far below the partial band a way of listening may lie where a reply does nothing else and no scenario tells what to look for: people
who only listen are worded most freely, and to see nothing at all would be the greater mistake."""
_BESIDE_FORMS = frozenset({*FAMILIES["contact"], "curt"})
"""What the weights alone do not see in the words of a set form: who says "hello there" has neither given a name nor been rude."""
_ASKING = frozenset(FAMILIES["question"])
_LISTENING = frozenset({*FAMILIES["reflection"], *FAMILIES["empathy"]})


def judged(
    reading: Reading,
    proposed: list[Candidate],
    weights: Weights,
    techniques: TechniqueSet,
    vocabulary: Vocabulary[int],
) -> list[Candidate]:
    """The candidates after the weights have spoken: those of the rules, credited, partial or rejected anew, and new ones. What stands in
    a frame that rejects the technique is none."""
    seen = features(reading, proposed, vocabulary)
    scores = _scores(seen, weights)
    by_technique = list(zip(*scores, strict=True))
    highest = [max(of_one) + said for of_one, said in zip(by_technique, weights.of_line(seen.line), strict=True)]
    heard = [score + said for score, said in zip(highest, weights.dependence.said(highest), strict=True)]
    standing = [c for c in proposed if c.outcome == "rejected"]
    by_clause: dict[int, list[list[int]]] = {}
    fallen: list[tuple[int, int]] = []
    live = _by_technique(c for c in proposed if c.outcome != "rejected")
    formed = [(c.start, c.end) for name in FAMILIES["contact"] for c in live.get(name, ())]
    bare = not _says_more(reading, (0, len(reading.text)), formed)
    for number, technique in enumerate(weights.techniques):
        mine = live.get(technique, [])
        score, band = heard[number], weights.bands[number]
        best = by_technique[number].index(max(by_technique[number]))
        expected = technique in reading.situation.expected
        backed_by = [c.rule for c in mine if c.outcome == "credited"]
        backed = bool(backed_by)
        gained = (EXPECTED_BACKED if backed else EXPECTED) * expected
        if any(c.reason for c in mine) and not backed:
            gained = max(gained, EXPLAINED, *(BARE.get(name, 0) for name in (technique, *(c.rule for c in mine))))
        if backed:
            gained = max(gained, *(FORMED.get(name, 0) for name in (technique, *backed_by)))
        if score + gained < band.partial:
            fallen.append((band.partial - score, number))
            continue
        sure = score + (gained if bare and FAMILY_OF[technique] == "contact" else 0) >= (
            band.backed if backed else band.credited
        ) or (expected and backed)
        if technique in NEGATIVE and not backed:
            sure = sure and score >= band.partial + LIKELY
        if best not in by_clause:
            by_clause[best] = _clause_scores(reading, seen, weights, best)
        evidence = _evidence(reading, by_clause[best], weights.bias[number], number, best)
        if not mine:
            words = max(row[number] for row in by_clause[best]) - weights.bias[number]
            if FAMILY_OF[technique] == "contact" and words < WORDS:
                continue
            if _only_a_form(reading, technique, best, evidence, formed):
                continue
            if not _says_something(reading, evidence) or _in_frame(
                reading, evidence, best, techniques.technique(technique)
            ):
                continue
            refused = next((c for c in standing if c.technique == technique and _overlap(c, evidence)), None)
            if refused is None:
                standing.append(_new(technique, evidence, sure=sure))
            continue
        standing.extend(c if sure or c.reason else replace(c, outcome="partial", reason=UNSURE) for c in mine)
    if any(c.technique in CANCELLING and c.outcome == "credited" for c in standing):
        gone = {weights.techniques[number] for _, number in fallen} & CANCELLED
        mine = [c for c in proposed if c.technique in gone and c.outcome != "rejected"]
        standing.extend(replace(c, outcome="partial", reason=UNSURE) for c in mine)  # taken back, not vanished
    near = [(far, n) for far, n in fallen if weights.techniques[n] in _LISTENING and far <= ALONE]
    if near and not reading.situation.in_scenario and all(c.outcome == "rejected" for c in standing):
        _, number = min(near)
        best = by_technique[number].index(max(by_technique[number]))
        standing.extend(_listening(reading, seen, weights, techniques, standing, number, best))
    return standing


def _by_technique(candidates: Iterable[Candidate]) -> Mapping[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault(candidate.technique, []).append(candidate)
    return found


def _scores(seen: Seen[int], weights: Weights) -> list[list[int]]:
    """The score of every technique, sentence by sentence."""
    everywhere = weights.sum_of_reply(seen.reply) + weights.sum([key for key, _ in seen.elsewhere])
    own: dict[int, list[int]] = {}
    for key, only in seen.elsewhere:
        own.setdefault(only, []).append(key)
    return [weights.scores(row, everywhere - weights.sum(own.get(n, ()))) for n, row in enumerate(seen.sentences)]


def _listening(
    reading: Reading,
    seen: Seen[int],
    weights: Weights,
    techniques: TechniqueSet,
    rejected: Sequence[Candidate],
    number: int,
    sentence: int,
) -> Iterator[Candidate]:
    """What a reply that does nothing else may be, if nothing speaks against it."""
    technique = weights.techniques[number]
    scores = _clause_scores(reading, seen, weights, sentence)
    span = _evidence(reading, scores, weights.bias[number], number, sentence)
    if any(c.technique == technique for c in rejected) or not _says_something(reading, span):
        return
    if not _in_frame(reading, span, sentence, techniques.technique(technique)):
        yield _new(technique, span, sure=False)


def _new(technique: str, evidence: tuple[int, int], *, sure: bool) -> Candidate:
    rule = f"{technique}.weights"
    if sure:
        return Candidate(technique, "credited", *evidence, rule)
    return Candidate(technique, "partial", *evidence, rule, UNSURE)


def _clause_scores(reading: Reading, seen: Seen[int], weights: Weights, sentence: int) -> list[list[int]]:
    """For every clause of a sentence what its own features say for every technique; those of the whole sentence left out."""
    return [weights.scores(seen.of_clause(sentence, clause)) for clause in reading.sentences[sentence].clauses]


def _evidence(reading: Reading, scores: list[list[int]], bias: int, number: int, sentence: int) -> tuple[int, int]:
    """The clauses that speak most for technique `number`: the best one, and its neighbours where they say half as much."""
    clauses = reading.sentences[sentence].clauses
    worth = [row[number] - bias for row in scores]
    best = max(range(len(clauses)), key=lambda n: (worth[n], -n))
    first = last = best
    while first > 0 and worth[first - 1] * 2 >= worth[best] > 0:
        first -= 1
    while last + 1 < len(clauses) and worth[last + 1] * 2 >= worth[best] > 0:
        last += 1
    return clauses[first].start, clauses[last].end


def _in_frame(reading: Reading, span: tuple[int, int], sentence: int, technique: Technique) -> bool:
    """Whether the words are quoted, reported, supposed, mocking or talk to the program. Negation is left to the weights: without a cue
    nobody knows what it negates."""
    names = tuple(name for name in technique.frames if REASON_OF.get(name, name) != "negation")
    whole = reading.sentences[sentence]
    _, _, clause = reading.place(span[0])
    return framed(names, reading.text, whole, clause, span[0] + 1, span[1]) is not None


def _says_something(reading: Reading, span: tuple[int, int]) -> bool:
    """Two Han characters or two words at least: less proves nothing without a rule."""
    return len(tokens(reading.text[span[0] : span[1]].strip(_MARKS), 0, span[1] - span[0]).words) >= _TOKENS_AT_LEAST


def _only_a_form(
    reading: Reading, technique: str, sentence: int, evidence: tuple[int, int], formed: Sequence[tuple[int, int]]
) -> bool:
    """Whether the weights see a technique in the words of a set form of another, or of none."""
    if technique in _BESIDE_FORMS:
        return not _says_more(reading, evidence, formed)
    return technique in _ASKING and asks_nothing(reading, reading.sentences[sentence])


def _says_more(reading: Reading, span: tuple[int, int], than: Sequence[tuple[int, int]]) -> bool:
    """Two Han characters or two words at least, without those in `than`, which are something else already, and without marks."""
    words = starts_of_words(reading.text, *span)
    more = (at for at in words if not any(start <= at < end for start, end in than))
    return len(list(islice(more, _TOKENS_AT_LEAST))) == _TOKENS_AT_LEAST


_MARKS = " ,.!?;:、。…~\n"
_TOKENS_AT_LEAST = 2


def _overlap(candidate: Candidate, span: tuple[int, int]) -> bool:
    return candidate.start < span[1] and span[0] < candidate.end

"""Commands about techniques: list, show, lint, explain, train, evaluate, and detect.

Owns how they are printed. Refuses to know how techniques are found, trained or measured.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from roleplay.commands.wiring import DONE, FAILED, WRONG, error, out
from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.words.command import say

if TYPE_CHECKING:
    from roleplay.engine.detection.techniques import TechniqueSet
    from roleplay.training.evaluating import Measured


def detect(arguments: argparse.Namespace) -> int:
    from roleplay.engine.detection.records import BadLine, detect_line
    from roleplay.library import detector

    status = DONE
    found = detector()
    for number, raw in enumerate(sys.stdin.buffer, 1):
        line = raw.decode("utf-8", errors="replace")
        if line.strip():
            try:
                print(detect_line(line, number, found), flush=False)
            except BadLine as problem:
                error(str(problem))
                status = WRONG
    sys.stdout.flush()
    return status


def techniques(arguments: argparse.Namespace) -> int:
    """`roleplay techniques [WHAT] [TEXT]`. A technique's id alone shows it."""
    what = arguments.what or "list"
    if what in _ACTIONS:
        return _ACTIONS[what](arguments)
    arguments.text = what
    return _show(arguments)


def _list(arguments: argparse.Namespace) -> int:
    from roleplay.library import techniques as shipped
    from roleplay.standards.codebook import FAMILIES
    from roleplay.words.feedback import technique_text

    found, language = shipped(), arguments.lang
    for family, members in FAMILIES.items():
        out(f"{family}  {technique_text(family, lambda id: found.label(id, language), language)}")
        for id in members:
            out(f"    {id:24} {found.label(id, language)}  {found.technique(id).means[language]}")
    return DONE


def _show(arguments: argparse.Namespace) -> int:
    from difflib import get_close_matches

    from roleplay.library import techniques as shipped

    found, language, id = shipped(), arguments.lang, arguments.text or ""
    ids = [t.id for t in found.techniques]
    if id not in ids:
        near = get_close_matches(id, [*ids, *_ACTIONS], n=1)
        error(say("unknown_name" if near else "unknown_technique", language, ref=id, near=near[0] if near else ""))
        return FAILED
    technique = found.technique(id)
    out(f"{technique.id}  {technique.label[language]}  ({technique.family}; {technique.source})")
    out(technique.means[language])
    for example in technique.examples[language]:
        out(f"  {'✗' if example.reason else '✓'} {example.text}{_reason(example.reason, language)}")
    _show_band(found, id, language)
    return DONE


def _show_band(found: TechniqueSet, id: str, language: Language) -> None:
    from roleplay.engine.detection.linear import NEVER
    from roleplay.library import detector

    for talk in detector().weights.languages:
        weights = detector().weights.get(talk)
        assert weights is not None
        band = weights.bands[weights.techniques.index(id)]
        key = "band" if band.backed < NEVER else "band_partial"
        out(
            say(
                key,
                language,
                talk=talk,
                credited=_units(band.credited),
                backed=_units(band.backed),
                partial=_units(band.partial),
            )
        )


def _units(score: int) -> str:
    """A score in units of log-odds."""
    from roleplay.engine.detection.linear import NEVER, SCALE

    return f"{score / SCALE:+.2f}" if abs(score) < NEVER else "–"


def _reason(reason: str, language: Language) -> str:
    from roleplay.engine.detection.reasons import reason_text

    return f"  {reason_text(reason, language)}" if reason else ""


def _explain(arguments: argparse.Namespace) -> int:
    from roleplay.engine.detection.reasons import reason_text
    from roleplay.engine.refusals import REPLY_LIMIT
    from roleplay.library import detector
    from roleplay.training.explaining import explain

    text, language = arguments.text or "", arguments.lang
    if not text.strip() or len(text) > REPLY_LIMIT:
        error(say("explain_needs_text", language, most=REPLY_LIMIT))
        return FAILED
    found = detector()
    for sentence in explain(found, text, arguments.customer):
        out(f"「{sentence.text}」" if language == "zh" else f"“{sentence.text}”")
        for frame in sentence.frames:
            out(f"    [{frame.reason}] {frame.words}: {reason_text(frame.reason, language)}")
        for row, sign in ((sentence.candidates, " "), (sentence.found, "⇒")):
            for seen in row:
                mark = {"credited": "✓", "partial": "◐", "rejected": "✗"}[seen.outcome]
                label = found.techniques.label(seen.technique, language)
                reason = _reason(seen.reason, language)
                out(f"  {sign} {mark} {label} ({seen.technique}) {seen.rule}: {seen.words}{reason}")
        for score in sentence.scores:
            label = found.techniques.label(score.technique, language)
            out(
                f"    {_units(score.score)}  {label}  ({_units(score.partial)} / {_units(score.credited)})  {score.because}"
            )
    return DONE


def _lint(arguments: argparse.Namespace) -> int:
    from roleplay.library import detector
    from roleplay.training.corpus import read_corpus
    from roleplay.training.linting import lint

    found, rows = detector(), lint(detector(), read_corpus())
    wanted = [row for row in rows if arguments.text in (None, row.technique)]
    for row in wanted:
        sentence = say(f"lint.{row.kind}", arguments.lang, count=row.count, about=row.about)
        out(f"{row.technique:24} {row.language}  {row.kind:8} {sentence}")
    broken = sum(row.kind == "broken" for row in wanted)
    out(say("lint.sum", arguments.lang, count=len(wanted), broken=broken, techniques=len(found.techniques.techniques)))
    return WRONG if broken else DONE


def _train(arguments: argparse.Namespace) -> int:
    from roleplay.engine.detection.weights_file import compiled
    from roleplay.library import techniques as shipped
    from roleplay.training import learning
    from roleplay.training.corpus import corpus_hash, read_corpus

    if not learning.available():
        error(say("needs_train_extra", arguments.lang))
        return FAILED
    rules = shipped()
    room = Path(arguments.out) if arguments.out else learning.shipped_room()
    for language in LANGUAGES:
        examples = [e for part in ("train", "tune") for e in read_corpus(language, part)]
        out(f"{language}: {say('training', arguments.lang, count=len(examples))}")
        made = learning.trained(examples, rules, progress=lambda line: out(f"  {line}"))
        target, text = room / f"weights.{language}.json", learning.as_file(made, corpus_hash(language))
        target.write_text(text, encoding="utf-8")
        target.with_suffix(".bin").write_bytes(compiled(text))
        out(say("trained", arguments.lang, path=target))
    return DONE


def _evaluate(arguments: argparse.Namespace) -> int:
    from roleplay.library import detector
    from roleplay.training.corpus import read_corpus
    from roleplay.training.evaluating import look, measure

    for language in LANGUAGES:
        examples = read_corpus(language, arguments.part)
        if not examples:
            out(say("no_examples", arguments.lang, part=arguments.part, talk=language))
            continue
        for line in _table(language, measure(look(examples, detector())), arguments.lang):
            out(line)
    return DONE


def _unseen(arguments: argparse.Namespace) -> int:
    """Every author of train and tune measured with weights that know nothing of him."""
    from roleplay.engine.detection.detector import Detector
    from roleplay.engine.detection.weights_file import WeightSet, compiled
    from roleplay.library import techniques as shipped
    from roleplay.training import learning
    from roleplay.training.corpus import read_corpus
    from roleplay.training.evaluating import Seen, folds, look, measure

    if not learning.available():
        error(say("needs_train_extra", arguments.lang))
        return FAILED
    rules = shipped()
    for language in LANGUAGES:
        examples = [e for part in ("train", "tune") for e in read_corpus(language, part)]
        seen: list[Seen] = []
        for held in folds(examples, learning.RECIPE.folds):
            made = learning.trained([e for e in examples if e.author not in held], rules)
            found = Detector(rules, WeightSet({language: compiled(learning.as_file(made, ""))}))
            seen += look([e for e in examples if e.author in held], found)
            out(f"  {language}  {', '.join(held)}")
        for line in _table(language, measure(seen), arguments.lang):
            out(line)
    return DONE


def _curve(arguments: argparse.Namespace) -> int:
    """What more authors brought: detectors trained on a part of the authors, measured on those of `--part`."""
    from roleplay.engine.detection.detector import Detector
    from roleplay.engine.detection.weights_file import WeightSet, compiled
    from roleplay.library import techniques as shipped
    from roleplay.training import learning
    from roleplay.training.corpus import Example, read_corpus
    from roleplay.training.evaluating import learning_curve

    if not learning.available():
        error(say("needs_train_extra", arguments.lang))
        return FAILED
    rules = shipped()
    for language in LANGUAGES:

        def made(examples: Sequence[Example], language: Language = language) -> Detector:
            weights = compiled(learning.as_file(learning.trained(examples, rules), ""))
            return Detector(rules, WeightSet({language: weights}))

        held = read_corpus(language, arguments.part)
        if not held:
            out(say("no_examples", arguments.lang, part=arguments.part, talk=language))
            continue
        for authors, replies, micro, kin in learning_curve(read_corpus(language, "train"), held, made, (8, 4, 2, 1)):
            out(say("curve_row", arguments.lang, talk=language, authors=authors, replies=replies))
            out(f"    micro-F1 {_fit(micro)}   {say('families', arguments.lang)} {_fit(kin)}")
    return DONE


def _agreement(arguments: argparse.Namespace) -> int:
    from roleplay.training.agreement import agree, second_labels
    from roleplay.training.corpus import read_corpus

    for talk in LANGUAGES:
        found = agree(read_corpus(talk, reviewed=False), second_labels(talk))
        if found is None:
            out(say("no_second", arguments.lang, talk=talk))
            continue
        out(f"{talk}  {say('agreement', arguments.lang, replies=found.replies)}")
        out(f"  micro-F1 {_fit(found.micro)}")
        out(f"  {say('families', arguments.lang)} {_fit(found.family)}")
        for family, fit in found.each_family.items():
            out(f"  = {family:24} {fit.labelled:4}   {_fit(fit)}   kappa {found.kappas[family]:.2f}")
        for id, fit in found.each.items():
            out(f"  {id:26} {fit.labelled:4}   {_fit(fit)}")
    return DONE


def _ratings(arguments: argparse.Namespace) -> int:
    from roleplay.authoring.rehearsals import rated_after
    from roleplay.library import bundled_packs, open_shelf, pack_folders
    from roleplay.training.ratings import Rated, compare, kappa_of_words, read_rated

    shelves = [open_shelf(folder) for folder in pack_folders([bundled_packs()])]
    scenarios = {s.id: s for shelf in shelves if shelf.pack for s in shelf.pack.scenarios}
    rehearsals = {r.file: r for shelf in shelves for r in shelf.loaded.rehearsals}

    def rate(one: Rated) -> Mapping[str, str]:
        return rated_after(scenarios[one.scenario], rehearsals[one.rehearsal], one.language, one.after, one.reply)

    for talk in LANGUAGES:
        found = compare(list(read_rated(talk)), rate)
        if not found:
            out(say("no_rated", arguments.lang, talk=talk))
            continue
        raters = sorted({c.rated.author for c in found})
        for rater in raters:
            his = [c for c in found if c.rated.author == rater]
            same = sum(c.expert == c.program for c in his)
            out(f"{talk}  {rater}: {say('rated', arguments.lang, count=len(his), same=same)}")
            weighted = f"{say('weighted', arguments.lang)} {kappa_of_words(his, weighted=True):.2f}"
            out(f"  kappa {kappa_of_words(his):.2f}  {weighted}")
        if arguments.text == "all":
            for c in found:
                if c.expert != c.program:
                    out(
                        f"  {c.rated.scenario}+{c.rated.after} {c.opportunity}: {c.expert} ≠ {c.program}  {c.rated.reply}"
                    )
    return DONE


def _table(talk: Language, found: Measured, language: Language) -> list[str]:
    lines = [
        f"{talk}  {say('evaluated', language, replies=found.replies, authors=', '.join(found.authors))}",
        f"  micro-F1 {_fit(found.micro)}  [{found.micro_between[0]:.2f}, {found.micro_between[1]:.2f}]",
        f"  {say('families', language)} {_fit(found.family)}  [{found.family_between[0]:.2f}, {found.family_between[1]:.2f}]",
        f"  {say('bait', language, count=found.bait, taken=found.bait_taken, credited=found.bait_credited)}",
        f"  {'':26} {'n':>4}   {say('prf', language)}",
    ]
    for id, fit in found.each.items():
        whole = found.credited.get(id)
        precision = f"{whole.precision:.2f} ({whole.found})" if whole and whole.found else "–"
        lines.append(f"  {id:26} {fit.labelled:4}   {_fit(fit)}   {precision}")
    lines.extend(f"  = {id:24} {fit.labelled:4}   {_fit(fit)}" for id, fit in found.each_family.items())
    return lines


def _fit(fit: object) -> str:
    from roleplay.training.measuring import Fit

    assert isinstance(fit, Fit)
    return f"{fit.precision:.2f} / {fit.recall:.2f} / {fit.f1:.2f}"


_ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {
        "list": _list,
        "show": _show,
        "lint": _lint,
        "explain": _explain,
        "train": _train,
        "evaluate": _evaluate,
        "unseen": _unseen,
        "curve": _curve,
        "agreement": _agreement,
        "ratings": _ratings,
    }
)

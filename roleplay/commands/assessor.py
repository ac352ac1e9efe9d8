"""Commands of the assessor: what is recorded, whether it is whole, and in and out of the store.

Owns nothing but the way from arguments to a desk and back.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from roleplay.commands.trainee import run_app
from roleplay.commands.wiring import DONE, WRONG, desks, error, lines, open_store, out
from roleplay.scenarios.model import Language
from roleplay.words.command import say

if TYPE_CHECKING:
    from roleplay.review import ReviewDesk
    from roleplay.store.chain import Verdict


def transcripts(arguments: argparse.Namespace) -> int:
    from roleplay.words.command import say as sentence
    from roleplay.words.feedback import outcome_text

    with open_store(arguments) as store:
        rows = desks(arguments, store)[1].transcripts()
    for row in rows:
        end = outcome_text(row.outcome, arguments.lang) if row.ended else "…"
        out(f"{row.session}  {_when(row.started_at)}  {row.mode:10}  {row.title}  {end}")
    if not rows:
        out(sentence("no_transcripts", arguments.lang))
    return DONE


def _when(at: int) -> str:
    import time

    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at / 1000))


def replay(arguments: argparse.Namespace) -> int:
    if not arguments.plain and sys.stdin.isatty() and sys.stdout.isatty():
        return run_app(arguments, replay=arguments.source)
    with open_store(arguments) as store:
        return _replay_plain(desks(arguments, store)[1], arguments.source, arguments.lang)


def _replay_plain(review: ReviewDesk, source: str, language: Language) -> int:
    from roleplay.library import techniques
    from roleplay.printed import replay_lines

    transcript = review.open(source)
    state = transcript.state
    labels = techniques()
    for line in replay_lines(
        transcript.facts, transcript.scenario, lambda t: labels.label(t, state.started.language), state
    ):
        out(line)
    out(_integrity(transcript.source, transcript.integrity, language))
    again = review.rescore(transcript)
    if not again.possible:
        out(say("rescore_impossible", language))
    elif again.same:
        out(say("rescore_same", language))
    else:
        out(say("rescore_differs", language, count=len(again.differences)))
        for difference in again.differences:
            out(f"  {difference.number}. {difference.part}\n    - {difference.recorded}\n    + {difference.now}")
    if not again.same_techniques:
        out(say("other_techniques", language))
    return DONE if transcript.integrity.ok else WRONG


def _integrity(source: str, integrity: Verdict, language: Language) -> str:
    if integrity.ok:
        return say("verified", language, source=source, count=integrity.count, head=integrity.head)
    return say("not_verified", language, source=source, problem=integrity.sentence(language))


def verify(arguments: argparse.Namespace) -> int:
    status = DONE
    with open_store(arguments) as store:
        review = desks(arguments, store)[1]
        for source in arguments.source:
            integrity = review.verify(source)
            (out if integrity.ok else error)(_integrity(source, integrity, arguments.lang))
            status = status if integrity.ok else WRONG
    return status


def export(arguments: argparse.Namespace) -> int:
    with open_store(arguments) as store:
        lines = store.export(arguments.session)
        if arguments.file == "-":
            for line in lines:
                print(line)
            return DONE
        target = os.open(arguments.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(target, "w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(f"{line}\n" for line in lines)
    return DONE


def take_in(arguments: argparse.Namespace) -> int:
    with open_store(arguments) as store:
        session = store.import_lines(lines(arguments.file))
    out(say("imported", arguments.lang, session=session))
    return DONE


def receipt(arguments: argparse.Namespace) -> int:
    with open_store(arguments) as store:
        out(desks(arguments, store)[1].receipt(arguments.session, arguments.lang))
    return DONE


def erase(arguments: argparse.Namespace) -> int:
    with open_store(arguments) as store:
        store.erase(arguments.session)
    out(say("erased", arguments.lang, session=arguments.session))
    return DONE

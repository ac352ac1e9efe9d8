"""One sentence for a problem a person can do something about. Owns which exceptions those are."""

from __future__ import annotations

from roleplay.engine.refusals import Refused
from roleplay.library import LibraryProblem
from roleplay.scenarios.model import Language
from roleplay.store.problems import StoreProblem
from roleplay.words.command import say
from roleplay.words.feedback import refusal_text

EXPECTED = (Refused, LibraryProblem, StoreProblem)


def sentence(problem: Exception, language: Language) -> str:
    """What to tell the person. Raises `problem` again if it is a fault of ours."""
    if isinstance(problem, Refused):
        return refusal_text(problem.code, problem.detail, language)
    if isinstance(problem, StoreProblem):
        return problem.sentence(language)
    if isinstance(problem, LibraryProblem):
        near = problem.code == "no_such_scenario" and bool(problem.details.get("near"))
        return say(f"{problem.code}_near" if near else problem.code, language, **problem.details)
    raise problem

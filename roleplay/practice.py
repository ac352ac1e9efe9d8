"""The trainee's desk: a live session joined to the store.

Owns the order commit-then-show: what a method returns has been stored. Time and ids come from outside.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from roleplay import __version__
from roleplay.engine.debrief import Debrief, debrief
from roleplay.engine.events import (
    CUSTOMER,
    AskHint,
    Command,
    Fact,
    FillForm,
    Hints,
    HintShown,
    LeaveSession,
    LetTimePass,
    Mode,
    Pins,
    RetryTurn,
    SubmitReply,
)
from roleplay.engine.session import SessionState, evolve, fold
from roleplay.library import (
    Library,
    LibraryProblem,
    Progress,
    Shelf,
    detector,
    good_examples,
    kept_for_good,
    kept_scenario,
    techniques,
)
from roleplay.scenarios.model import Form, Language, Level, Outcome, Pack, Party, Scenario
from roleplay.scenarios.walk import opportunities
from roleplay.words.feedback import find_opportunity
from roleplay.words.safe import storable

if TYPE_CHECKING:  # the lobby is painted before any of these is needed
    from roleplay.engine.detection.techniques import TechniqueSet
    from roleplay.engine.stage import Stage
    from roleplay.store.database import Store

Clock = Callable[[], int]
"""UTC milliseconds since 1970."""
Ids = Callable[[], str]

_PINNED = ("pyyaml", "rapidfuzz", "transitions")


@dataclass(frozen=True, slots=True)
class Listing:
    """One scenario in the lobby. `plays`: finished sessions. `open_session`: one that can be resumed."""

    scenario: Scenario
    pack: Pack
    plays: int = 0
    best_outcome: Outcome | None = None
    open_session: str | None = None
    last_at: int | None = None


class Practice:
    """One live session."""

    def __init__(
        self, stage: Stage, state: SessionState, count: int, library: Library, store: Store, clock: Clock, ids: Ids
    ) -> None:
        self._stage = stage
        self._library = library
        self._store = store
        self._clock = clock
        self._ids = ids
        self._count = count
        self.state = state
        self.scenario = stage.scenario
        self.techniques: TechniqueSet = techniques()

    @property
    def session(self) -> str:
        return self.state.started.session

    @property
    def language(self) -> Language:
        return self.state.started.language

    @property
    def can_retry(self) -> bool:
        return self.state.started.mode == "practice" and self.state.before is not None

    @property
    def can_wait(self) -> bool:
        return self.state.ended is None and self.scenario.clock.wait > 0

    @property
    def forms(self) -> tuple[Form, ...]:
        """The work after the talk that is asked for now."""
        return self._stage.forms(self.state)

    @property
    def forms_left(self) -> tuple[Form, ...]:
        """Those of them not handed in yet."""
        done = {filled.form for filled in self.state.filled}
        return tuple(form for form in self.forms if form.id not in done)

    def fill(self, form: str, texts: Mapping[str, str]) -> tuple[Fact, ...]:
        """Hand in `form`. `texts`: field -> what was written. Refused if it cannot be; StoreProblem if it could not be kept."""
        written = tuple((field, storable(text)) for field, text in texts.items())
        return self._do(FillForm(form, written, self._clock()))

    def followed_by(self, language: Language) -> tuple[str, ...]:
        """Titles of what to practise next: the same skill somewhere else. Without those that are not there."""
        titles = []
        for ref in self.scenario.followed_by:
            try:
                _, scenario = self._library.find(ref)
            except LibraryProblem:
                continue
            titles.append(f"{scenario.code} {scenario.title.in_(language)}".strip())
        return tuple(titles)

    def save_form_drafts(self, drafts: Mapping[str, Mapping[str, str]]) -> None:
        """Keep what is being written in forms: form -> field -> text."""
        text = json.dumps(drafts, ensure_ascii=False, sort_keys=True) if drafts else ""
        self._store.save_draft(self.session, text, self._clock())

    @property
    def form_drafts(self) -> dict[str, dict[str, str]]:
        """What was being written in forms. Empty where nothing was, or what was kept is a reply."""
        try:
            kept = json.loads(self.draft) if self.state.ended is not None else {}
        except ValueError:
            return {}
        if not isinstance(kept, dict):
            return {}
        return {
            form: {field: text for field, text in texts.items() if isinstance(text, str)}
            for form, texts in kept.items()
            if isinstance(texts, dict)
        }

    @property
    def parties(self) -> tuple[Party, ...]:
        return self.scenario.parties

    def make_ready(self) -> None:
        """Read and prepare what the first reply would wait for, a quarter of a second; may run beside everything else."""
        with kept_for_good():
            self._stage.make_ready(self.state)

    def submit(self, text: str, to: str = CUSTOMER) -> tuple[Fact, ...]:
        """Say `text`. Refused if it cannot be said now; StoreProblem if it could not be kept, and then nothing was said."""
        facts = self._do(SubmitReply(storable(text), self._clock(), self._ids(), to))
        self._store.clear_draft(self.session)
        return facts

    def retry(self) -> tuple[Fact, ...]:
        """Take the last standing reply back; it stays in the record, marked."""
        return self._do(RetryTurn(self._clock()))

    def let_time_pass(self) -> tuple[Fact, ...]:
        return self._do(LetTimePass(self._clock()))

    def leave(self) -> tuple[Fact, ...]:
        """End the session before its end."""
        return self._do(LeaveSession(self._clock()))

    def hint(self) -> str:
        """The tip for the first thing still to be shown here; kept in the record that it was shown."""
        (fact,) = self._do(AskHint(self._clock()))
        assert isinstance(fact, HintShown)
        found = find_opportunity(fact.opportunity, self.scenario)
        return found.tip.in_(self.language) if found else ""

    def example(self, names: Sequence[str], like: str) -> str:
        """A good example from another case of one of `names`, as like `like` as there is."""
        return good_examples().closest(names, like, self.language)

    def save_draft(self, text: str) -> None:
        self._store.save_draft(self.session, text, self._clock())

    @property
    def draft(self) -> str:
        return self._store.draft(self.session)

    def debrief(self) -> Debrief:
        return debrief(self.scenario, self.state)

    def _do(self, command: Command) -> tuple[Fact, ...]:
        facts = self._stage.decide(self.state, command)
        after = self.state
        for fact in facts:
            after = evolve(after, fact)
        self._store.append(self.session, self._count, facts)
        self._count += len(facts)
        self.state = after
        return facts


class PracticeDesk:
    """What the trainee can play, start and take up again."""

    def __init__(self, library: Library, store: Store, clock: Clock, ids: Ids) -> None:
        self.library = library
        self._store = store
        self._clock = clock
        self._ids = ids

    def scenarios(self, progress: Progress = lambda done, of: None) -> tuple[Listing, ...]:
        """Every playable scenario with what was done of it, the easier ones first."""
        self.library.read(progress)
        rows = self._store.sessions()
        listings = []
        for shelf, scenario in self.library.scenarios():
            assert shelf.pack is not None
            mine = [row for row in rows if row.scenario == f"{scenario.pack}/{scenario.id}"]
            finished = [row for row in mine if row.ended]
            outcomes = [row.outcome for row in finished if row.outcome]
            listings.append(
                Listing(
                    scenario,
                    shelf.pack,
                    plays=len(finished),
                    best_outcome=min(outcomes, key=_BEST_FIRST.index, default=None),
                    open_session=next((row.session for row in mine if not row.ended), None),
                    last_at=max((row.started_at for row in mine), default=None),
                )
            )
        return tuple(sorted(listings, key=_easier_first))

    def start(
        self, ref: str, language: Language, mode: Mode = "practice", hints: Hints = "on_request", trainee: str = ""
    ) -> Practice:
        """Begin `ref`. LibraryProblem if there is none of that name, or not in `language`."""
        from roleplay.engine.stage import Stage

        shelf, scenario = self.library.find(ref)
        if language not in scenario.languages:
            raise LibraryProblem("not_in_language", ref=scenario.id, language=language)
        stage = Stage(scenario, detector())
        started = stage.start(
            session=self._ids(),
            at=self._clock(),
            language=language,
            mode=mode,
            hints=hints,
            trainee=storable(trainee),
            pins=_pins(shelf, scenario),
        )
        self._store.create(started, dict(shelf.files))
        return Practice(stage, fold((started,)), 1, self.library, self._store, self._clock, self._ids)

    def resume(self, session: str) -> Practice:
        """Take up a session where it stands, with the pack it was started with."""
        from roleplay.engine.stage import Stage

        stored = self._store.facts(session)
        state = fold(stored.facts)
        pins = state.started.pins
        scenario = kept_scenario(pins.scenario, self._store.pack_files(pins.pack_fingerprint))
        return Practice(
            Stage(scenario, detector()), state, len(stored.facts), self.library, self._store, self._clock, self._ids
        )


def _easier_first(one: Listing) -> tuple[int, tuple[tuple[str, int], ...], str]:
    """By level, then by code as people count: F5 before F10."""
    code = tuple((letters, int(digits or 0)) for letters, digits in re.findall(r"([^0-9]+)([0-9]*)", one.scenario.code))
    return _LEVELS.index(one.scenario.level), code, one.scenario.id


_LEVELS: tuple[Level, ...] = ("foundation", "working", "advanced")
_BEST_FIRST: tuple[Outcome, ...] = ("solved_warmed", "solved", "escalated", "unsolved")


@functools.cache
def _libraries() -> tuple[str, ...]:
    return tuple(f"{name} {version(name)}" for name in _PINNED)


def _pins(shelf: Shelf, scenario: Scenario) -> Pins:
    assert shelf.pack is not None
    indicators = {ref for _, o in opportunities(scenario) for ref in o.indicators}
    return Pins(
        app=__version__,
        pack=shelf.pack.id,
        pack_version=shelf.pack.version,
        pack_fingerprint=shelf.pack.fingerprint,
        scenario=f"{scenario.pack}/{scenario.id}",
        detector=f"rules/{__version__}",
        techniques_hash=detector().hash,
        standards=tuple(sorted({ref.partition(":")[0] for ref in indicators})),
        libraries=_libraries(),
    )

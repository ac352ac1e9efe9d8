"""Deciding: (scenario, session so far, command) -> the facts that follow.

Owns the order of a turn. Pure: time and ids come with the command, and the same command on the same state gives the same facts.
Refuses to know storage, and how anything is shown.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from roleplay.engine.conditions import NO_REPLY, Moment, evaluate, techniques_of
from roleplay.engine.detection.model import Analysis, AuthorityCue, FactCue, Situation
from roleplay.engine.events import (
    CUSTOMER,
    AskHint,
    Command,
    Fact,
    FieldFilled,
    FillForm,
    Finding,
    Hints,
    HintShown,
    LeaveSession,
    LetTimePass,
    Mode,
    Move,
    MovedBy,
    Pins,
    Rating,
    RetryTurn,
    Said,
    SessionEnded,
    SessionStarted,
    Speaker,
    SubmitReply,
    TimePassed,
    TurnRetried,
    TurnTaken,
)
from roleplay.engine.feedback import facts_worth, notes
from roleplay.engine.forms import findings, judge_field
from roleplay.engine.machine import Branching, By
from roleplay.engine.refusals import REPLY_LIMIT, Refused
from roleplay.engine.scene import Scene
from roleplay.engine.scoring import rate
from roleplay.engine.session import SessionState
from roleplay.engine.temper import BUILT_IN
from roleplay.scenarios.model import LANGUAGES, Condition, Effect, Form, Language, Line, Opportunity, Party, Scenario
from roleplay.scenarios.model import Fact as ScenarioFact

_TOLD_AT_MOST = 3
_ANY_WORD: Mapping[Language, str] = {"zh": "好", "en": "ok"}


class Detects(Protocol):
    """What turns a reply into an analysis."""

    def analyse(self, text: str, language: Language, situation: Situation = ...) -> Analysis: ...


@functools.lru_cache(maxsize=128)
def _cues(facts: tuple[ScenarioFact, ...], language: Language) -> tuple[FactCue, ...]:
    """The same cues for the same facts, whichever stage they are played on."""
    return tuple(FactCue(f.id, f.words.in_(language), f.ask_words.in_(language)) for f in facts)


class Stage:
    """One scenario ready to be played with one detector."""

    def __init__(self, scenario: Scenario, detector: Detects) -> None:
        self.scenario = scenario
        self._detector = detector
        self._branching = Branching(scenario)
        self._facts_worth = facts_worth(scenario)
        self._states = {state.id: state for state in scenario.states}
        self._cues = {language: _cues(scenario.facts, language) for language in LANGUAGES}

    def start(
        self, *, session: str, at: int, language: Language, mode: Mode, hints: Hints, trainee: str, pins: Pins
    ) -> SessionStarted:
        """The first fact of a session. In assessment there are no hints, whatever was asked for."""
        persona = self.scenario.persona
        scene = Scene(self.scenario.clock.start, "", self.scenario.start, persona.mood, persona.trust)
        known = tuple(fact.id for fact in self.scenario.facts if fact.known)
        moment = Moment(NO_REPLY, scene.mood, scene.trust, 0, 0, 0, frozenset(known), replied=False)
        self._say(scene, f"state.{scene.state}", self._states[scene.state].says, moment, language)
        return SessionStarted(
            session=session,
            at=at,
            language=language,
            mode=mode,
            hints="off" if mode == "assessment" else hints,
            trainee=trainee,
            title=self.scenario.title.in_(language),
            channel=self.scenario.brief.channel,
            customer=self.scenario.persona.name.in_(language),
            pins=pins,
            state=scene.state,
            mood=scene.mood,
            trust=scene.trust,
            known=known,
            lines=tuple(scene.lines),
        )

    def make_ready(self, state: SessionState) -> None:
        """Read and prepare what the first reply would wait for. Changes nothing."""
        language = state.started.language
        self._detector.analyse(_ANY_WORD[language], language, self._situation(state, CUSTOMER))

    def decide(self, state: SessionState, command: Command) -> tuple[Fact, ...]:
        """The facts that follow from `command`. Refused if it cannot be carried out."""
        match command:
            case RetryTurn():
                return (self._retry(state, command),)
            case FillForm():
                return self._fill(state, command)
            case _ if state.ended is not None:
                raise Refused("session_over")
            case SubmitReply():
                return self._submit(state, command)
            case LetTimePass():
                return self._wait(state, command)
            case AskHint():
                return self._hint(state, command)
            case LeaveSession():
                return (SessionEnded(command.at, None),)

    def open_opportunities(self, state: SessionState, to: str = CUSTOMER) -> tuple[Opportunity, ...]:
        """What can still be shown where the session stands, towards `to`."""
        where = self._states[state.state] if to == CUSTOMER else self.scenario.party(to)
        return tuple(o for o in where.opportunities if o.id not in state.taken)

    def forms(self, state: SessionState) -> tuple[Form, ...]:
        """The forms to be filled now: none before the talk is over, nor where the trainee left it."""
        if state.ended is None or state.ended.outcome is None:
            return ()
        moment = self._moment(state, NO_REPLY, to_customer=False, replied=False)
        return tuple(f for f in self.scenario.forms if f.when is None or evaluate(f.when, moment).holds)

    # ------------------------------------------------------------ commands

    def _retry(self, state: SessionState, command: RetryTurn) -> TurnRetried:
        if state.started.mode == "assessment":
            raise Refused("no_retry_in_assessment")
        if state.before is None:
            raise Refused("nothing_to_retry")
        return TurnRetried(state.standing[-1].turn_id, command.at)

    def _hint(self, state: SessionState, command: AskHint) -> tuple[Fact, ...]:
        if state.started.hints == "off":
            raise Refused("hints_off")
        for opportunity in self.open_opportunities(state):
            if opportunity.tip.in_(state.started.language):
                return (HintShown(command.at, opportunity.id),)
        raise Refused("no_hint")

    def _wait(self, state: SessionState, command: LetTimePass) -> tuple[Fact, ...]:
        if not self.scenario.clock.wait:
            raise Refused("no_waiting")
        scene = self._scene(state)
        scene.clock += self.scenario.clock.wait
        moment = self._moment(state, NO_REPLY, to_customer=False, replied=False)
        self._events(scene, moment, state.started.language)
        move = self._close(scene, "wait", 0, ())
        return (TimePassed(command.at, move, tuple(scene.lines)), *self._ending(move, command.at))

    def _submit(self, state: SessionState, command: SubmitReply) -> tuple[Fact, ...]:
        if not command.text.strip():
            raise Refused("empty_reply")
        if len(command.text) > REPLY_LIMIT:
            raise Refused("reply_too_long", str(len(command.text)))
        if any(turn.taken.turn_id == command.turn_id for turn in state.turns):
            raise Refused("already_sent")
        if command.to != CUSTOMER and command.to not in (party.id for party in self.scenario.parties):
            raise Refused("no_such_party", command.to)
        analysis = self._detector.analyse(command.text, state.started.language, self._situation(state, command.to))
        act = self._to_customer if command.to == CUSTOMER else self._to_party
        move, ratings, lines = act(state, command, analysis)
        number = len(state.standing) + 1
        turn = TurnTaken(
            turn_id=command.turn_id,
            number=number,
            attempt=1 + sum(not t.standing and t.taken.number == number for t in state.turns),
            at=command.at,
            to=command.to,
            text=command.text,
            analysis=analysis,
            ratings=ratings,
            notes=notes(analysis, ratings, self._facts_worth, ahead=state.started.hints == "always"),
            move=move,
            lines=lines,
        )
        return (turn, *self._ending(move, command.at))

    def _fill(self, state: SessionState, command: FillForm) -> tuple[Fact, ...]:
        """One fact a field. The whole form is handed in at once; in an assessment once only."""
        form = next((f for f in self.forms(state) if f.id == command.form), None)
        if form is None:
            raise Refused("no_such_form", command.form)
        texts = dict(command.texts)
        unknown = texts.keys() - {field.id for field in form.fields}
        if unknown:
            raise Refused("no_such_field", min(unknown))
        if not any(text.strip() for text in texts.values()):
            raise Refused("empty_form")
        if any(len(text) > REPLY_LIMIT for text in texts.values()):
            raise Refused("reply_too_long", str(max(map(len, texts.values()))))
        attempt = 1 + max((f.attempt for f in state.filled if f.form == form.id), default=0)
        if attempt > 1 and state.started.mode == "assessment":
            raise Refused("no_retry_in_assessment")
        wrong = findings(form, texts, self.scenario, state)
        return tuple(
            self._filled(state, form, number, texts.get(field.id, ""), wrong[field.id], attempt, command.at)
            for number, field in enumerate(form.fields)
        )

    def _filled(
        self, state: SessionState, form: Form, number: int, text: str, wrong: tuple[Finding, ...], attempt: int, at: int
    ) -> FieldFilled:
        field = form.fields[number]
        wanted = frozenset(
            t for o in field.opportunities for c in (o.met, o.partly, o.spoiled) for t in techniques_of(c)
        )
        situation = replace(
            self._situation(state, CUSTOMER), customer_line="", names=(), earlier=(), side_channel=True, expected=wanted
        )
        analysis = self._detector.analyse(text, state.started.language, situation) if text.strip() else NO_REPLY
        moment = self._moment(state, analysis, to_customer=False)
        return FieldFilled(
            form=form.id,
            field=field.id,
            attempt=attempt,
            at=at,
            text=text,
            analysis=analysis,
            ratings=judge_field(field, moment, wrong),
            findings=wrong,
        )

    # ------------------------------------------------------------ one turn

    def _to_customer(
        self, state: SessionState, command: SubmitReply, analysis: Analysis
    ) -> tuple[Move, tuple[Rating, ...], tuple[Said, ...]]:
        language = state.started.language
        moment = self._moment(state, analysis, to_customer=True)
        scene = self._scene(state, command.text)
        moved = self._temper(scene, state, moment)
        tells = self._told(scene, moment)
        scene.reveal(fact for fact, _ in tells)
        moment = moment.moved(mood=scene.mood, trust=scene.trust, known=scene.known)
        choice = self._branching.choose(state.state, moment)
        by: By = "state"
        index = -1
        if choice is not None:
            by, index = choice.by, choice.index
            scene.apply(choice.branch.effect)
            scene.state = choice.to
            self._say(
                scene, f"{by}.{state.state if by == 'state' else ''}.{index}", choice.branch.says, moment, language
            )
        for fact, lines in tells:
            self._say(scene, f"fact.{fact}", lines, moment, language)
        if scene.state != state.state:
            entered = replace(moment, mood=scene.mood, trust=scene.trust, known=frozenset(scene.known))
            self._say(scene, f"state.{scene.state}", self._states[scene.state].says, entered, language)
        scene.clock += self.scenario.clock.turn
        self._events(scene, moment, language)
        leaving = scene.state != state.state
        here = self._moment(state, analysis, to_customer=True)
        ratings = tuple(rate(o, here, tries=here.tries, leaving=leaving) for o in self.open_opportunities(state))
        ratings += tuple(self._ahead(state, here))
        return self._close(scene, by, index, moved), ratings, tuple(scene.lines)

    def _ahead(self, state: SessionState, moment: Moment) -> Iterator[Rating]:
        """What was shown before its state was reached, where the pack allows that."""
        for other in self.scenario.states:
            if other.id != state.state:
                for opportunity in other.opportunities:
                    if opportunity.anytime and opportunity.id not in state.taken:
                        rating = rate(opportunity, moment, tries=0, leaving=False)
                        if rating.word == "met":
                            yield rating

    def _to_party(
        self, state: SessionState, command: SubmitReply, analysis: Analysis
    ) -> tuple[Move, tuple[Rating, ...], tuple[Said, ...]]:
        party = self.scenario.party(command.to)
        moment = self._moment(state, analysis, to_customer=False)
        moment = replace(moment, consulted=moment.consulted | {party.id})
        scene = self._scene(state, command.text)
        index = self._answer(scene, party, moment, state.started.language)
        scene.clock += party.minutes
        self._events(scene, moment, state.started.language)
        tries = 1 + sum(turn.to == party.id for turn in state.standing)
        ratings = tuple(rate(o, moment, tries=tries, leaving=False) for o in self.open_opportunities(state, party.id))
        return self._close(scene, "party", index, ()), ratings, tuple(scene.lines)

    def _answer(self, scene: Scene, party: Party, moment: Moment, language: Language) -> int:
        for index, answer in enumerate(party.answers):
            if answer.when is None or evaluate(answer.when, moment).holds:
                scene.apply(answer.effect)
                self._say(scene, f"party.{party.id}.{index}", answer.says, moment, language, who=party.id)
                return index
        return -1

    def _temper(self, scene: Scene, state: SessionState, moment: Moment) -> tuple[tuple[str, int, int], ...]:
        moved = []
        for rule in (*BUILT_IN, *self.scenario.persona.rules):
            if not (rule.once and rule.id in state.used_rules) and evaluate(rule.when, moment).holds:
                scene.apply(Effect(mood=rule.mood, trust=rule.trust))
                moved.append((rule.id, rule.mood, rule.trust))
        return tuple(moved)

    def _told(self, scene: Scene, moment: Moment) -> list[tuple[str, tuple[Line, ...]]]:
        asked = {m.fact for m in moment.analysis.mentions if m.asked}
        now = moment.moved(mood=scene.mood, trust=scene.trust, known=scene.known)
        return [
            (fact.id, fact.tell)
            for fact in self.scenario.facts
            if fact.id in asked and fact.tell and (fact.tell_when is None or evaluate(fact.tell_when, now).holds)
        ][:_TOLD_AT_MOST]

    def _events(self, scene: Scene, moment: Moment, language: Language) -> None:
        for event in sorted(self.scenario.clock.events, key=lambda e: e.at):
            due = event.at <= scene.clock and event.id not in scene.happened
            if not due or self._states[scene.state].outcome is not None:
                continue
            now = replace(
                moment, mood=scene.mood, trust=scene.trust, clock=scene.clock, known=frozenset(scene.known),
                granted=frozenset(scene.granted), happened=frozenset(scene.happened),
            )  # fmt: skip
            if event.when is not None and not evaluate(event.when, now).holds:
                continue
            scene.happened.append(event.id)
            scene.events.append(event.id)
            scene.apply(event.effect)
            self._say(scene, f"event.{event.id}", event.says, now, language)
            if event.to and event.to != scene.state:
                scene.state = event.to
                self._say(scene, f"state.{event.to}", self._states[event.to].says, now, language)

    # ------------------------------------------------------------ pieces

    def _say(
        self, scene: Scene, key: str, lines: tuple[Line, ...], moment: Moment, language: Language, who: str = ""
    ) -> None:
        for number, line in enumerate(lines):
            if line.when is None or evaluate(line.when, moment).holds:
                used = f"{key}#{number}"
                if line.narration.in_(language):
                    scene.lines.append(Said("narration", line.narration.in_(language)))
                if line.says:
                    text = line.says[min(scene.uses.get(used, 0), len(line.says) - 1)].in_(language)
                    scene.lines.append(Said("party" if who else "customer", text, who))
                scene.uses[used] = scene.uses.get(used, 0) + 1
                scene.used.append(used)
                return

    def _scene(self, state: SessionState, reply: str = "") -> Scene:
        return Scene(
            self.scenario.clock.start,
            reply,
            state.state,
            state.mood,
            state.trust,
            state.clock,
            list(state.known),
            list(state.granted),
            list(state.happened),
            dict(state.line_uses),
        )

    def _moment(self, state: SessionState, analysis: Analysis, *, to_customer: bool, replied: bool = True) -> Moment:
        found = analysis.detections
        return Moment(
            analysis=analysis,
            mood=state.mood,
            trust=state.trust,
            clock=state.clock,
            tries=state.tries + to_customer,
            turns=len(state.standing) + replied,
            known=frozenset(state.known),
            named=frozenset((*state.named, *(m.fact for m in analysis.mentions if not m.asked))),
            asked=frozenset((*state.asked, *(m.fact for m in analysis.mentions if m.asked))),
            done=frozenset((*state.done, *(d.technique for d in found if d.outcome == "credited"))),
            touched=frozenset((*state.touched, *(d.technique for d in found if d.outcome != "rejected"))),
            offered=frozenset((*state.offered, *((o.card, o.within) for o in analysis.offers))),
            granted=frozenset(state.granted),
            consulted=frozenset(state.consulted),
            happened=frozenset(state.happened),
            replied=replied,
        )

    def _situation(self, state: SessionState, to: str) -> Situation:
        language = state.started.language
        last = _last_lines(state, "customer" if to == CUSTOMER else "party")
        return Situation(
            customer_line=last,
            facts=self._cues[language],
            authority=tuple(
                AuthorityCue(
                    a.id, a.kind, a.words.in_(language), _limit(a.limit, a.approved_limit, a.id in state.granted)
                )
                for a in self.scenario.brief.authority
            ),
            names=self.scenario.persona.called.in_(language) if to == CUSTOMER else (),
            earlier=tuple(t.text for t in state.standing if t.to == to),
            in_scenario=True,
            side_channel=to != CUSTOMER,
            expected=self._expected(state, to),
        )

    def _expected(self, state: SessionState, to: str) -> frozenset[str]:
        """The techniques, good and bad, that the opportunities and ways on of this moment look for, and those that may come early."""
        opportunities = list(self.open_opportunities(state, to))
        conditions: list[Condition | None] = []
        if to == CUSTOMER:
            early = [o for s in self.scenario.states for o in s.opportunities if o.anytime and o.id not in state.taken]
            opportunities += early
            conditions += [b.when for b in (*self.scenario.state(state.state).branches, *self.scenario.anywhere)]
        conditions += [c for o in opportunities for c in (o.met, o.partly, o.spoiled)]
        return frozenset(t for condition in conditions for t in techniques_of(condition))

    def _close(self, scene: Scene, by: MovedBy, index: int, rules: tuple[tuple[str, int, int], ...]) -> Move:
        return Move(
            state=scene.state,
            mood=scene.mood,
            trust=scene.trust,
            clock=scene.clock,
            by=by,
            branch=index,
            rules=rules,
            revealed=tuple(scene.revealed),
            granted=tuple(scene.newly_granted),
            events=tuple(scene.events),
            used=tuple(scene.used),
            outcome=self._states[scene.state].outcome,
        )

    def _ending(self, move: Move, at: int) -> tuple[Fact, ...]:
        return () if move.outcome is None else (SessionEnded(at, move.outcome),)


def _last_lines(state: SessionState, speaker: Speaker) -> str:
    """All that `speaker` said since they were last silent for a turn: a customer often says several lines at once."""
    found: list[str] = []
    for entry in reversed(state.dialogue):
        if not entry.standing or entry.said.speaker == "narration":
            continue
        if entry.said.speaker == speaker:
            found.append(entry.said.text)
        elif found:
            break
    return " ".join(reversed(found))


def _limit(limit: int, approved: int | None, granted: bool) -> int:
    return approved if granted and approved is not None else limit

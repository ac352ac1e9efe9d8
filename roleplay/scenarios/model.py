"""The checked, frozen model of a scenario: what a trainer's YAML means once nothing in it is wrong.

Owns the shape of authored content. Refuses to know files, YAML, the trainee's replies and how anything is drawn.
Everything here is data: a guard is a value to be evaluated by the engine, never a callable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

Level = Literal["foundation", "working", "advanced"]
Role = Literal["assistant", "front_line", "supervisor", "manager"]
Channel = Literal["chat", "phone", "counter", "email"]
Outcome = Literal["solved_warmed", "solved", "unsolved", "escalated"]
PartyKind = Literal["supervisor", "colleague", "partner"]
FormKind = Literal[
    "service_record",
    "complaint_record",
    "follow_up_plan",
    "customer_file",
    "internal_note",
    "handover_note",
    "service_report",
    "reflection",
]


@dataclass(frozen=True, slots=True)
class Text:
    """One text per language; "" where the pack does not have that language."""

    zh: str = ""
    en: str = ""

    def in_(self, language: Language) -> str:
        """The text in `language`, or the other language's where this one is missing."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


EMPTY = Text()


@dataclass(frozen=True, slots=True)
class Words:
    """Ways of saying one thing, per language; used for matching, never shown as prose."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def in_(self, language: Language) -> tuple[str, ...]:
        return self.zh if language == "zh" else self.en


NO_WORDS = Words()

# ---------------------------------------------------------------- conditions
# One frozen class per leaf. `engine/conditions.py` evaluates them; `scenarios/lint.py` reasons about them.


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class Does:
    """One of `techniques` (ids or families) is performed. `when`: in this turn, or in any turn so far.
    `strength`: `credited` only, or `touched` (credited or partial)."""

    techniques: tuple[str, ...]
    when: Literal["turn", "session"] = "turn"
    strength: Literal["credited", "touched"] = "credited"


@dataclass(frozen=True, slots=True)
class Names:
    """The trainee states one of `facts`."""

    facts: tuple[str, ...]
    when: Literal["turn", "session"] = "turn"


@dataclass(frozen=True, slots=True)
class Asks:
    """The trainee asks for one of `facts`."""

    facts: tuple[str, ...]
    when: Literal["turn", "session"] = "turn"


@dataclass(frozen=True, slots=True)
class Knows:
    """One of `facts` is known to the trainee by now (from the brief, or told by a party)."""

    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """A remedy is offered in this turn (`when="session"`: in any turn so far). `cards`: authority cards, empty for any;
    `limit`: `within` the trainee's authority as it stands, `over` it, or `any`."""

    cards: tuple[str, ...] = ()
    limit: Literal["within", "over", "any"] = "within"
    when: Literal["turn", "session"] = "turn"


Gauge = Literal["mood", "trust", "clock", "tries", "turns"]


@dataclass(frozen=True, slots=True)
class Range:
    """A number of the session lies in [at_least, below). mood, trust: 0-100. clock: scenario minutes since the start.
    tries: replies given in this state, this one included. turns: replies in the session, this one included."""

    gauge: Gauge
    at_least: int | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Consulted:
    """One of the side-channel parties has answered so far."""

    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Granted:
    """One of the authority cards has been widened by a party so far."""

    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One of the clock events has occurred."""

    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing at all is recognised in this reply."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """The reply nearly repeats an earlier one."""


@dataclass(frozen=True, slots=True)
class ByName:
    """The reply calls the customer by name."""


Condition = (
    All | AnyOf | Not | Does | Names | Asks | Knows | Offers | Range | Consulted | Granted | Happened
    | Nothing | Repeats | ByName
)  # fmt: skip


# ---------------------------------------------------------------- what is said


@dataclass(frozen=True, slots=True)
class Line:
    """What a party says when `when` holds (None: always). `says` is walked through as the line is needed again, staying on
    the last. `narration` is what can be seen or heard beside the words."""

    says: tuple[Text, ...]
    when: Condition | None = None
    narration: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Effect:
    """What a branch, rule, answer or clock event does. Mood and trust move by these points and stay within 0-100. The clock goes on by `minutes`,
    then to the next time of day `until` ("" stays), or to the one that the reply names, if it lies within three hours of that."""

    mood: int = 0
    trust: int = 0
    minutes: int = 0
    reveals: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()
    until: str = ""


NO_EFFECT = Effect()


@dataclass(frozen=True, slots=True)
class Example:
    """A model reply shown in the debrief."""

    text: Text


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A moment at which indicators can be shown, and what shows them.

    `indicators`: full references (`TRM3R0182v2:3.1`); scored once, credited to each. `met`, `partly`: conditions; `spoiled`
    makes it not met whatever else was done. `due`: how many replies in this state may pass before missing it counts; leaving
    the state counts too. `anytime`: it may be met in an earlier state as well, by who thinks ahead. `tip`: what to do, in the trainee's words. `weak`, `good`: replies to compare, `rule`: what parts them.
    """

    id: str
    indicators: tuple[str, ...]
    met: Condition
    partly: Condition | None = None
    spoiled: Condition | None = None
    due: int = 1
    anytime: bool = False
    tip: Text = EMPTY
    weak: tuple[Text, ...] = ()
    good: tuple[Text, ...] = ()
    rule: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Branch:
    """Taken when `when` holds (None: the otherwise-branch, last). `to` "" stays in the state."""

    when: Condition | None
    to: str = ""
    says: tuple[Line, ...] = ()
    effect: Effect = NO_EFFECT


@dataclass(frozen=True, slots=True)
class State:
    """A state of the scenario's machine. `says` on entering. An end state has `outcome` and no branches."""

    id: str
    says: tuple[Line, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    branches: tuple[Branch, ...] = ()
    outcome: Outcome | None = None
    epilogue: Text = EMPTY


# ---------------------------------------------------------------- who, what, when


@dataclass(frozen=True, slots=True)
class Policy:
    id: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Authority:
    """A remedy the trainee may give. `kind`: a compensation kind of TRM3R0182v2 註5. `limit`, `approved_limit`, `cost` in
    `unit` (whole numbers, e.g. TWD); `limit` 0 means nothing without approval, -1 means the remedy has no amount and may be
    given. `approved_limit` applies once a party has granted the card (None: cannot be widened). `words`: how one names it."""

    id: str
    kind: str
    label: Text
    words: Words
    limit: int
    approved_limit: int | None = None
    unit: str = "TWD"
    cost: int = 0
    note: Text = EMPTY


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """A limit the organisation sets, in scenario minutes."""

    id: str
    label: Text
    minutes: int


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    id: str
    label: Text
    price: int
    stock: int
    note: Text = EMPTY


@dataclass(frozen=True, slots=True)
class FileField:
    """One field of the customer file. `field`: an id of TRM3R0182v2 註9 (name_contact, preferences …)."""

    field: str
    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Brief:
    you: Text
    setting: Text
    goal: Text
    channel: Channel
    policies: tuple[Policy, ...] = ()
    authority: tuple[Authority, ...] = ()
    response_times: tuple[ResponseTime, ...] = ()
    catalogue: tuple[CatalogueItem, ...] = ()
    customer_file: tuple[FileField, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """What the customer needs without always saying it. `want`: an id of the needs vocabularies."""

    want: str
    text: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by which mood and trust move on any reply. `once`: only the first time it holds."""

    id: str
    when: Condition
    mood: int = 0
    trust: int = 0
    once: bool = False


@dataclass(frozen=True, slots=True)
class Persona:
    name: Text
    called: Words
    about: Text
    holds_back: Text
    mood: int
    trust: int
    needs: tuple[Need, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true in the scenario. `words`: how one says it. `ask_words`: what a question for it contains.
    `tell`: what the customer says when asked, "" if only another party can tell. `tell_when`: a guard on telling.
    `known`: the trainee knows it from the brief."""

    id: str
    text: Text
    words: Words
    ask_words: Words = Words()
    tell: tuple[Line, ...] = ()
    tell_when: Condition | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a side-channel party answers. The last has no `when`."""

    when: Condition | None
    says: tuple[Line, ...]
    effect: Effect = NO_EFFECT


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody the trainee can turn to beside the customer. `minutes`: what one exchange costs on the clock."""

    id: str
    kind: PartyKind
    name: Text
    about: Text
    answers: tuple[Answer, ...]
    opportunities: tuple[Opportunity, ...] = ()
    minutes: int = 2


@dataclass(frozen=True, slots=True)
class FormField:
    """One place to write in a form. `lines`: how tall it is, 1 for a short answer. `opportunities`: what can be shown here, with the
    same conditions as in a state, judged on what was written."""

    id: str
    label: Text
    hint: Text = EMPTY
    lines: int = 3
    opportunities: tuple[Opportunity, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Work after the talk, on paper. `kind`: which document of the standards it is. `when`: it is asked for only if this holds at the end
    (None: always). `intro`: what it is for and who reads it."""

    id: str
    kind: FormKind
    fields: tuple[FormField, ...]
    title: Text = EMPTY
    intro: Text = EMPTY
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Happens once, when the clock reaches `at` minutes, `when` holds (None: always) and the talk is not over."""

    id: str
    at: int
    says: tuple[Line, ...] = ()
    when: Condition | None = None
    to: str = ""
    effect: Effect = NO_EFFECT


@dataclass(frozen=True, slots=True)
class Clock:
    """Scenario time. `start`: wall time shown at minute 0, "HH:MM". `turn`: minutes one exchange takes. `wait`: minutes that
    pass when the trainee lets time pass (0: not possible)."""

    start: str = "09:00"
    turn: int = 1
    wait: int = 0
    events: tuple[ClockEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class RatedReplies:
    """Replies to one opportunity by different people. `met`: those that take it; `partly`: those that do a real part of it and lack
    something essential; `not_met`: those that look like it and must not be rated met. `misjudged`: those among them that the program is
    known to get wrong; they are counted, not held against it."""

    opportunity: str
    met: Words = NO_WORDS
    not_met: Words = NO_WORDS
    partly: Words = NO_WORDS
    misjudged: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class Scenario:
    """One playable situation. `code`: its row in the scenario matrix ("" if none). `anywhere`: branches tried before the
    state's own, in every state. `unrecognised`: what the customer does with a reply in which nothing is recognised, where the
    state has no branch of its own for it. `forms`: the work after the talk. `others`: names and numbers of people who are not party to
    it and must not be written down. `replies`: those of its sheet."""

    id: str
    pack: str
    code: str
    title: Text
    summary: Text
    level: Level
    role: Role
    minutes: int
    languages: tuple[Language, ...]
    brief: Brief
    persona: Persona
    facts: tuple[Fact, ...]
    states: tuple[State, ...]
    start: str
    complaints: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    recovery: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    anywhere: tuple[Branch, ...] = ()
    unrecognised: Branch = Branch(when=None)
    clock: Clock = Clock()
    forms: tuple[Form, ...] = ()
    others: Words = Words()
    next: tuple[str, ...] = ()
    replies: tuple[RatedReplies, ...] = ()
    where: tuple[tuple[str, tuple[int, int]], ...] = field(default=(), compare=False, repr=False)

    @property
    def followed_by(self) -> tuple[str, ...]:
        """What to practise next, each as pack/id."""
        return tuple(ref if "/" in ref else f"{self.pack}/{ref}" for ref in self.next)

    def wordings(self, opportunity: Opportunity, language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Every weak and every good reply to `opportunity` that is known: its own, and those of the sheet that the program judges rightly."""
        weak = [text.in_(language) for text in opportunity.weak]
        good = [text.in_(language) for text in opportunity.good]
        for sheet in self.replies:
            if sheet.opportunity == opportunity.id:
                misjudged = sheet.misjudged.in_(language)
                weak += [text for text in sheet.not_met.in_(language) if text not in misjudged]
                good += [text for text in sheet.met.in_(language) if text not in misjudged]
        return tuple(weak), tuple(good)

    def state(self, id: str) -> State:
        """The state called `id`. KeyError if there is none: a checked scenario names only states it has."""
        for state in self.states:
            if state.id == id:
                return state
        raise KeyError(id)

    def fact(self, id: str) -> Fact:
        for fact in self.facts:
            if fact.id == id:
                return fact
        raise KeyError(id)

    def form(self, id: str) -> Form:
        for form in self.forms:
            if form.id == id:
                return form
        raise KeyError(id)

    def party(self, id: str) -> Party:
        for party in self.parties:
            if party.id == id:
                return party
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of scenarios. `fingerprint`: hash of the texts it was read from."""

    id: str
    version: str
    title: Text
    author: str
    licence: str
    fingerprint: str
    scenarios: tuple[Scenario, ...]

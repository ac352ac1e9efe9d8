"""A brief, a turn, a debrief and a replay as lines of text.

Owns the words' order on paper. Refuses to know who reads them; whoever writes them out passes them through `visible`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from roleplay.engine.debrief import Debrief
from roleplay.engine.detection.reasons import reason_text
from roleplay.engine.events import CUSTOMER, Fact, FieldFilled, Note, Rating, Said, TimePassed, TurnTaken
from roleplay.engine.forms import finding_words
from roleplay.engine.session import SessionState
from roleplay.scenarios.model import Authority, Form, Language, Scenario
from roleplay.words.amounts import amount_text, clock_text
from roleplay.words.feedback import (
    Example,
    Label,
    bar_text,
    example_text,
    find_opportunity,
    finding_text,
    form_title,
    missing_texts,
    no_example,
    note_text,
    outcome_text,
    rating_word,
    rule_text,
)

Write = Callable[[str], None]

WORDS = {
    "zh": {
        "you": "你",
        "to": "對",
        "brief": "任務",
        "goal": "目標",
        "policy": "規定",
        "authority": "權限",
        "times": "時限",
        "catalogue": "品項",
        "file": "客戶資料",
        "parties": "可以找的人",
        "mood": "心情",
        "trust": "信任",
        "clock": "時間",
        "strength": "做得好",
        "next_step": "下一步",
        "prompt": "你：",
        "help": "直接打字回應客人。/help 說明　/more 這一句的完整評分　/hint 提示　/retry 重來　/wait 讓時間過去　"
        "/cards 看規定與權限　/to 名稱 對另一個人說（一句）　/quit 離開（可接續）　/end 結束不玩了",
        "unknown": "沒有這個指令：{0}。輸入 /help 看說明；想說以 / 開頭的話請打 //。",
        "kept": "這場已保存，接續：roleplay play --resume {0}",
        "retried": "收回了，再說一次。",
        "debrief": "回顧",
        "missed": "錯過的機會",
        "compare": "對照",
        "own": "你說的",
        "weak": "較弱",
        "good": "較好",
        "rule": "差別",
        "who": "這位客人",
        "unasked": "你沒有問到的",
        "best": "最好的一句：第 {0} 句",
        "weakest": "最弱的一句：第 {0} 句",
        "curve": "心情變化",
        "over": "不能超過",
        "approval": "需要核准",
        "approved": "核准後上限",
        "free": "可以給，沒有金額",
        "cost": "成本",
        "minutes": "分鐘",
        "retired": "（已重來，不計）",
        "no_end": "還沒結束",
        "next": "接著練",
        "form": "表單",
        "forms": "談話之後的工作：{0} 份表單。每一欄打一行；空白行跳過這一欄，/later 之後再寫。",
        "again": "要重寫這份表單嗎？打 /again 重寫，Enter 繼續。",
    },
    "en": {
        "you": "You",
        "to": "to",
        "brief": "Your task",
        "goal": "Goal",
        "policy": "Policy",
        "authority": "Authority",
        "times": "Time limits",
        "catalogue": "Catalogue",
        "file": "Customer file",
        "parties": "People you can turn to",
        "mood": "mood",
        "trust": "trust",
        "clock": "time",
        "strength": "Strength",
        "next_step": "Next step",
        "prompt": "You: ",
        "help": "Type your reply. /help  /more full scoring of the last reply  /hint  /retry  /wait let time pass  "
        "/cards policy and authority  /to NAME speak one reply to somebody else  /quit leave (can be resumed)  /end stop for good",
        "unknown": "There is no command {0}. Type /help; to say something that starts with / type //.",
        "kept": "The session is kept. Resume with: roleplay play --resume {0}",
        "retried": "Taken back. Say it again.",
        "debrief": "Debrief",
        "missed": "Missed",
        "compare": "Side by side",
        "own": "You",
        "weak": "Weak",
        "good": "Good",
        "rule": "What parts them",
        "who": "Who this was",
        "unasked": "What you did not ask",
        "best": "Best reply: number {0}",
        "weakest": "Weakest reply: number {0}",
        "curve": "Mood",
        "over": "up to",
        "approval": "needs approval",
        "approved": "with approval up to",
        "free": "may be given, has no amount",
        "cost": "cost",
        "minutes": "min",
        "retired": "(retried, does not count)",
        "no_end": "not finished",
        "next": "Practise next",
        "form": "form",
        "forms": "The work after the talk; forms to write: {0}. One line a field; an empty line leaves it out, /later comes back to it another time.",
        "again": "Write this form again? Type /again, or Enter to go on.",
    },
}


def brief_lines(scenario: Scenario, language: Language) -> Iterator[str]:
    """Everything the trainee may know before the talk."""
    w, brief = WORDS[language], scenario.brief
    yield f"== {scenario.title.in_(language)} =="
    yield f"{w['brief']}: {brief.you.in_(language)}"
    yield brief.setting.in_(language)
    yield f"{w['goal']}: {brief.goal.in_(language)}"
    yield from card_lines(scenario, language)


def card_lines(scenario: Scenario, language: Language) -> Iterator[str]:
    """Policy, authority, limits, catalogue, customer file and parties."""
    w, brief = WORDS[language], scenario.brief
    for policy in brief.policies:
        yield f"- {w['policy']}: {policy.title.in_(language)}: {policy.text.in_(language)}"
    for card in brief.authority:
        limit = _limit(card, w, language)
        cost = f" ({w['cost']} {amount_text(card.cost, card.unit, language)})" if card.cost else ""
        yield f"- {w['authority']}: {card.label.in_(language)}: {limit}{cost} {card.note.in_(language)}".rstrip()
    for limit_time in brief.response_times:
        yield f"- {w['times']}: {limit_time.label.in_(language)}: {limit_time.minutes} {w['minutes']}"
    for item in brief.catalogue:
        yield f"- {w['catalogue']}: {item.label.in_(language)} {amount_text(item.price, 'TWD', language)} ({item.stock}) {item.note.in_(language)}".rstrip()
    for entry in brief.customer_file:
        yield f"- {w['file']}: {entry.label.in_(language)}: {entry.value.in_(language)}"
    for party in scenario.parties:
        yield f"- {w['parties']}: {party.name.in_(language)} (/to {party.id}): {party.about.in_(language)}"


def _limit(card: Authority, w: Mapping[str, str], language: Language) -> str:
    """What the trainee may give, in words."""
    if card.limit == -1:
        return w["free"]
    if card.limit > 0:
        approved = amount_text(card.approved_limit or 0, card.unit, language)
        more = f"; {w['approved']} {approved}" if card.approved_limit else ""
        return f"{w['over']} {amount_text(card.limit, card.unit, language)}{more}"
    if card.approved_limit is None or card.approved_limit == -1:
        return w["approval"]
    return f"{w['approval']}; {w['approved']} {amount_text(card.approved_limit, card.unit, language)}"


def said_line(said: Said, scenario: Scenario | None, customer: str, language: Language) -> str:
    """One line of the dialogue with who says it."""
    w = WORDS[language]
    match said.speaker:
        case "narration" | "clock":
            return said.text
        case "customer":
            return f"{customer}: {said.text}"
        case "party":
            return f"{_party(said.who, scenario, language)}: {said.text}"
        case "trainee":
            to = "" if said.who in ("", CUSTOMER) else f" ({w['to']} {_party(said.who, scenario, language)})"
            return f"{w['you']}{to}: {said.text}"


def _party(id: str, scenario: Scenario | None, language: Language) -> str:
    if scenario is None or all(party.id != id for party in scenario.parties):
        return id
    return scenario.party(id).name.in_(language)


def feedback_lines(turn: TurnTaken, scenario: Scenario, label: Label, language: Language) -> Iterator[str]:
    """One strength and one next step."""
    w = WORDS[language]
    for kind in ("strength", "next_step"):
        note: Note | None = next((n for n in turn.notes if n.kind == kind), None)
        if note is not None:
            mark = "✓" if kind == "strength" else "→"
            yield f"  {mark} {w[kind]}: {note_text(note, turn.text, scenario, label, language)}"


def rating_lines(
    turn: TurnTaken,
    scenario: Scenario,
    label: Label,
    language: Language,
    example: Example = no_example,
    known: Collection[str] | None = None,
) -> Iterator[str]:
    """What each opportunity got in this turn, with the words it rests on and what was missing; then what was found. `known`: the facts that
    may be named; None: all."""
    for rating in turn.ratings:
        yield from _rating(rating, turn.text, scenario, label, language, example, known)
    for d in turn.analysis.detections:
        mark = {"credited": "+", "partial": "~", "rejected": "-"}[d.outcome]
        yield f"  {mark} {label(d.technique)} “{turn.text[d.start : d.end]}” [{d.rule}{' ' + d.reason if d.reason else ''}]"
        if d.reason:
            yield f"      {reason_text(d.reason, language)}"
            shown = example_text([d.technique], turn.text[d.start : d.end], example, language)
            if shown:
                yield f"      {shown}"


def _rating(
    rating: Rating,
    text: str,
    scenario: Scenario,
    label: Label,
    language: Language,
    example: Example,
    known: Collection[str] | None,
) -> Iterator[str]:
    mark, word = rating_word(rating.word, language)
    found = find_opportunity(rating.opportunity, scenario)
    yield f"  {mark} {word} {', '.join(rating.indicators)}: {found.tip.in_(language) if found else rating.opportunity}"
    yield f"      {rule_text(rating.rule, language)}"
    for start, end in dict.fromkeys((e.start, e.end) for e in rating.evidence):
        yield f"      “{text[start:end]}”"
    if rating.word != "met":
        for wanted in missing_texts(rating.missing, scenario, label, language, known):
            yield f"      {wanted}"
        names = [id for missing in rating.missing if missing.what == "technique" for id in missing.ids]
        shown = example_text(names, text, example, language)
        if shown:
            yield f"      {shown}"


def form_lines(form: Form, language: Language) -> Iterator[str]:
    """What a form is and who reads it."""
    yield f"== {form_title(form, language)} =="
    if form.intro.in_(language):
        yield form.intro.in_(language)


def filled_lines(
    filled: Iterable[FieldFilled],
    state: SessionState,
    scenario: Scenario,
    label: Label,
    language: Language,
    known: Collection[str] | None = None,
) -> Iterator[str]:
    """What a form as handed in was worth, field by field. `known`: the facts that may be named; None: all."""
    for one in filled:
        form = next((f for f in scenario.forms if f.id == one.form), None)
        label_of = {f.id: f.label.in_(language) for f in form.fields} if form else {}
        yield f"  {label_of.get(one.field, f'{one.form}.{one.field}')}: {one.text}"
        for rating in one.ratings:
            yield from _rating(rating, one.text, scenario, label, language, no_example, known)
        for finding in one.findings:
            yield f"  → {finding_text(finding, finding_words(finding, one.text, state.standing), language)}"


def gauge_line(state: SessionState, scenario: Scenario, language: Language) -> str:
    w = WORDS[language]
    time = clock_text(scenario.clock.start, state.clock, language)
    return f"  [{w['mood']} {state.mood}/100 · {w['trust']} {state.trust}/100 · {w['clock']} {time}]"


def debrief_lines(found: Debrief, scenario: Scenario, language: Language, next: tuple[str, ...] = ()) -> Iterator[str]:
    """The debrief as text. `next`: titles of what to practise after it."""
    w = WORDS[language]
    yield f"== {w['debrief']}: {outcome_text(found.outcome, language)} =="
    if found.epilogue:
        yield found.epilogue
    for bar in found.bars:
        filled = bar.value // 5
        yield f"{bar_text(bar.id, language)} {'█' * filled}{'░' * (20 - filled)} {bar.value}"
        yield "    " + ", ".join(f"{bar_text(code, language)} {points:+d}" for code, points in bar.parts)
    yield f"{w['curve']}: " + " → ".join(str(mood) for _, mood, _ in found.curve)
    for indicator in found.indicators:
        mark, word = rating_word(indicator.word, language)
        yield f"{mark} {indicator.indicator} {word}"
        for quote in indicator.evidence:
            yield f"    {f'{quote.number}.' if quote.number else w['form']} “{quote.text}”"
    if found.best_turn is not None:
        yield w["best"].format(found.best_turn)
    if found.weakest_turn is not None:
        yield w["weakest"].format(found.weakest_turn)
    for missed in found.missed:
        yield f"{w['missed']}: {missed.tip or missed.opportunity}"
    for comparison in found.comparisons[:3]:
        yield f"{w['compare']}"
        if comparison.own:
            yield f"    {w['own']}: {comparison.own}"
        yield from (f"    {w['weak']}: {text}" for text in comparison.weak)
        yield from (f"    {w['good']}: {text}" for text in comparison.good)
        yield f"    {w['rule']}: {comparison.rule}"
    yield f"{w['who']}: {found.about} {found.holds_back}"
    for fact in found.unasked:
        yield f"{w['unasked']}: {fact}"
    for title in next:
        yield f"{w['next']}: {title}"
    yield f"({found.roll_up})"


def replay_lines(
    facts: tuple[Fact, ...], scenario: Scenario | None, label: Label, state: SessionState
) -> Iterator[str]:
    """The whole record in order, each turn with its scoring."""
    language = state.started.language
    customer = state.started.customer
    standing = {t.taken.turn_id: t.standing for t in state.turns}
    for said in state.started.lines:
        yield said_line(said, scenario, customer, language)
    for fact in facts:
        if isinstance(fact, TurnTaken):
            retired = "" if standing[fact.turn_id] else f" {WORDS[language]['retired']}"
            yield f"{fact.number}. {said_line(Said('trainee', fact.text, fact.to), scenario, customer, language)}{retired}"
            if scenario is not None:
                yield from feedback_lines(fact, scenario, label, language)
                yield from rating_lines(fact, scenario, label, language)
        if isinstance(fact, TurnTaken | TimePassed):
            for said in fact.lines:
                yield said_line(said, scenario, customer, language)
        if isinstance(fact, FieldFilled) and scenario is not None:
            yield from filled_lines((fact,), state, scenario, label, language)
    ended = state.ended
    yield f"== {outcome_text(ended.outcome, language) if ended else WORDS[language]['no_end']} =="

"""Feedback, ratings, missing pieces, refusals and bars in words, in Traditional Chinese and English.

Owns the sentences. Refuses to know which of them is to be said (engine/feedback.py) and where they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from roleplay.engine.detection.reasons import reason_text
from roleplay.engine.events import Finding, Missing, Note, RatingWord
from roleplay.scenarios.model import Form, FormKind, Language, Opportunity, Outcome, Scenario
from roleplay.scenarios.walk import opportunities, told
from roleplay.standards.codebook import FAMILY_OF

Label = Callable[[str], str]
"""A technique's id -> its name in the language at hand."""
Example = Callable[[Sequence[str], str], str]
"""Names of techniques or families, and the words it should be like -> a good example from another case, "" if there is none."""


def no_example(names: Sequence[str], like: str) -> str:
    """Shows none."""
    return ""


def example_text(names: Sequence[str], like: str, example: Example, language: Language) -> str:
    """A good example as a sentence, "" if there is none."""
    found = example(names, like)
    if not found:
        return ""
    return f"別的情境裡這樣說：「{found}」" if language == "zh" else f"In another case: “{found}”"


def _pairs(rows: Mapping[str, tuple[str, str]]) -> Mapping[str, Mapping[Language, str]]:
    return MappingProxyType({key: MappingProxyType({"zh": zh, "en": en}) for key, (zh, en) in rows.items()})


_RATINGS: Mapping[RatingWord, tuple[str, str, str]] = MappingProxyType(
    {
        "met": ("✓", "達成", "met"),
        "partly": ("△", "部分達成", "partly"),
        "not_met": ("✗", "未達成", "not met"),
        "not_observed": ("·", "未觀察到", "not observed"),
    }
)

_OUTCOMES = _pairs(
    {
        "solved_warmed": ("圓滿解決，客人的心也暖了", "solved, and the customer warmed to you"),
        "solved": ("解決了", "solved"),
        "unsolved": ("沒有解決", "not solved"),
        "escalated": ("往上升級了", "escalated"),
        "left": ("中途離開", "left before the end"),
    }
)

_NOTES = _pairs(
    {
        "strength.met": ("「{quote}」做到了這一點：{what}", "“{quote}” does this: {what}"),
        "strength.partly": (
            "「{quote}」抓到方向了，再補一點就完整。",
            "“{quote}” is on the right track; a little more makes it whole.",
        ),
        "strength.credited": ("「{quote}」是{technique}，做得到位。", "“{quote}” counts as {technique}."),
        "strength.asked": ("「{quote}」問到了關鍵：{fact}。", "“{quote}” asks for something that matters: {fact}."),
        "strength.named": ("「{quote}」說出了事實：{fact}。", "“{quote}” states a fact: {fact}."),
        "next_step.harm": (
            "「{quote}」聽起來像{technique}，會傷到客人。換個說法，先講你能做什麼。",
            "“{quote}” comes across as {technique} and hurts. Say it another way: start from what you can do.",
        ),
        "next_step.over_limit": (
            "「{quote}」超出你的權限。先說明限度，再請示主管。",
            "“{quote}” goes beyond your authority. Say what the limit is and ask your supervisor first.",
        ),
        "next_step.stuffed": (
            "這一句幾乎只有關鍵詞。請用完整的句子對客人說話。",
            "That is hardly more than a list of cue words. Talk to the customer in whole sentences.",
        ),
        "next_step.nothing": (
            "這句話裡看不出任何溝通技巧，客人也接不下去。試著回應她剛剛說的事。",
            "Nothing in that reply could be recognised, and the customer can do little with it. Answer what was just said.",
        ),
        "next_step.rejected": (
            "「{quote}」看起來像{technique}，但不算：{reason}",
            "“{quote}” looks like {technique}, but does not count: {reason}",
        ),
        "next_step.partial": (
            "「{quote}」是{technique}的開頭，還差一點：{reason}",
            "“{quote}” is a start on {technique}, not yet the whole: {reason}",
        ),
        "next_step.missing": ("{what}", "{what}"),
        "next_step.spoiled": ("「{quote}」讓這一步不算了。{what}", "“{quote}” undoes this step. {what}"),
        "next_step.repeated": (
            "這句和前面說過的幾乎一樣，客人會覺得你在念稿。",
            "That nearly repeats what you said before; it sounds read out.",
        ),
    }
)

_MISSING = _pairs(
    {
        "technique": ("沒有看到：{techniques}", "not seen: {techniques}"),
        "fact": ("沒有說到：{facts}", "not said: {facts}"),
        "ask": ("沒有問到：{facts}", "not asked: {facts}"),
        "offer": ("沒有提出權限內的補償", "no remedy within your authority was offered"),
        "name": ("沒有稱呼客人", "the customer was not called by name"),
        "avoid": ("不該出現：{techniques}", "should not be there: {techniques}"),
        "mood": ("客人的心情還沒到", "the customer's mood is not there yet"),
        "trust": ("客人的信任還不夠", "the customer does not trust you enough yet"),
        "clock": ("時機不對", "the time was not right"),
        "tries": ("嘗試次數不符", "the number of tries did not fit"),
        "turns": ("回合數不符", "the number of turns did not fit"),
        "party": ("還沒有找{parties}", "{parties} not consulted yet"),
        "grant": ("還沒有取得核准", "no approval yet"),
        "event": ("事情還沒發生", "that has not happened yet"),
    }
)

_MISSING_SHOWN, _CHOICES_SHOWN = 4, 3
"""More than that nobody reads; and of things that would do one for another, three are enough."""
_AND_MORE: Mapping[Language, str] = MappingProxyType({"zh": "還有 {} 項", "en": "and {} more"})

_REFUSALS = _pairs(
    {
        "session_over": ("這場對話已經結束。", "This talk is over."),
        "empty_reply": ("還沒有輸入內容。", "There is nothing to send yet."),
        "reply_too_long": (
            "一則回覆最多 2,000 字，目前 {detail} 字。請縮短後再送出。",
            "A reply may have 2,000 characters; this one has {detail}. Shorten it and send again.",
        ),
        "already_sent": ("這則回覆已經送出。", "This reply has been sent already."),
        "no_such_party": ("這個情境裡沒有這個人：{detail}。", "There is nobody called {detail} in this scenario."),
        "no_retry_in_assessment": ("評量模式不能重來。", "There is no retry in an assessment."),
        "no_such_form": ("現在沒有這份表單：{detail}。", "There is no form {detail} to fill in now."),
        "no_such_field": ("這份表單沒有這一欄：{detail}。", "The form has no field {detail}."),
        "empty_form": ("還沒有寫任何東西。", "Nothing has been written yet."),
        "nothing_to_retry": ("還沒有可以重來的回覆。", "There is no reply to take back yet."),
        "hints_off": ("這一場沒有開啟提示。", "Hints are off in this session."),
        "no_hint": (
            "這裡沒有提示。看看角色卡上的規定和權限，或是回應客人剛剛說的。",
            "There is no hint here. Look at the cards, or answer what the customer has just said.",
        ),
        "no_waiting": ("這個情境不能讓時間過去。", "You can't let time pass in this scenario."),
    }
)

_BARS = _pairs(
    {
        "outcome": ("結果", "Outcome"),
        "treatment": ("對待", "Treatment"),
        "process": ("過程", "Process"),
        "ending_solved_warmed": ("圓滿解決", "solved and warmed"),
        "ending_solved": ("已解決", "solved"),
        "ending_escalated": ("往上升級", "escalated"),
        "ending_unsolved": ("未解決", "not solved"),
        "ending_left": ("中途離開", "left before the end"),
        "fair_remedy": ("權限內的補償", "a remedy within authority"),
        "no_remedy": ("沒有補償", "no remedy"),
        "beyond_authority": ("超出權限的承諾", "promises beyond authority"),
        "mood_better": ("心情比開始時好", "mood better than at the start"),
        "mood_not_better": ("心情沒有變好", "mood not better"),
        "respect": ("禮貌與尊重", "courtesy"),
        "no_respect": ("沒有問候或致謝", "no greeting or thanks"),
        "empathy": ("同理", "empathy"),
        "no_empathy": ("沒有同理", "no empathy"),
        "apology": ("致歉", "apology"),
        "no_apology": ("沒有致歉", "no apology"),
        "explanation": ("說明", "explanation"),
        "no_explanation": ("沒有說明", "no explanation"),
        "listening": ("傾聽與提問", "listening and asking"),
        "no_listening": ("沒有傾聽或提問", "no listening or asking"),
        "harm": ("傷人的話", "words that hurt"),
        "in_time": ("時限內就有實質回應", "a real answer within the time limit"),
        "out_of_time": ("時限內沒有實質回應", "no real answer within the time limit"),
        "informed": ("有告知進度或時間", "told of progress or time"),
        "not_informed": ("沒有告知進度或時間", "not told of progress or time"),
        "no_repetition": ("不重複、不重問", "nothing repeated or asked twice"),
        "repetition": ("好幾次重複或重問", "repeated or asked again several times"),
    }
)

_RULES = _pairs(
    {
        "met": ("條件都做到了", "all that was asked for is there"),
        "partly": ("做到一部分", "part of what was asked for is there"),
        "spoiled": ("有一句話把它抵銷了", "something in the reply spoiled it"),
        "missed": ("這次沒有做到", "it was not done"),
        "open": ("還有機會", "there is still time for it"),
        "others_data": ("寫進了別人的資料", "somebody else's data stands in it"),
        "figure_unknown": ("內容有了，但有數字查不到出處", "it is there, but a figure in it comes from nowhere"),
        "promise_missing": ("內容有了，但漏了答應過的事", "it is there, but a promise was left out"),
    }
)

_SHORT = 7
_CLAUSE_ENDS = frozenset(",.;:!?\n，。；：！？、")
_OR: Mapping[Language, str] = MappingProxyType({"zh": "或", "en": " or "})
_FAMILIES = _pairs(
    {
        "contact": ("問候與禮貌", "courtesy"),
        "question": ("提問", "a question"),
        "reflection": ("重述或反映", "a reflection"),
        "empathy": ("同理", "empathy"),
        "information": ("說明資訊", "information"),
        "proposal": ("提案", "a proposal"),
        "ownership": ("承擔", "ownership"),
        "manager": ("主管溝通", "a manager's technique"),
        "negative": ("傷害性說法", "harmful wording"),
        "empathic_response": ("同理回應", "an empathic response"),
    }
)


def rating_word(word: RatingWord, language: Language) -> tuple[str, str]:
    """(mark, word) of a rating; the mark stands beside the word, colour never stands alone."""
    mark, zh, en = _RATINGS[word]
    return mark, zh if language == "zh" else en


def rule_text(rule: str, language: Language) -> str:
    """Why a rating came out as it did."""
    return _RULES[rule][language]


def outcome_text(outcome: Outcome | None, language: Language) -> str:
    return _OUTCOMES[outcome or "left"][language]


def refusal_text(code: str, detail: str, language: Language) -> str:
    """One sentence for a command that was refused."""
    return _REFUSALS[code][language].format(detail=detail)


def bar_text(code: str, language: Language) -> str:
    """A bar or one of its parts."""
    return _BARS[code][language]


def technique_text(name: str, label: Label, language: Language) -> str:
    """The name of a technique, family or group."""
    return label(name) if name in FAMILY_OF else _FAMILIES[name][language]


def missing_texts(
    found: Iterable[Missing], scenario: Scenario, label: Label, language: Language, known: Collection[str] | None = None
) -> tuple[str, ...]:
    """What a rating still wanted, each once. `known`: the facts that the trainee has learned; what can still be learned is counted, not
    given away. None: nothing is held back."""
    hidden = frozenset() if known is None else told(scenario).difference(known)
    texts: dict[str, None] = {}
    untold: set[tuple[str, ...]] = set()
    for missing in found:
        shown = tuple(id for id in missing.ids if id not in hidden)
        if missing.what in ("fact", "ask") and not shown:
            untold.add(missing.ids)
        else:
            texts[_missing_text(replace(missing, ids=shown), scenario, label, language)] = None
    rest = max(0, len(texts) - _MISSING_SHOWN) + len(untold)
    shown_texts = tuple(texts)[:_MISSING_SHOWN]
    return (*shown_texts, _AND_MORE[language].format(rest)) if rest else shown_texts


def _missing_text(missing: Missing, scenario: Scenario, label: Label, language: Language) -> str:
    ids = missing.ids[:_CHOICES_SHOWN]
    between = _OR[language]
    facts = {fact.id: fact.text.in_(language) for fact in scenario.facts}
    parties = {party.id: party.name.in_(language) for party in scenario.parties}
    is_technique = missing.what in ("technique", "avoid")
    return _MISSING[missing.what][language].format(
        techniques=between.join(technique_text(i, label, language) for i in ids) if is_technique else "",
        facts=between.join(facts.get(i, i) for i in ids),
        parties=between.join(parties.get(i, i) for i in ids),
    )


def note_text(note: Note, reply: str, scenario: Scenario, label: Label, language: Language) -> str:
    """One piece of feedback on `reply`, as a sentence with the words it rests on."""
    if note.kind == "next_step" and note.code == "missing" and not _tip(note.opportunity, scenario, language):
        return rule_text(note.reason, language)
    facts = {fact.id: fact.text.in_(language) for fact in scenario.facts}
    text = _NOTES[f"{note.kind}.{note.code}"][language].format(
        what=_tip(note.opportunity, scenario, language),
        quote=_quote(reply, note.start, note.end),
        technique=technique_text(note.technique, label, language) if note.technique else "",
        fact=facts.get(note.reason, note.reason),
        reason=reason_text(note.reason, language) if note.code in ("rejected", "partial") else "",
    )
    return text.replace("。。", "。")


def _quote(reply: str, start: int, end: int) -> str:
    """The words a remark rests on; a word or two are shown with the clause they stand in."""
    if end - start < _SHORT or (reply[start:end].isascii() and " " not in reply[start:end].strip()):
        while start > 0 and not _clause_ends(reply, start - 1):
            start -= 1
        while end < len(reply) and not _clause_ends(reply, end):
            end += 1
    return reply[start:end].strip()


def _clause_ends(text: str, at: int) -> bool:
    """Whether a clause ends at `at`; the mark in 4.3 or 1,400 ends none."""
    inside = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return text[at] in _CLAUSE_ENDS and not (inside and text[at] in ",.:")


def _tip(opportunity: str, scenario: Scenario, language: Language) -> str:
    found = find_opportunity(opportunity, scenario)
    return found.tip.in_(language) if found else ""


def find_opportunity(id: str, scenario: Scenario) -> Opportunity | None:
    """The opportunity called `id`, wherever it stands; None if the scenario has none of that name."""
    return next((o for _, o in opportunities(scenario) if o.id == id), None)


_KINDS: Mapping[FormKind, tuple[str, str]] = MappingProxyType(
    {
        "service_record": ("服務紀錄", "Service record"),
        "complaint_record": ("客訴紀錄", "Complaint record"),
        "follow_up_plan": ("後續追蹤計畫", "Follow-up plan"),
        "customer_file": ("客戶資料更新", "Customer file update"),
        "internal_note": ("內部回饋", "Internal feedback note"),
        "handover_note": ("交接備忘", "Hand-over note"),
        "service_report": ("服務報告", "Service report"),
        "reflection": ("自我反思", "Reflection"),
    }
)


def form_title(form: Form, language: Language) -> str:
    """The name of a form: its own, or that of its kind."""
    return form.title.in_(language) or _KINDS[form.kind][0 if language == "zh" else 1]


_FINDINGS = _pairs(
    {
        "promise_missing": (
            "你答應過「{text}」，紀錄裡找不到。",
            "You promised “{text}”; the record does not have it.",
        ),
        "figure_unknown": (
            "「{text}」在對話和資料裡都沒有出現過，請再核對。",
            "“{text}” occurs nowhere in the talk or the papers. Check it.",
        ),
        "others_data": (
            "「{text}」是別人的資料，不該寫在這裡。",
            "“{text}” is somebody else's data and has no place here.",
        ),
        "empty": ("這一欄是空白的。", "This field is empty."),
    }
)


def finding_text(finding: Finding, words: str, language: Language) -> str:
    """One sentence for something wrong in a field. `words`: what it is about."""
    return _FINDINGS[finding.code][language].format(text=words.strip())

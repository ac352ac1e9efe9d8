"""Proposes questions: open or closed, and clarifying where a deciding fact is asked for.

Owns the form of a question. Families are scored; open or closed is feedback.
"""

from __future__ import annotations

import re

from roleplay.engine.detection.candidates import Candidate, Seen
from roleplay.engine.detection.frames import framed
from roleplay.engine.detection.reading_reply import Reading, asks
from roleplay.engine.detection.segment import Sentence

_FRAMES = ("quoted", "meta", "sarcasm", "rhetorical", "hypothetical")
_OPEN = re.compile(
    r"怎么了|怎样|怎么回事|怎么会(?!.{0,2}[?]$)|发生.{0,4}什么|什么(?:情况|状况|样的|感受|想法|地方|原因|困扰|事|问题|样子|经过|打算|需求|期待|考量)|(?:多)?(?:说说|聊聊|讲讲|谈谈)|"
    r"(?:说|讲|告诉我|描述|形容|说明|分享|聊)(?:明|一下|看看|看)?.{0,10}(?:经过|情况|状况|过程|细节|怎么|发生|感受|想法|当时|来龙去脉|一下|看)|为什么|为何|怎么(?:看|想|觉得|说|处理|解决|做|帮|办|发生|样)|如何(?:看|处理|解决|帮|协助|进行|发生|影响)|"
    r"有(?:什么|哪些)|希望(?:我们|我)?.{0,6}(?:怎么|如何|什么)|想要(?:怎么|什么)|哪些|是什么(?:让|原因|样)|哪方面|什么(?=.{0,6}(?:帮|需要))|跟我(?:说|讲|聊)|请(?:您|你)?(?:说|讲)吧?(?=$|[?。!])"
)
_OPEN_EN = re.compile(
    r"\b(?:how(?! (?:many|much|long|old|often|far|soon|big|late|large|tall|about (?:i|we|a|an|some|\d)))|why|tell me|describe|walk me through|talk me through|say (?:something |a (?:bit|little) )?more|help me understand|explain|share|in what way|"
    r"what(?!(?:'s| is| was) the (?:most|least|\w+est)\b|'s (?:your|the) (?:\w+ )?(?:name|number|date|address|time|reference|order|email|postcode|phone|account|room)|(?:'s| is| was) (?:your|the) (?:\w+ )?(?:name|number|date|address|time|reference|email|postcode|phone|account)| (?:time|date|day|number|size|colou?r|year|month|flight|room|address|name|price|kind of ticket)))\b"
    r"|\bwhat (?:happened|went|would|do|did|can|could|brings|made|makes|else|sort|kind|are|have|'s (?:going|been|on|wrong|the (?:matter|problem|issue)))|\b(?:like|love) to (?:know|hear|understand) (?:more|about|what|how|why)"
)
_IDIOM = re.compile(
    r"(?:(?:well|and|but|so)[, ]+)?(?:(?:do )?you know what|guess what|okay|ok|sorry|pardon)[?]*|(?:您|你)知道吗[?]*"
)
"""What has the form of a question and asks nothing."""
_DECIDING = re.compile(
    r"订单|单号|编号|号码|电话|手机|地址|日期|时间|几点|哪(?:一)?(?:天|班|间|家|款|个|位|里|儿)|什么时候|何时|多少|多久|几(?:位|个|人|晚|天|号|楼|点|次)|型号|姓名|名字|大名|贵姓|航班|房号|原因|当时|证明|收据|发票|照片|"
    r"(?:希望|想要|需要).{0,8}(?:什么|怎么|如何|哪)|发生|经过|情况|状况|过敏|人数|预算"
)
_DECIDING_EN = re.compile(
    r"\b(?:order|booking|reference|tracking|account|room|flight|phone|model|number|name|address|postcode|email|date|time|when|where|which|who|how (?:many|much|long|often)|receipt|"
    r"invoice|photo|what happened|cause|allerg\w*|budget|prefer|need|hoping|looking for|happened)\b"
)


def propose(reading: Reading, seen: Seen) -> list[Candidate]:
    """A candidate for every sentence that asks. Sentences that check understanding, ask whether more is wanted or offer something in
    question form are what they are (seen before)."""
    found: list[Candidate] = []
    asked = [m for m in seen.mentions if m.asked]
    taken = [
        c
        for c in seen.candidates
        if c.technique in ("check_understanding", "closing_followup", "hold_notice") and c.outcome != "rejected"
    ]
    closed = [c.start for c in seen.candidates if c.technique == "open_question" and c.known_not]
    for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
        if not asking or asks_nothing(reading, sentence):
            continue
        start, end = _trimmed(reading.text, _asking_from(reading.text, sentence), sentence.end)
        part = reading.text[start:end]
        if any(start <= c.start < end for c in taken) or not any(c.isalnum() for c in part):
            continue
        is_open = bool(_OPEN.search(part) or _OPEN_EN.search(part)) and not any(start <= at < end for at in closed)
        technique = "open_question" if is_open else "closed_question"
        frame = framed(_FRAMES, reading.text, sentence, sentence.clauses[0], start, end)
        if frame is not None:
            found.append(Candidate(technique, "rejected", start, end, f"{technique}.form", frame.reason, frame.cause))
            continue
        found.append(Candidate(technique, "credited", start, end, f"{technique}.form"))
        deciding = any(start <= m.start < end for m in asked) or _DECIDING.search(part) or _DECIDING_EN.search(part)
        if deciding and not _offers_help(part):
            found.append(Candidate("clarifying_question", "credited", start, end, "clarifying_question.fact"))
    return found


def asks_nothing(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence is a turn of speech that only has the form of a question."""
    return _IDIOM.fullmatch(reading.text[sentence.start : sentence.end].strip()) is not None


_HELP = re.compile(
    r"(?:帮|为|替)(?:您|你)|要不要|需要我|would you like|shall i|should i|can i (?:get|offer|help)|may i help|want me to"
)


def _offers_help(part: str) -> bool:
    return bool(_HELP.search(part))


def _asking_from(text: str, sentence: Sentence) -> int:
    """Where the asking begins: the first clause that asks by itself, else the last one with words in it."""
    for clause in sentence.clauses:
        if asks(text[clause.start : clause.end]):
            return clause.start
    spoken = [c for c in sentence.clauses if any(ch.isalnum() for ch in text[c.start : c.end])]
    return spoken[-1].start if spoken else sentence.start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n,、":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    return start, end

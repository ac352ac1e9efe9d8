"""One reply made ready: folded text, sentences, which of them ask, and the situation it answers.

Owns what every proposer looks at. Refuses to know techniques.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from roleplay.engine.detection.model import Situation
from roleplay.engine.detection.normalise import Normal, is_han, normalise
from roleplay.engine.detection.segment import Clause, Sentence, sentences
from roleplay.engine.detection.spelling import Spelling
from roleplay.scenarios.model import Language

_ASKS = re.compile(
    r"吗|呢[?。,]?$|什么(?!都|的话|也)|(?<![我你他])哪(?!怕|知|会|能|有|敢|都|也)|谁(?!都|也|知道|[^?,。]{1,8}(?:都|也)会)|几(?:点|号|位|个|天|月|岁|次|件|楼)|多少|多久|多(?:大|高|长|重|远)(?=岁|了|呢|[?。,]|$)|怎么(?!能|可以这)|(?<!不管)(?<!无论)怎样(?!都|也)|为什么|为何|如何(?!都)|是否|(?<!查)(?<!看看)(?<!问)(?<!确认)(?<!知道)有没有|是不是|[了过到好完够]没有[?。]*$|"
    r"了没(?:有)?[?。]*$|咧[?。]*$|是[^,。?]{1,10}还是[^,。?]{1,10}$|能不能|可不可以|可否|要不要|会不会|好不好|对不对|需不需要|方不方便|还是.{1,12}[?]|何时|贵姓|尊姓大名|真的假的|(?:干嘛|干吗)(?=$|[?,。]|不)|(?:没错|(?<!不)对|(?<!应该)可以|是这样|(?<!不)是)吧[?。]?$|(?:对|行|可以|好)不[?。]?$|([\u3400-\u9fff])[不没]\1(?!容易)"
)
_ASKS_EN = re.compile(
    r"^(?:(?:and|so|ok|okay|well|but|now|right|um+|uh+|oh|alright|hi|hello|sorry|great|sure)[, ]+|i see, )*"
    r"(?:what\b(?! (?:i|we)(?:'ve|'ll|'m|'re)? (?:have|can|do|did|know|need|want|will|see|mean|meant|said|got|am|are)\b| an? )|when\b(?! (?:the|a|an|our|your|my|this|that|they|we|you|i|he|she|it)\b[^?]*, )|where\b|which\b|who(?:se)?\b|why\b|how\b(?! (?:frustrating|awful|terrible|annoying|disappointing|upsetting|sad|stressful|horrible|lovely|nice|wonderful|about that))|"
    r"(?:do|does|did|is|are|was|were|have|has|had|can|could|would|will|shall|should|may|might|am)(?:n't)? (?:you|i|we|he|she|it|they|there|that|this|the|your|any|my|anyone|someone|somebody)\b)"
    r"|\b(?:could|can|would|will|may|might) (?:you|i) (?:please |just |kindly |perhaps |possibly )?(?:tell|give|let|share|describe|explain|confirm|ask|have|get|say|help me understand|walk)\b"
    r"|(?<!know )(?<!see )\b(?:(?:what|where|when|why|how)(?:'s| is| are| was| were| did| do| does| can| will| would| could| should)|which \w+ (?:is|are|was|did|do|does)) (?:it|you|he|she|they|we|the|your|his|her|their|that|this)\b"
    r"|\b(?:tell me (?:more|what|how|about|a (?:bit|little))|walk me through|say (?:something |a (?:bit|little) )?more about|talk me through|let me know (?:what|which|when|where|how|if)|i(?:'d| would) (?:just |really )?(?:like|love) to (?:know|hear|understand)|i(?:'m| am) wondering|i wonder|may i ask|mind (?:telling|sharing))\b"
)
_REQUEST = re.compile(
    r"(?:请|麻烦|可以|方便|能|帮我|(?<!不用)(?<!不必)(?<!不要)(?<!别)再(?!说(?!说|明|一|看|清)))(?:您|你)?(?:再|先|跟我|和我|帮我)?(?:提供|告诉|给我|说(?:说|明|一下|看)?|讲|描述|形容|确认|报|留)|(?<!刚刚)(?<!刚才)(?<!已经)(?<!也)(?<!有)(?:跟|和|对)我(?:说|讲)(?:说|讲|一下)?|把[^,。]{1,14}(?:贴|传|给|寄|发|念|报)(?:给)?我|想(?:请问|请教|了解|知道|问|跟您确认)|请问"
    r"|\b(?:please (?:tell|give|provide|confirm|share)|i(?:'ll| will)? (?:just )?need (?:your|the|to know|a few)|help me understand|i (?:should|would)(?: also)? (?:like|wish|want) to (?:know|learn|hear))\b"
)
_INDIRECT = re.compile(
    r"我(?:们)?(?!想|要|再?跟(?:您|你))[^,。?]{0,12}?(?:看(?!法|到|起|得|过)|查(?!到|过)|问(?!题|(?:一下)?(?:您|你))|确认(?!(?:一下)?(?:您|你)))"
    r"(?![^,。?]*(?:吗|呢|好不好|可不可以|行不行|要不要|方便)[?。]*(?:$|[,。]))[^,。?]*"
)
"""What somebody says he will look up or ask others: "我幫您看最快什麼時候有師傅" asks the customer nothing."""
_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Reading:
    """`asking`: for each sentence, whether it asks or requests something. `scripts`: the languages whose letters occur in it."""

    typed: str
    normal: Normal
    sentences: tuple[Sentence, ...]
    asking: tuple[bool, ...]
    situation: Situation
    line: str
    """The customer's line, folded."""
    line_asks: bool
    scripts: tuple[Language, ...]

    @property
    def text(self) -> str:
        return self.normal.text

    def place(self, at: int) -> tuple[int, Sentence, Clause]:
        """The sentence (with its number) and clause that hold offset `at`."""
        number = bisect_right(self.sentences, at, key=lambda sentence: sentence.start) - 1
        if number >= 0 and at < self.sentences[number].end:
            sentence = self.sentences[number]
            inside = (clause for clause in sentence.clauses if clause.start <= at < clause.end)
            return number, sentence, next(inside, sentence.clauses[-1])
        last = self.sentences[-1]
        return len(self.sentences) - 1, last, last.clauses[-1]


def read_reply(typed: str, situation: Situation, fold: dict[int, str], spelling: Spelling) -> Reading:
    normal = spelling.written_out(normalise(typed, fold))
    found = sentences(normal.text)
    asking = tuple(s.asks or asks(normal.text[s.start : s.end]) for s in found)
    line = spelling.written_out(normalise(situation.customer_line, fold)).text
    line_asks = "?" in line or asks(line)
    return Reading(typed, normal, found, asking, situation, line, line_asks, _scripts(normal.text))


def _scripts(text: str) -> tuple[Language, ...]:
    han: tuple[Language, ...] = ("zh",) if any(is_han(c) for c in text) else ()
    return (*han, "en") if _LETTER.search(text) else han


def asks(sentence: str) -> bool:
    """Whether a sentence or clause, folded, has the form of a question or of a request to be told something."""
    text = _INDIRECT.sub("", sentence.strip())
    return bool(_ASKS.search(text) or (_LETTER.search(text) and _ASKS_EN.search(text)) or _REQUEST.search(text))

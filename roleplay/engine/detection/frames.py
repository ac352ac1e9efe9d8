"""What a clause does with the words in it: quotes, reports, negates, supposes, mocks.

Owns the frames that turn a cue into a rejected candidate with a reason. Patterns are written as folded text reads: half width,
lower case, Simplified.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from roleplay.engine.detection.segment import Clause, Sentence

_ZH_NOT_NEGATION = r"(?!好意思|只|但|仅|客气|过|如|管|论|愧|少|久|同|断|用担心|要担心|方便)"
_LOCAL_NEGATION = re.compile(
    rf"(?:(?<![要能可会是好想对])不{_ZH_NOT_NEGATION}(?:会|能|想|需要|必|用|应该|觉得|打算|可能|是)?|(?<!有)没(?!问题|关系|错|事)(?:有|办法)?|无法|并非|拒绝|别想|休想|免谈).{{0,5}}$"
    r"|\b(?:not(?! only)|never|(?<!oh )no(?!,? (?:wonder|doubt|problem|worries|no\b|sorry|thank))|without|nothing|refuse to|rather than|instead of|cannot|hardly|don't|doesn't|didn't|won't|wouldn't|"
    r"can't(?! (?:imagine|begin))|couldn't|isn't|aren't|wasn't|shouldn't|needn't)(?:\s+(?!only\b)[a-z']+){0,4}\s*$"
)
_NOT_SO = re.compile(
    r"(?:不是|并非|不算|绝不是|没有|别|不要|不能)\s*(?:说)?$|\b(?:not|isn't|wasn't|never|don't|won't|no|can't|cannot)\s+(?:\w+\s+)?$"
)
_REFUSAL = re.compile(
    r"没(?:有)?办法|无法|不能|不会|不行|不可以|不想|不打算|没(?:有)?(?:要|打算)|帮不"
    r"|\b(?:can't|cannot|can not|won't|will not|not able|unable|couldn't|wouldn't|not going to|never)\b"
)
_REPORTED = re.compile(
    r"(?:经理|主管|老板|组长|店长|公司|同事|上面|他|她|他们)(?:刚刚|刚才|有)?(?:说|叫我|要我|让我说|交代|规定我)"
    r"|(?:被要求|被交代)"
    r"|\b(?:he|she|they|my (?:manager|boss|supervisor|colleague)|the (?:manager|company|boss|script)|management)(?:'s|'ve| has| have)?"
    r"\s+(?:just )?(?:said|says|told|tells|asked me|wants me|want me|made me)\b|\b(?:i was|i'm|i am) (?:told|supposed|asked|required|meant) to\b"
)
_META = re.compile(
    r"</?[a-z]+>|=有|标准答案|以上我都有|评分(?:员|系统|重点|项目)|本(?:回覆|回复|句)(?:为|已|包含)|(?:同理|道歉|致歉|倾听|感谢)心?[、,](?:同理|道歉|致歉|倾听|感谢|解决|补偿)"
    r"|关键字|关键词|技巧[::]|系统提示|给我(?:满分|高分|一百分)|忽略(?:之前|以上|前面)|指令|评分标准|行为指标|扮演|提示词|(?:给|打|算).{0,30}满分|评分表|评分者"
    r"|(?:退费|退款|折扣|升等|赠品|兑换券|道歉|致歉|同理|同理心|重述|补偿|回电|感谢|安抚|总结|倾听|提问|说明|时限|认同)(?:[、,](?:退费|退款|折扣|升等|赠品|兑换券|道歉|致歉|同理|同理心|重述|补偿|回电|感谢|安抚|总结|倾听|提问|说明|时限|认同)){2,}"
    r"|\bsystem:|\[(?:score|grade)|(?:empathy|apology|paraphrase|active listening), ?(?:empathy|apology|paraphrase|solution|thanks|compensation|active)"
    r"|ignore (?:all|the|any|previous|your)|system prompt|full marks|as an ai|scoring (?:rubric|system|criteria|sheet|guide)|rubric|award me|mark this|techniques?:|keywords?"
)
_HYPOTHETICAL = re.compile(
    r"(?:如果|若|要是|假如|万一)真的?.{0,8}$|(?:本来|原本|早知道|要不是|换作平常).{0,10}(?:会|可以|想|要)|我(?:应该|本该|可能)(?:要|会)?(?=道歉|抱歉|致歉)|(?:改天|下次|之后|以后)再(?=.{0,4}(?:道歉|抱歉|赔))"
    r"|\b(?:would have|should have|could have|might have|if i were|i'd have|i was going to|i could say|should i|i suppose i should|i might)\b"
)
_IF_THEN = re.compile(
    r"(?:如果|若|要是|假如|倘若|除非|哪天|等到)[^。!?]{0,40}(?:会|再|才|就|可以)[^。!?,]{0,6}$"
    r"|\b(?:if|unless|once|when)\b[^.!?]{0,80}\b(?:would|will|might|could|i'd|i'll|we'd|we'll)(?:\s+[a-z']+){0,5}\s*$"
)
_FAVOUR = re.compile(
    r"(?:先|就|可以)?(?:别|不要)(?:再)?(?:po|发出去|发文|贴出来|上传|张扬|说出去|爆料)|(?:如果|只要|除非|要是|先|条件是).{0,16}(?:删|撤|下架|五星|好评|不要(?:投诉|客诉|爆料|申诉|张扬|说出去)|不(?:投诉|客诉|爆料|po|发文|告))"
    r"|\b(?:if|once|provided|as long as|only if|unless)\b.{0,40}\b(?:delete|take (?:it|that|this|the \w+) down|five stars?|good review|remove (?:the|your)|drop (?:the|your)|don't (?:post|complain|report)|keep quiet|withdraw)\b"
    r"|\b(?:take|put|delete|remove|pull|drop|give us|leave)\b[^.!?]{0,24}\b(?:stars?|review|post|video|comment|complaint|one-star)\b[^.!?]{0,20}\b(?:and|then)\b[^.!?]{0,8}\b(?:i|we)(?:'ll| will| can)\b"
)
_RHETORICAL = re.compile(
    r"难道|怎么可能|谁叫|关我(?:什么|屁)|不然(?:你|您)(?:要|想)|(?:你|您)以为(?!如何|呢|怎么样)|是要我怎样|(?:你|您)(?:到底)?(?:想|要)(?:我)?怎样(?!都)|(?:还|到底)(?:想|要)+我?(?:怎样|怎么)|有什么(?:好|资格)|凭什么"
    r"|这叫.{1,8}吗|(?:不会|不能)(?:自己|先|早点)?(?:看|问|讲|查|打)(?:.{0,6})吗|我为什么要|谁不.{1,6}(?:啊|呢|吗)?[?]|(?:您|你)自己(?:听|看|想)(?:听|看|想)看|满意了(?:吗|没)|听得懂.{0,4}吧|这年头还有人|闭着眼睛|做梦|刚刚?不是.{0,6}(?:说|讲)过了吗|眼睛(?:是)?(?:长|放|有)在?哪"
    r"|(?:您|你)要我怎么办|不然要怎样|要不要我(?:跪|哭)|(?:您|你)是没.{1,4}还是"
    r"|\b(?:can you hear yourself|can't you (?:read|see|hear)|are you blind|happy now|who isn't|what's there to|why would i|do i look like|you do speak|didn't you (?:dream|think)|isn't that a|what am i, )|\b(?:did|do|am|was) i\?"
    r"|\b(?:what (?:do|did) you (?:want|expect) (?:me|us) to do|how is (?:that|this) (?:my|our)|why should (?:i|we)|who told you|do you really think|are you (?:serious|kidding)|what did you expect|so what(?=[?!.]|$))(?![a-z])"
)
_SARCASM = re.compile(
    r"(?:真是|可真|还真|真|好)(?:抱歉|不好意思|对不起|感谢|谢谢)(?:您|你)?(?:喔|哦|哪|耶|呢|了啦)|大小姐|大爷|好棒棒|呵呵|谢谢(?:您|你)(?:的)?(?:指教)?(?:喔|哦)$|辛苦(?:您|你)(?:了)?(?:喔|哦)(?:真的)?|感谢(?:您|你)的?抱怨|(?:您|你)好(?:委屈|可怜)(?:喔|哦|哪)|真会(?:挑|选)|(?:谢谢|感谢)(?:您|你)?(?:的)?(?:指教|肯定|批评)[,，](?:慢走|下一位|再见|掰)|慢走不送|(?:感谢|谢谢)(?:您|你)?(?:百忙之中)?(?:又|还)?来(?:骂|凶|闹|乱)|(?:最好|希望)(?:不要|别|永远不)再见|赞叹(?:您|你)|(?:真|好|太)?(?:感谢|谢谢)(?:您|你)?(?:这么|那么|的)?(?:捧场|赏脸|抬爱|看得起)"
    r"|\b(?:your (?:highness|majesty|excellency)|boo hoo|(?<!you )poor (?:you|baby|thing)|sorry,? not sorry|well excuse me|cry me|my (?:heart bleeds|deepest condolences)|how (?:terrible|awful|tragic) for you|so+o+ sorry|oh,? (?:i'm )?(?:so|terribly) sorry that|thanks? (?:so much )?for (?:nothing|wasting)|what a tragedy|end of the world|mind the door|thank you for your feedback,? (?:next|bye|mind|goodbye)|you're so welcome|for gracing us|to shout at us again|for good\.$)\b"
)
_QUOTE = re.compile(r"「[^」]*」|『[^』]*』|\"[^\"]*\"|(?<![a-z])'[^']{2,}'(?![a-z])|《[^》]*》")


@dataclass(frozen=True, slots=True)
class Framed:
    """Why the words at a place do not count, and the span that makes it so."""

    reason: str
    cause: tuple[int, int]


_SENTENCES_KEPT = 128

Frame = Callable[[str, Sentence, Clause, int, int], tuple[int, int] | None]


def _anywhere(pattern: re.Pattern[str]) -> Frame:
    """Holds if `pattern` occurs in the sentence; looked for once, however many candidates the sentence has."""

    @functools.lru_cache(maxsize=_SENTENCES_KEPT)
    def search(text: str, start: int, end: int) -> tuple[int, int] | None:
        found = pattern.search(text, start, end)
        return found.span() if found else None

    def frame(text: str, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
        return search(text, sentence.start, sentence.end)

    return frame


def _before(pattern: re.Pattern[str]) -> Frame:
    """Holds if `pattern` occurs in the clause at or before the match."""

    def frame(text: str, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
        found = pattern.search(text, clause.start, max(start + 1, clause.start))
        return found.span() if found else None

    return frame


def _negated(text: str, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    found = _LOCAL_NEGATION.search(text[clause.start : start])
    return (clause.start + found.start(), clause.start + found.end()) if found else None


def _not_so(text: str, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    found = _NOT_SO.search(text[clause.start : start])
    return (clause.start + found.start(), clause.start + found.end()) if found else None


def _refused(text: str, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    found = _REFUSAL.search(text, start, end)
    return found.span() if found else None


def _supposed(text: str, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    found = _IF_THEN.search(text, sentence.start, start)
    return found.span() if found else None


@functools.lru_cache(maxsize=4)
def _quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Where something is quoted; a quotation may hold whole sentences."""
    return tuple(m.span() for m in _QUOTE.finditer(text) if m.end() - m.start() > 2)


def _quoted(text: str, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    return next((span for span in _quotations(text) if span[0] < start < span[1] - 1), None)


FRAMES: dict[str, Frame] = {
    "quoted": _quoted,
    "meta": _anywhere(_META),
    "sarcasm": _anywhere(_SARCASM),
    "reported": _before(_REPORTED),
    "conditional_on_favour": _anywhere(_FAVOUR),
    "hypothetical": _before(_HYPOTHETICAL),
    "supposed": _supposed,
    "rhetorical": _anywhere(_RHETORICAL),
    "negation": _negated,
    "refusal": _refused,
    "not_so": _not_so,
}
"""Frame id -> where it finds itself, in the order they are tried."""
REASON_OF = {"refusal": "negation", "not_so": "negation", "supposed": "hypothetical"}
"""The reason a frame gives, where it is not the frame's own name."""


def framed(
    names: tuple[str, ...], text: str, sentence: Sentence, clause: Clause, start: int, end: int
) -> Framed | None:
    """The first of the frames `names` that holds for the words at [start, end)."""
    for name in names:
        cause = FRAMES[name](text, sentence, clause, start, end)
        if cause is not None:
            return Framed(REASON_OF.get(name, name), cause)
    return None

"""What the scenario adds: facts named and asked for, remedies against the limits of authority, names, repetition, restating.

Owns everything that needs the situation. rapidfuzz is used here for what it does best, slips of the keyboard inside longer words and
near-repeats; it never awards credit by itself.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from roleplay.engine.detection.amounts import Amount, amounts
from roleplay.engine.detection.candidates import Candidate
from roleplay.engine.detection.model import AuthorityCue, FactCue, Mention, Offer
from roleplay.engine.detection.normalise import is_han
from roleplay.engine.detection.reading_reply import Reading

_FUZZY_LATIN, _FUZZY_HAN = 6, 4
_FUZZY_CUTOFF = 92
_REPEAT_CUTOFF = 90
_REPEAT_AT_LEAST = 8
_CONFIRM = re.compile(
    r"对吗|对不对|没错吧|正确吗|是吗|是吧|对吧|right\?|correct\?|is that (?:right|correct)|isn't it|wasn't it|,? yes\?"
)
_HAN_STOP = frozenset("的了我您你是在有不就也都要会可以这那个和跟吗呢吧啊先生小姐一到给请很帮")
_WORD = re.compile(r"[a-z0-9']+")
_ENGLISH_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "my",
        "your",
        "our",
        "their",
        "his",
        "her",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "am",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "and",
        "or",
        "but",
        "not",
        "so",
        "that",
        "this",
        "there",
        "here",
        "what",
        "how",
        "why",
        "when",
        "which",
        "who",
        "if",
        "then",
        "than",
        "as",
        "from",
        "by",
        "about",
        "just",
        "very",
        "really",
        "please",
        "ok",
        "okay",
        "yes",
        "no",
        "oh",
        "well",
        "up",
        "out",
        "get",
        "got",
        "it's",
        "i'm",
        "you're",
        "that's",
        "i'll",
        "we'll",
        "i've",
        "don't",
    ]
)


@functools.lru_cache(maxsize=8192)
def _shape(word: str) -> tuple[bool, bool]:
    """Whether `word` is Latin, and whether a slip or two in it may be passed over: not in short words, nor in numbers."""
    latin = not any(is_han(c) for c in word)
    long = len(word) >= (_FUZZY_LATIN if latin else _FUZZY_HAN)
    return latin, long and not any(c.isdigit() for c in word)


def find(text: str, word: str) -> tuple[int, int] | None:
    """Where `word` stands in `text`, both folded: exactly, at word boundaries if it is Latin; longer ones with a slip or two."""
    if not word:
        return None
    latin, fuzzy = _shape(word)
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not latin or (_edge(text, at) and _edge(text, end)):
            return at, end
        at = text.find(word, at + 1)
    if not fuzzy or len(text) < len(word):
        return None
    near = fuzz.partial_ratio_alignment(word, text, score_cutoff=_FUZZY_CUTOFF)
    return (near.dest_start, near.dest_end) if near else None


def _edge(text: str, at: int) -> bool:
    """Whether a Latin word may begin or end at `at`."""
    return at in (0, len(text)) or not (
        text[at - 1].isascii() and text[at - 1].isalnum() and text[at].isascii() and text[at].isalnum()
    )


def mentions(reading: Reading) -> list[Mention]:
    """Facts stated and asked for, each at most once in either way, offsets of the folded text."""
    found = []
    for fact in reading.situation.facts:
        stated, asked = _stated(fact, reading), _asked(fact, reading)
        if stated:
            found.append(Mention(fact.id, *stated, asked=False))
        if asked and not (stated and reading.place(asked[0])[0] == reading.place(stated[0])[0]):
            found.append(Mention(fact.id, *asked, asked=True))
    return found


def _stated(fact: FactCue, reading: Reading) -> tuple[int, int] | None:
    for word in fact.words:
        for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
            part = reading.text[sentence.start : sentence.end]
            place = find(part, word)
            if place and (not asking or _CONFIRM.search(part) or not _only_asked(fact, part, place)):
                return sentence.start + place[0], sentence.start + place[1]
    return None


def _only_asked(fact: FactCue, part: str, place: tuple[int, int]) -> bool:
    """Whether the words found in a question are themselves what asks for the fact."""
    return any(find(part, w) for w in fact.ask_words)


def _asked(fact: FactCue, reading: Reading) -> tuple[int, int] | None:
    for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
        if asking:
            part = reading.text[sentence.start : sentence.end]
            for word in fact.ask_words:
                place = find(part, word)
                if place:
                    return sentence.start + place[0], sentence.start + place[1]
    return None


def by_name(reading: Reading) -> tuple[int, int] | None:
    """Where the customer is called by name."""
    for name in reading.situation.names:
        at = reading.text.find(name)
        end = at + len(name)
        if name and at >= 0 and (is_han(name[0]) or (_edge(reading.text, at) and _edge(reading.text, end))):
            return at, end
    return None


def repeats(typed: str, earlier: tuple[str, ...]) -> int | None:
    """The index of the earlier reply that `typed` nearly repeats, the last such."""
    if len(typed) < _REPEAT_AT_LEAST:
        return None
    for index in range(len(earlier) - 1, -1, -1):
        if len(earlier[index]) >= _REPEAT_AT_LEAST and fuzz.ratio(typed, earlier[index], score_cutoff=_REPEAT_CUTOFF):
            return index
    return None


# ---------------------------------------------------------------- remedies

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("voucher_future", re.compile(r"券|购物金|抵用|voucher|coupon|credit|next (?:stay|visit)|下次")),
    ("small_gift", re.compile(r"小礼|赠品|礼物|蛋糕|水果|伴手礼|点心|饮料|gift|cake|fruit|dessert|drink|treat")),
    ("special_attention", re.compile(r"升等|专人|优先|亲自|专车|upgrade|priority|personally")),
    (
        "service_free_or_reduced",
        re.compile(
            r"退|折|半价|免费|免收|招待|减免|refund|discount|free|off|waive|complimentary|on (?:us|the house)|reduc|half"
        ),
    ),
)


def offers(reading: Reading, found: list[Candidate]) -> list[Offer]:
    """The remedies offered, against the cards of the situation. Offsets of the folded text."""
    if not reading.situation.in_scenario or reading.situation.side_channel:
        return []
    made: list[Offer] = []
    for sentence in reading.sentences:
        here = [
            c
            for c in found
            if c.technique == "compensation" and c.outcome != "rejected" and sentence.start <= c.start < sentence.end
        ]
        cards = list(_cards(reading, sentence.start, sentence.end))
        if withheld(reading.text[sentence.start : sentence.end]):
            continue
        if not here and not (cards and _given(reading.text[sentence.start : sentence.end])):
            continue
        part = reading.text[sentence.start : sentence.end]
        said = [Amount(a.units, a.percent, a.start + sentence.start, a.end + sentence.start) for a in amounts(part)]
        start = here[0].start if here else cards[0][1][0]
        end = here[0].end if here else cards[0][1][1]
        for card, place in cards:
            amount = _amount_near(said, place)
            units = amount.units if amount else None
            made.append(
                Offer(card.kind, card.id, units, _allowed(card, amount), min(start, place[0]), max(end, place[1]))
            )
        if not cards:
            kind = next((k for k, pattern in _KINDS if pattern.search(part)), "service_free_or_reduced")
            of_kind = [c for c in reading.situation.authority if c.kind == kind]
            amount = said[0] if said else None
            card_id = of_kind[0].id if of_kind else ""
            made.append(
                Offer(
                    kind,
                    card_id,
                    amount.units if amount else None,
                    bool(of_kind) and _allowed(of_kind[0], amount),
                    start,
                    end,
                )
            )
    return made


_GIVE = re.compile(
    r"(?:我|我们|这边|本店|饭店|公司)(?:们)?.{0,12}(?:给|送|帮|为|替|提供|准备|安排|补|免|退|招待|加|赠|请)|(?:给|送|帮|为|替)(?:您|你)|(?:可以|能)(?:提供|送|给|退|免|补)|(?:会|答应|同意|愿意|亲自|安排|已经).{0,20}"
    r"|\b(?:i|we)(?:'ll|'d| will| can| could| would like to| want to| am going to| have| 've)?\b.{0,40}\b(?:give|offer|send|add|arrange|provide|put|take|waive|upgrade|refund|include|bring|get|have|cover|make|hold|keep|book|do)\b|\blet me\b|\bon (?:us|the house)\b|\b(?:will|would like to|has agreed|have agreed|agreed to|is going to|is happy to)\b"
)
_NOT_GIVEN = re.compile(
    r"(?:不(?!用|需|必|收|只|但)|没|无法|没办法|不能)[^,。]{0,6}(?:给|送|退|赔|补|提供|免)|(?:申请|请示|问|确认|争取|核准|报告).{0,12}(?:看看|可不可以|能不能|是否|主管|经理|组长|同意)|(?:主管|经理|组长|店长).{0,8}(?:核准|同意|批准|答应)(?:才|后|之后)"
    r"|\b(?:can't|cannot|won't|not able to|unable to|not allowed to)\b.{0,30}\b(?:give|offer|refund|upgrade)|\b(?:ask|check with|request|see if|find out)\b.{0,40}\b(?:manager|supervisor|leader|whether|if|approv)"
)


def _given(part: str) -> bool:
    return bool(_GIVE.search(part))


def withheld(part: str) -> bool:
    """Whether a sentence refuses a remedy or only promises to ask for it."""
    return bool(_NOT_GIVEN.search(part))


def _cards(reading: Reading, start: int, end: int) -> Iterator[tuple[AuthorityCue, tuple[int, int]]]:
    part = reading.text[start:end]
    for card in reading.situation.authority:
        for word in card.words:
            place = find(part, word)
            if place:
                yield card, (start + place[0], start + place[1])
                break


def _amount_near(said: list[Amount], place: tuple[int, int]) -> Amount | None:
    return min(said, key=lambda a: min(abs(a.start - place[1]), abs(place[0] - a.end)), default=None)


def _allowed(card: AuthorityCue, amount: Amount | None) -> bool:
    if card.limit == -1:
        return True
    if card.limit == 0:
        return False
    if amount is None:
        return True
    if amount.units is not None:
        return amount.units <= card.limit
    return amount.percent is not None and (amount.percent <= card.limit if card.limit <= 100 else amount.percent < 100)


# ---------------------------------------------------------------- restating


def overlap(reading: Reading, start: int, end: int) -> int:
    """How many content words (English) or pairs of characters (Chinese) of the customer's line the part takes up."""
    return len(_content(reading.text[start:end]) & _content(reading.line))


def _content(text: str) -> set[str]:
    words = {w for w in _WORD.findall(text) if w not in _ENGLISH_STOP and len(w) > 2}
    han = [c if is_han(c) else " " for c in text]
    pairs = {
        a + b for a, b in itertools.pairwise(han) if " " not in (a, b) and a not in _HAN_STOP and b not in _HAN_STOP
    }
    return words | pairs

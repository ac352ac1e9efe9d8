"""Remedies offered, held against the limits of the trainee's authority.

Owns what makes words an offer and which card it falls under. Refuses to know what an offer beyond the limits costs (resolve, scoring).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from roleplay.engine.detection.amounts import Amount, amounts
from roleplay.engine.detection.candidates import Candidate
from roleplay.engine.detection.model import AuthorityCue, Offer
from roleplay.engine.detection.phrases import find
from roleplay.engine.detection.reading_reply import Reading

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("voucher_future", re.compile(r"券|购物金|抵用|voucher|coupon|credit|next (?:stay|visit)|下次")),
    ("small_gift", re.compile(r"小礼|赠品|礼物|蛋糕|水果|伴手礼|点心|饮料|gift|cake|fruit|dessert|drink|treat")),
    ("special_attention", re.compile(r"升等|专人|优先|亲自|专车|upgrade|priority|personally")),
    (
        "service_free_or_reduced",
        re.compile(
            r"退|打折|折(?!让)|半价|免费|免收|招待|减免|refund|discount|free|off|waive|complimentary|on (?:us|the house)|reduc|half"
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
        part = reading.text[sentence.start : sentence.end]
        if withheld(part) or not (here or _given(part)):
            continue
        cards = list(_cards(reading, sentence.start, sentence.end))
        if not here and not cards:
            continue
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
            kind = next((k for k, pattern in _KINDS if pattern.search(part)), "service_free_or_reduced" if said else "")
            if not kind:
                continue  # something is given, but nobody can say what: no limit is broken
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
    r"|\b(?:i|we)(?:'ll|'d| will| can| could| would like to| want to| am going to| have| 've)?\b.{0,40}\b(?:give|offer|send|add|arrange|provide|put|take|waive|upgrade|refund|include|bring|get|have|cover|make|hold|keep|book|do)\b|\blet me\b|\bon (?:us|the house)\b|\bfalls to us\b|\b(?:we|company|office|shop|hotel) (?:bears?|pays?|carr(?:y|ies)|absorbs?)\b|\byou (?:pay|owe) nothing\b|\bnothing (?:further |more |extra )?(?:to pay|for you to pay)\b|\b(?:no|without) (?:extra |further |additional )?(?:charge|cost)\b|\b(?:will|would like to|has agreed|have agreed|agreed to|is going to|is happy to)\b"
)
_NOT_GIVEN = re.compile(
    r"(?:不(?!用|需|必|收|只|但|[^,。]{0,2}都)|没|无法|没办法|不能)[^,。]{0,6}(?:给|送|退|赔|补|提供|免)|(?:申请|请示|问|确认|争取|核准|报告).{0,12}(?:看看|可不可以|能不能|是否|主管|经理|组长|同意)|(?:主管|经理|组长|店长|督导|领班|\w{1,4}组).{0,8}(?:核准|同意|批准|答应|点头)(?:才|后|之后|了)?|(?:要|得|等|需要)[^,。]{0,10}(?:核准|同意|批准|点头)|(?:先去?|我?这就去?|去)(?:问|请示|申请)[^。]{0,12}|才(?:敢|能|可以)(?:答应|给|说)"
    r"|\b(?:can't|cannot|won't|not able to|unable to|not allowed to)\b.{0,30}\b(?:give|offer|refund|upgrade)|\b(?:ask|check with|request|see if|find out)\b.{0,40}\b(?:manager|supervisor|leader|whether|if|approv)|\b(?:have|need|got) to ask\b|\bi'll (?:have to )?ask\b|\bneeds? (?:\w+ ){0,3}(?:approval|sign-?off|agreement|go-ahead|say-so)\b|\bsubject to\b|\bonce (?:my |the )?\w+ (?:approves|agrees|signs|says yes)\b"
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

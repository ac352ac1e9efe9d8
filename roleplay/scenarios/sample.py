"""A small complete pack: what every example of a problem is a change to, and a scenario to start from.

Owns its texts. They have neither errors nor warnings; the tests hold them to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from roleplay.scenarios.codes import Example

_PACK = """\
format: 1
id: sample
version: "1.0"
title: {zh: 範例情境包, en: A sample pack}
author: A trainer
licence: CC-BY-4.0
languages: [zh, en]
"""

_SCENARIO = """\
format: 1
id: late_cake
title: {zh: 蛋糕遲到了, en: The late cake}
summary: {zh: 派對快開始了，蛋糕還沒到。, en: "The party is about to start, and the cake is not there."}
level: foundation
role: assistant
minutes: 10
complaints: [late_delivery]
focus: [active_listening]

brief:
  you: {zh: 你是蛋糕店的線上客服。, en: You answer the chat of a cake shop.}
  setting: {zh: 週六下午，外送很忙。, en: "Saturday afternoon, deliveries are busy."}
  goal: {zh: 弄清楚訂單，給出到貨時間。, en: Find the order and say when it comes.}
  channel: chat
  authority:
    - id: credit
      kind: voucher_future
      label: {zh: 購物金, en: store credit}
      words: {zh: [購物金], en: [store credit]}
      limit: 100
      approved_limit: 300

persona:
  name: {zh: 陳雅婷, en: Ya-ting Chen}
  called: {zh: [陳小姐, 雅婷], en: [Ms Chen, Ya-ting]}
  about: {zh: 替女兒辦生日會的媽媽。, en: A mother who gives a birthday party for her daughter.}
  holds_back: {zh: 派對四點就開始。, en: The party starts at four.}
  mood: 35
  trust: 45
  rules:
    - {id: hates_jargon, when: {does: jargon}, mood: -4}

facts:
  - id: order_number
    text: {zh: 訂單 C305, en: order C305}
    words: {zh: [C305], en: [C305]}
    ask_words: {zh: [訂單編號, 單號], en: [order number]}
    tell: {zh: 單號是 C305。, en: The number is C305.}
  - id: cause
    text: {zh: 外送車拋錨了, en: the van broke down}
    words: {zh: [拋錨], en: [broke down]}

start: opening
states:
  - id: opening
    says: {zh: 我的蛋糕呢？, en: Where is my cake?}
    opportunities:
      - id: ask_order
        indicators: [TRM3R0182v2:3.1]
        met: {all: [{does: question}, {asks: order_number}]}
        partly: {does: question}
        spoiled: {does: blame_customer}
        due: 2
        tip: {zh: 先問訂單編號。, en: Ask for the order number first.}
        weak: [{zh: 你自己查一下。, en: Look it up yourself.}]
        good: [{zh: 請問您的訂單編號是多少？, en: "Could you tell me the order number, please?"}]
        rule: {zh: 具體問一件事。, en: Ask for one thing.}
    branches:
      - when: {asked: order_number}
        to: details
        says: {zh: 好，等我一下。, en: "All right, one moment."}
        mood: +5
      - otherwise: true
        says: [{zh: 然後呢？, en: And?}, {zh: 所以呢？, en: Well?}]
        mood: -3
  - id: details
    says: {zh: 到底什麼時候會到？, en: When will it be here?}
    opportunities:
      - id: give_time
        indicators: [TRM3R0182v2:2.2]
        met: {does: commitment_timeframe}
        tip: {zh: 說出確切的時間。, en: Give an exact time.}
        weak: [{zh: 很快。, en: Soon.}]
        good: [{zh: 我三點半前回電給您。, en: I will call you before half past three.}]
    branches:
      - when: {all: [{does: commitment_timeframe}, {mood: {at_least: 50}}]}
        to: happy
      - when: {does: commitment_timeframe}
        to: done
      - when: {tries: {at_least: 4}}
        to: gone
      - otherwise: true
        says: {zh: 這不是我問的。, en: That is not what I asked.}
        mood: -2
  - id: happy
    end: solved_warmed
    says: {zh: 謝謝你這麼用心。, en: Thank you for taking such care.}
  - id: done
    end: solved
    says: {zh: 好吧，謝謝。, en: "All right, thanks."}
  - id: gone
    end: unsolved
    says: {zh: 算了，我找別家。, en: "Never mind, I will go elsewhere."}

anywhere:
  - when: {mood: {below: 10}}
    to: gone
unrecognised:
  says: {zh: 蛤？, en: Sorry?}
  mood: -1

parties:
  - id: leader
    kind: supervisor
    name: {zh: 美玲組長, en: Mei-ling}
    about: {zh: 當班組長，就在旁邊, en: "the shift leader, right beside you"}
    minutes: 0
    answers:
      - when: {names: order_number}
        says: {zh: 車拋錨了，購物金可以給到三百。, en: "The van broke down, you may give three hundred."}
        grants: [credit]
        reveals: [cause]
      - otherwise: true
        says: {zh: 哪張訂單？, en: Which order?}

clock:
  start: "15:00"
  turn: 2
  wait: 5
  events:
    - id: guests_arrive
      at: 30
      says: {zh: 客人都到了！, en: The guests are here!}
      mood: -6

forms:
  - id: record
    kind: service_record
    intro: {zh: 給下一班的同事看。, en: For the next shift.}
    fields:
      - id: what
        label: {zh: 發生了什麼, en: What happened}
        hint: {zh: 單號與原因, en: number and cause}
        opportunities:
          - id: write_down
            indicators: [BAS4222-002v2:P1.1.4]
            met: {names: order_number}
            tip: {zh: 寫下單號。, en: Write the number down.}
            weak: [{zh: 客人在等蛋糕。, en: A customer waits for a cake.}]
            good: [{zh: 訂單 C305 的蛋糕遲到。, en: The cake of order C305 is late.}]
others: {zh: [王先生], en: [Mr Wang]}
"""

_REHEARSAL = """\
format: 1
scenario: late_cake
quality: good
note: {zh: 先問單號，再給時間。, en: "Asks for the number, then gives a time."}
turns:
  - say: {zh: 請問您的訂單編號是多少？, en: "Could you tell me the order number, please?"}
    expect:
      state: details
      finds: [closed_question]
      rates: {ask_order: met}
  - wait: true
  - say: {zh: 我三點半前回電給您。, en: I will call you before half past three.}
    expect:
      lacks: [overpromise]
expect:
  outcome: solved
  mood: {at_least: 30}
forms:
  - form: record
    write:
      what: {zh: 訂單 C305 的蛋糕沒到，三點半前回電。, en: "Order C305: no cake yet. To be called before half past three."}
    expect:
      rates: {write_down: met}
      wrong: {what: []}
"""

_REPLIES = """\
format: 1
scenario: late_cake
replies:
  ask_order:
    met:
      zh: [請問訂單編號是幾號？]
      en: ["What is the order number, please?"]
    partly:
      zh: [請問您是什麼時候訂的？]
      en: [When did you place the order?]
    not_met:
      zh: [您先不要急。]
      en: [Please be patient.]
"""

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "pack": "pack.yaml",
        "scenario": "late_cake.yaml",
        "rehearsal": "late_cake.good.rehearsal.yaml",
        "replies": "late_cake.replies.yaml",
        "other": "late_bread.yml",
        "other_scenario": "second_cake.yaml",
    }
)
"""What the sample's files are called."""

FILES: Mapping[str, str] = MappingProxyType(
    {NAMES["pack"]: _PACK, NAMES["scenario"]: _SCENARIO, NAMES["rehearsal"]: _REHEARSAL, NAMES["replies"]: _REPLIES}
)
"""The sample pack, name -> text."""


def changed(example: Example) -> dict[str, str]:
    """The files of the sample pack with `example` made. ValueError if what it changes is not there."""
    name = NAMES[example.file]
    files = dict(FILES)
    if not example.old:
        files.pop(name, None)
        return {**files, name: example.new} if example.new else files
    if example.old not in files[name]:
        raise ValueError(f"not in {name}: {example.old!r}")
    before, rest = files[name].split(example.old, 1)
    after = rest[rest.index(example.until) :] if example.until else rest
    return {**files, name: before + example.new + after}

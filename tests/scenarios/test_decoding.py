"""Located values -> the model: the whole sample value by value, every form of every key, and every kind of mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roleplay.scenarios.model import (
    All,
    Answer,
    AnyOf,
    Asks,
    Authority,
    Branch,
    Brief,
    ByName,
    Clock,
    ClockEvent,
    Condition,
    Consulted,
    Does,
    Effect,
    Fact,
    Form,
    FormField,
    Granted,
    Happened,
    Knows,
    Line,
    Names,
    Not,
    Nothing,
    Offers,
    Opportunity,
    Party,
    Persona,
    Range,
    RatedReplies,
    Repeats,
    Rule,
    Scenario,
    State,
    Text,
    Words,
)
from roleplay.scenarios.packs import load_pack
from roleplay.scenarios.sample import FILES
from tests.scenarios.packs_at_hand import PACK, SCENARIO, codes, load_changed, only, sample, text_at, with_change


def _said(zh: str, en: str) -> tuple[Line, ...]:
    return (Line((Text(zh, en),)),)


def test_the_sample_is_what_it_says() -> None:
    commitment = Does(("commitment_timeframe",))
    expected = Scenario(
        id="late_cake",
        pack="sample",
        code="",
        title=Text("蛋糕遲到了", "The late cake"),
        summary=Text("派對快開始了，蛋糕還沒到。", "The party is about to start, and the cake is not there."),
        level="foundation",
        role="assistant",
        minutes=10,
        languages=("zh", "en"),
        complaints=("late_delivery",),
        focus=("active_listening",),
        brief=Brief(
            you=Text("你是蛋糕店的線上客服。", "You answer the chat of a cake shop."),
            setting=Text("週六下午，外送很忙。", "Saturday afternoon, deliveries are busy."),
            goal=Text("弄清楚訂單，給出到貨時間。", "Find the order and say when it comes."),
            channel="chat",
            authority=(
                Authority(
                    "credit",
                    "voucher_future",
                    Text("購物金", "store credit"),
                    Words(("購物金",), ("store credit",)),
                    limit=100,
                    approved_limit=300,
                ),
            ),
        ),
        persona=Persona(
            name=Text("陳雅婷", "Ya-ting Chen"),
            called=Words(("陳小姐", "雅婷"), ("Ms Chen", "Ya-ting")),
            about=Text("替女兒辦生日會的媽媽。", "A mother who gives a birthday party for her daughter."),
            holds_back=Text("派對四點就開始。", "The party starts at four."),
            mood=35,
            trust=45,
            rules=(Rule("hates_jargon", Does(("jargon",)), mood=-4),),
        ),
        facts=(
            Fact(
                "order_number",
                Text("訂單 C305", "order C305"),
                Words(("C305",), ("C305",)),
                Words(("訂單編號", "單號"), ("order number",)),
                tell=_said("單號是 C305。", "The number is C305."),
            ),
            Fact("cause", Text("外送車拋錨了", "the van broke down"), Words(("拋錨",), ("broke down",))),
        ),
        start="opening",
        states=(
            State(
                "opening",
                _said("我的蛋糕呢？", "Where is my cake?"),
                (
                    Opportunity(
                        "ask_order",
                        ("TRM3R0182v2:3.1",),
                        met=All((Does(("question",)), Asks(("order_number",)))),
                        partly=Does(("question",)),
                        spoiled=Does(("blame_customer",)),
                        due=2,
                        tip=Text("先問訂單編號。", "Ask for the order number first."),
                        weak=(Text("你自己查一下。", "Look it up yourself."),),
                        good=(Text("請問您的訂單編號是多少？", "Could you tell me the order number, please?"),),
                        rule=Text("具體問一件事。", "Ask for one thing."),
                    ),
                ),
                (
                    Branch(
                        Asks(("order_number",), "session"),
                        "details",
                        _said("好，等我一下。", "All right, one moment."),
                        Effect(mood=5),
                    ),
                    Branch(
                        None,
                        says=(Line((Text("然後呢？", "And?"), Text("所以呢？", "Well?"))),),
                        effect=Effect(mood=-3),
                    ),
                ),
            ),
            State(
                "details",
                _said("到底什麼時候會到？", "When will it be here?"),
                (
                    Opportunity(
                        "give_time",
                        ("TRM3R0182v2:2.2",),
                        met=commitment,
                        tip=Text("說出確切的時間。", "Give an exact time."),
                        weak=(Text("很快。", "Soon."),),
                        good=(Text("我三點半前回電給您。", "I will call you before half past three."),),
                    ),
                ),
                (
                    Branch(All((commitment, Range("mood", at_least=50))), "happy"),
                    Branch(commitment, "done"),
                    Branch(Range("tries", at_least=4), "gone"),
                    Branch(None, says=_said("這不是我問的。", "That is not what I asked."), effect=Effect(mood=-2)),
                ),
            ),
            State("happy", _said("謝謝你這麼用心。", "Thank you for taking such care."), outcome="solved_warmed"),
            State("done", _said("好吧，謝謝。", "All right, thanks."), outcome="solved"),
            State("gone", _said("算了，我找別家。", "Never mind, I will go elsewhere."), outcome="unsolved"),
        ),
        anywhere=(Branch(Range("mood", below=10), "gone"),),
        unrecognised=Branch(None, says=_said("蛤？", "Sorry?"), effect=Effect(mood=-1)),
        parties=(
            Party(
                "leader",
                "supervisor",
                Text("美玲組長", "Mei-ling"),
                Text("當班組長，就在旁邊", "the shift leader, right beside you"),
                (
                    Answer(
                        Names(("order_number",)),
                        _said("車拋錨了，購物金可以給到三百。", "The van broke down, you may give three hundred."),
                        Effect(reveals=("cause",), grants=("credit",)),
                    ),
                    Answer(None, _said("哪張訂單？", "Which order?")),
                ),
                minutes=0,
            ),
        ),
        clock=Clock(
            "15:00",
            turn=2,
            wait=5,
            events=(
                ClockEvent("guests_arrive", 30, _said("客人都到了！", "The guests are here!"), effect=Effect(mood=-6)),
            ),
        ),
        forms=(
            Form(
                "record",
                "service_record",
                (
                    FormField(
                        "what",
                        Text("發生了什麼", "What happened"),
                        Text("單號與原因", "number and cause"),
                        opportunities=(
                            Opportunity(
                                "write_down",
                                ("BAS4222-002v2:P1.1.4",),
                                Names(("order_number",)),
                                tip=Text("寫下單號。", "Write the number down."),
                                weak=(Text("客人在等蛋糕。", "A customer waits for a cake."),),
                                good=(Text("訂單 C305 的蛋糕遲到。", "The cake of order C305 is late."),),
                            ),
                        ),
                    ),
                ),
                intro=Text("給下一班的同事看。", "For the next shift."),
            ),
        ),
        others=Words(("王先生",), ("Mr Wang",)),
        replies=(
            RatedReplies(
                "ask_order",
                Words(("請問訂單編號是幾號？",), ("What is the order number, please?",)),
                Words(("您先不要急。",), ("Please be patient.",)),
                partly=Words(("請問您是什麼時候訂的？",), ("When did you place the order?",)),
            ),
        ),
    )
    assert sample() == expected


def test_everything_named_knows_its_place() -> None:
    where = dict(sample().where)
    lines = FILES[SCENARIO].splitlines()

    def at(path: str) -> str:
        line, column = where[path]
        return lines[line - 1][column - 1 :]

    assert at("states.opening") == "id: opening"
    assert at("states.opening.branches.1") == "otherwise: true"
    assert at("states.details.branches.0.when").startswith("{all: [{does: commitment_timeframe}")
    assert at("states.opening.opportunities.ask_order.met").startswith("{all: [{does: question}")
    assert at("facts.order_number") == "id: order_number"
    assert at("parties.leader.answers.0.grants") == "[credit]"
    assert at("clock.events.guests_arrive.at") == "30"
    assert at("anywhere.0.to") == "gone"
    assert at("brief.authority.credit.limit") == "100"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{does: apology}", Does(("apology",))),
        ("{does: [apology, question]}", Does(("apology", "question"))),
        ("{touches: apology}", Does(("apology",), strength="touched")),
        ("{did: apology}", Does(("apology",), "session")),
        ("{names: cause}", Names(("cause",))),
        ("{named: [cause]}", Names(("cause",), "session")),
        ("{asks: order_number}", Asks(("order_number",))),
        ("{asked: order_number}", Asks(("order_number",), "session")),
        ("{knows: cause}", Knows(("cause",))),
        ("{offers: within}", Offers()),
        ("{offers: over}", Offers(limit="over")),
        ("{offers: any}", Offers(limit="any")),
        ("{offers: {cards: credit}}", Offers(("credit",))),
        ("{offers: {cards: [credit], limit: any}}", Offers(("credit",), "any")),
        ("{offered: {limit: over}}", Offers((), "over", "session")),
        ("{mood: {at_least: 20, below: 30}}", Range("mood", 20, 30)),
        ("{trust: {below: 30}}", Range("trust", None, 30)),
        ("{clock: {at_least: 1440}}", Range("clock", 1440)),
        ("{turns: {at_least: 3}}", Range("turns", 3)),
        ("{consulted: leader}", Consulted(("leader",))),
        ("{granted: credit}", Granted(("credit",))),
        ("{happened: guests_arrive}", Happened(("guests_arrive",))),
        ("{nothing: true}", Nothing()),
        ("{repeats: true}", Repeats()),
        ("{by_name: true}", ByName()),
        ("{by_name: false}", Not(ByName())),
        ("{not: {does: argue}}", Not(Does(("argue",)))),
        ("{any: [{does: apology}, {knows: cause}]}", AnyOf((Does(("apology",)), Knows(("cause",))))),
        ("{does: apology, knows: cause}", All((Does(("apology",)), Knows(("cause",))))),
        ("{all: [{does: apology}]}", All((Does(("apology",)),))),
        ("{all: {does: apology}}", All((Does(("apology",)),))),
    ],
)
def test_every_condition(written: str, meant: Condition) -> None:
    loaded = load_changed("{asked: order_number}", written)
    assert loaded.pack is not None, [str(p) for p in loaded.problems]
    assert loaded.pack.scenarios[0].states[0].branches[0].when == meant


@pytest.mark.parametrize(
    ("written", "code", "at"),
    [
        ("[{does: apology}]", "RP203", "[{does"),
        ("apology", "RP203", "apology"),
        ("{}", "RP219", "{}"),
        ("{all: []}", "RP219", "[]"),
        ("{does: []}", "RP219", "[]"),
        ("{does: [[apology]]}", "RP203", "[apology]"),
        ("{dose: apology}", "RP201", "dose"),
        ("{does: apologise}", "RP304", "apologise"),
        ("{asks: order}", "RP301", "order"),
        ("{offers: voucher}", "RP204", "voucher"),
        ("{offers: {cards: [voucher]}}", "RP301", "voucher"),
        ("{mood: 50}", "RP203", "50"),
        ("{mood: {}}", "RP219", "{}"),
        ("{mood: {at_most: 50}}", "RP201", "at_most"),
        ("{mood: {at_least: 101}}", "RP205", "101"),
        ("{mood: {at_least: 1.5}}", "RP205", "1.5"),
        ("{mood: {at_least: ５}}", "RP205", "５"),
        ("{mood: {at_least: 50, below: 50}}", "RP406", "{at_least"),
        ("{nothing: yes}", "RP208", "yes"),
        ("{consulted: boss}", "RP301", "boss"),
        ("{happened: rain}", "RP301", "rain"),
        ("{granted: refund}", "RP301", "refund"),
        ("{not: }", "RP209", " }"),
    ],
)
def test_a_wrong_condition_is_shown_where_it_stands(written: str, code: str, at: str) -> None:
    files = with_change("{asked: order_number}", written)
    found = [one for one in load_pack(files).problems if one.file == SCENARIO and one.severity == "error"]
    assert [one.code for one in found] == [code]
    assert text_at(files, found[0]).startswith(at)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{zh: 喂, en: Hello}", (Line((Text("喂", "Hello"),)),)),
        ("[{zh: 喂, en: Hello}, {zh: 在嗎, en: There}]", (Line((Text("喂", "Hello"), Text("在嗎", "There"))),)),
        ("[{says: {zh: 喂, en: Hello}}]", (Line((Text("喂", "Hello"),)),)),
        ("{says: {zh: 喂, en: Hello}, narration: {zh: 嘆氣, en: sighs}}",
         (Line((Text("喂", "Hello"),), narration=Text("嘆氣", "sighs")),)),
        ("[{narration: {zh: 嘆氣, en: sighs}}]", (Line((), narration=Text("嘆氣", "sighs")),)),
        ("[{when: {mood: {below: 20}}, says: [{zh: 喂, en: Hello}, {zh: 在嗎, en: There}]}, "
            "{says: {zh: 嗯, en: Well}}]",
         (Line((Text("喂", "Hello"), Text("在嗎", "There")), Range("mood", below=20)), Line((Text("嗯", "Well"),)))),
    ],
)  # fmt: skip
def test_every_form_of_says(written: str, meant: tuple[Line, ...]) -> None:
    loaded = load_changed("{zh: 我的蛋糕呢？, en: Where is my cake?}", written)
    assert loaded.pack is not None, [str(p) for p in loaded.problems]
    assert loaded.pack.scenarios[0].states[0].says == meant


def test_a_pack_of_one_language_has_plain_texts() -> None:
    loaded = load_pack(
        {
            PACK: FILES[PACK]
            .replace("languages: [zh, en]", "languages: [zh]")
            .replace("{zh: 範例情境包, en: A sample pack}", "範例情境包"),
            "short.yaml": _SHORT,
        }
    )
    assert [str(found) for found in loaded.problems if found.severity == "error"] == []
    assert loaded.pack is not None
    (scenario,) = loaded.pack.scenarios
    assert loaded.pack.title == Text("範例情境包")
    assert scenario.languages == ("zh",)
    assert scenario.title == Text("短短的")
    assert scenario.persona.called == Words(("老王",))
    assert scenario.states[0].says == (Line((Text("喂？"), Text("在嗎？"))),)


_SHORT = """\
format: 1
id: short
title: 短短的
summary: 一句話。
level: working
role: front_line
minutes: 5
brief: {you: 你。, setting: 這裡。, goal: 做好。, channel: phone}
persona: {name: 老王, called: 老王, about: 客人。, holds_back: 沒有。, mood: 50, trust: 50}
start: a
states:
  - id: a
    says: [喂？, 在嗎？]
    branches:
      - {when: {does: greeting}, to: b}
      - {otherwise: true, says: 嗯。}
  - {id: b, end: solved, says: 好。}
"""


def test_folded_chinese_has_no_spaces_of_yaml() -> None:
    loaded = load_changed(
        "{zh: 蛋糕遲到了, en: The late cake}", "\n  zh: 蛋糕\n    遲到了，\n    真的\n  en: The late\n    cake"
    )
    assert loaded.pack is not None, [str(p) for p in loaded.problems]
    assert loaded.pack.scenarios[0].title == Text("蛋糕遲到了，真的", "The late cake")


def test_all_problems_come_at_once() -> None:
    text = (
        FILES[SCENARIO]
        .replace("level: foundation", "level: easy")
        .replace("minutes: 10", "minuts: 10")
        .replace("  mood: 35", "  mood: lots")
        .replace("to: details", "to: detials")
        .replace("end: solved\n", "end: sovled\n")
        .replace("{asks: order_number}", "{asks: oder_number}")
        .replace("indicators: [TRM3R0182v2:2.2]", "indicators: [TRM3R0182v2:2.9]")
        .replace("complaints: [late_delivery]", "complaints: [late]")
        .replace(
            "        tip: {zh: 說出確切的時間。, en: Give an exact time.}\n", "        tip: {zh: 說出確切的時間。}\n"
        )
    )
    loaded = load_pack({**FILES, SCENARIO: text})
    assert loaded.pack is None
    found = ["RP202", "RP201", "RP204", "RP303", "RP205", "RP301", "RP301", "RP501", "RP206", "RP204"]
    assert sorted(codes(loaded)) == sorted(found)
    places = [(one.line, one.column) for one in loaded.problems if one.file == SCENARIO]
    assert places == sorted(places)


def test_the_nearest_name_is_offered() -> None:
    found = only(load_changed("    opportunities:\n", "    oportunities:\n"), "RP201")
    assert ("near", "opportunities") in found.arguments
    assert "你是不是要寫「opportunities」" in found.render("zh")


def test_a_missing_key_is_shown_at_what_misses_it() -> None:
    files = with_change("        met: {does: commitment_timeframe}\n", "")
    found = only(load_pack(files), "RP202")
    assert text_at(files, found) == "id: give_time"


def test_an_empty_value_is_shown_as_one() -> None:
    found = only(load_changed("start: opening", "start: ~"), "RP209")
    assert dict(found.arguments) == {"key": "start"}


def test_a_branch_that_cannot_be_read_is_not_blamed_twice() -> None:
    loaded = load_changed(
        "- otherwise: true\n        says: {zh: 這不是", "- otherwise: maybe\n        says: {zh: 這不是"
    )
    assert codes(loaded) == ["RP208"]


@pytest.mark.parametrize("languages", ["[zh, fr]", "[]", "zh en", "{zh: true}"])
def test_languages_are_those_the_program_has(languages: str) -> None:
    loaded = load_changed("languages: [zh, en]", f"languages: {languages}", PACK)
    assert loaded.pack is None
    assert any(found.file == PACK and found.code in ("RP204", "RP219", "RP203") for found in loaded.problems)


def test_the_examples_of_the_format_page_have_the_right_shape() -> None:
    page = (Path(__file__).parents[2] / "docs" / "pack-format.md").read_text(encoding="utf-8")
    pack, scenario, forms, rehearsal, replies = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    names = ("lost_parcel.yaml", "lost_parcel.good.rehearsal.yaml", "lost_parcel.replies.yaml")
    loaded = load_pack({PACK: pack, **dict(zip(names, (scenario + forms, rehearsal, replies), strict=True))})
    assert {found.file for found in loaded.problems} <= set(names)
    # The page names states and facts it leaves out.
    assert [str(found) for found in loaded.problems if found.code < "RP3"] == []
    assert loaded.pack is None

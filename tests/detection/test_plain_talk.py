"""What any beginner says on the first day is taken for what it is, and for nothing else.

The train part is mostly written by people who avoid the phrases of a course. Regressions only: how well plain talk is seen at large is
measured on four authors of it (docs/detection.md).
"""

from __future__ import annotations

import pytest

from roleplay.engine.detection.model import Situation
from roleplay.engine.detection.reading_reply import asks
from roleplay.library import detector
from roleplay.scenarios.model import Language

WAITED: dict[Language, str] = {
    "zh": "我的包裹等了一個禮拜，打了三通電話都沒有人理我，你們到底在搞什麼？",
    "en": "I have been waiting a week for my parcel and rang three times. What on earth are you doing?",
}
NOTHING = ""
PLAIN: tuple[tuple[Language, str, str], ...] = (
    ("en", "hello there", "greeting"),
    ("en", "Hi there!", "greeting"),
    ("en", "good evening, sir", "greeting"),
    ("en", "Hello, this is Grace.", "greeting self_introduction"),
    ("en", "Hi, Amy here", "greeting self_introduction"),
    (
        "en",
        "Hello, this is Amy from customer care, how can I help you today?",
        "greeting self_introduction open_question",
    ),
    ("en", "thank you so much", "thanks"),
    ("en", "thanks", "thanks"),
    ("en", "bye", "farewell"),
    ("en", "hold on", "hold_notice"),
    ("en", "please wait", "hold_notice"),
    ("en", "one moment please", "hold_notice"),
    ("en", "you're welcome", NOTHING),
    ("en", "however", NOTHING),
    ("en", "what a day", NOTHING),
    ("en", "I'm so sorry you had to wait so long.", "apology"),
    ("en", "Could I have your order number please", "clarifying_question closed_question"),
    ("en", "When did you place the order", "clarifying_question closed_question"),
    ("en", "I can see why you're angry, I would be too", "reflect_feeling validate"),
    ("en", "Thanks for telling me this", "thanks"),
    ("en", "This is our mistake and we will put it right", "apology"),
    ("en", "It's company policy", "policy_quote_only"),
    ("en", "Thank you for calling, have a lovely day", "thanks farewell"),
    ("zh", "您好", "greeting"),
    ("zh", "晚安", "farewell"),
    ("zh", "再見", "farewell"),
    ("zh", "謝謝您", "thanks"),
    ("zh", "請稍等", "hold_notice"),
    ("zh", "您好，我是客服小美，請問有什麼可以幫您", "greeting self_introduction open_question"),
    ("zh", "真的很抱歉讓您等這麼久", "apology"),
    ("zh", "可以給我您的訂單編號嗎", "clarifying_question closed_question"),
    ("zh", "請問您是什麼時候下單的", "clarifying_question closed_question"),
    ("zh", "謝謝您願意告訴我這些", "thanks"),
    ("zh", "這是我們的疏失，我們會負責", "apology"),
    ("zh", "您一定等得很累吧", "reflect_feeling"),
    ("zh", "您請說", "open_question"),
    ("zh", "我幫您看最快什麼時候有師傅可以去", "offer_solution"),
    ("zh", "您說得沒錯，是我們沒講清楚", "apology validate"),
    ("zh", "您是不是自己填錯地址", "blame_customer closed_question"),
    ("zh", "感謝您的來電，祝您有美好的一天", "thanks farewell"),
    ("zh", "您好，請坐", "greeting"),
    ("zh", "我先跟您賠個不是", "apology"),
    ("zh", "您選得很對，是我們拿錯了", "apology"),
    ("en", "could you give me your surname and the street please", "closed_question clarifying_question"),
)


@pytest.mark.parametrize(("language", "reply", "expected"), PLAIN, ids=[row[1] for row in PLAIN])
def test_plain_talk_is_taken_for_what_it_is(language: Language, reply: str, expected: str) -> None:
    situation = Situation(customer_line=WAITED[language], in_scenario=True)
    found = {d.technique for d in detector().analyse(reply, language, situation).detections if d.outcome != "rejected"}
    assert found == set(expected.split())


def test_a_name_is_part_of_the_words_that_introduce() -> None:
    reply = "good afternoon, my name is Amy. how can I help"
    (found,) = (d for d in detector().analyse(reply, "en").detections if d.technique == "self_introduction")
    assert reply[found.start : found.end].endswith("Amy")


def test_a_list_said_back_is_no_list_of_keywords() -> None:
    def reasons(customer_line: str) -> set[str]:
        reply = "黃色上衣、藍色短褲、恐龍包包，這樣對嗎？"
        return {d.reason for d in detector().analyse(reply, "zh", Situation(customer_line)).detections}

    assert "keyword_list" not in reasons("黃色上衣，藍色短褲，背恐龍包包。")
    assert reasons("你們到底在做什麼？") == {"keyword_list"}


def test_keywords_the_customer_has_named_are_keywords_still() -> None:
    reply = "抱歉，要退費，要道歉，謝謝，請稍等，再見"
    assert detector().analyse(reply, "zh", Situation("我要退費、要你道歉！")).stuffed


@pytest.mark.parametrize(
    ("words", "asking"),
    [
        ("我帮您看最快什么时候有师傅", False),
        ("我打电话给物流问司机放在哪里", False),
        ("我先问一下您住哪里", True),
        ("我看一下可以吗", True),
        ("我想问您什么时候买的", True),
        ("请问您贵姓", True),
        ("您贵姓", True),
        ("however", False),
        ("what a long day", False),
        ("what happened", True),
        ("应该可以吧", False),
        ("这样可以吧", True),
    ],
)
def test_what_somebody_will_look_up_is_no_question(words: str, asking: bool) -> None:
    assert asks(words) == asking

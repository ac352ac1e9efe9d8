"""RP5: problems of opportunities and of the standards they refer to. Owns their wording and examples."""

from __future__ import annotations

from roleplay.scenarios.codes import Code, Example, Wording, error, warning

_MET = "met: {all: [{does: question}, {asks: order_number}]}"
_TIME = "met: {does: commitment_timeframe}"

OPPORTUNITIES: tuple[Code, ...] = (
    error(
        "RP501",
        Wording(
            "沒有這個行為指標",
            "職能基準裡沒有指標「{name}」{near}",
            "用 roleplay standards --search 查詢；寫法是「基準代碼:指標編號」",
            "每個評分都要能指回職能基準的原文。",
        ),
        Wording(
            "An unknown indicator",
            "the standards have no indicator “{name}”{near}",
            "See roleplay standards --search; it is written “code of the standard:number”",
            "Every mark must lead back to the text of a standard.",
        ),
        Example("[TRM3R0182v2:3.1]", "[TRM3R0182v2:3.9]"),
    ),
    error(
        "RP502",
        Wording(
            "對話無法展現這個指標",
            "{name} 不能在這種對話裡展現，只能用：{shown}",
            "換一個指標；需要主管對話的指標，情境的 role 要是 manager 或 supervisor",
            "有些指標要看書面成品、演算或提問，聊天再好也不算數。",
        ),
        Wording(
            "An indicator a talk cannot show",
            "{name} cannot be shown in this talk; it is shown by: {shown}",
            "Choose another one; those of a manager's conversation need role: manager or supervisor",
            "Some indicators need a written product, an exercise or a question, however good the talk.",
        ),
        Example("[TRM3R0182v2:3.1]", "[BAS1499-002v2:P1.1.1]"),
    ),
    error(
        "RP503",
        Wording(
            "沒有人能達成的機會",
            "met 裡沒有任何會在文字裡留下證據的條件",
            "加上 does、names、asks、offers 或 by_name",
            "達成要有證據：學員打的哪幾個字。沒做壞事不算證據。",
        ),
        Wording(
            "An opportunity nobody can take",
            "nothing in met leaves evidence in what was typed",
            "Add does, names, asks, offers or by_name",
            "“Met” needs evidence: which words showed it. Not having done harm is none.",
        ),
        Example(_TIME, "met: {mood: {at_least: 50}}"),
    ),
    warning(
        "RP504",
        Wording(
            "有一種做法不留證據",
            "met 的 any 裡有一項不會留下證據，單靠它不算達成",
            "在那一項加上 does、names、asks、offers 或 by_name",
            "條件成立卻沒有證據時，評分不會是達成。",
        ),
        Wording(
            "One way leaves no evidence",
            "one of the ways under any in met leaves no evidence and does not count by itself",
            "Add does, names, asks, offers or by_name to it",
            "Where a condition holds without evidence the rating is not “met”.",
        ),
        Example(_TIME, "met: {any: [{does: commitment_timeframe}, {knows: cause}]}"),
    ),
    error(
        "RP505",
        Wording(
            "認不出這個事實",
            "事實「{name}」沒有 {key}，這個條件不可能成立",
            "在事實加上 {key}",
            "names 靠 words 比對，asks 靠 ask_words 比對。",
        ),
        Wording(
            "A fact that cannot be recognised",
            "the fact “{name}” has no {key}, so this can never hold",
            "Add {key} to the fact",
            "names is matched by words, asks by ask_words.",
        ),
        Example("    ask_words: {zh: [訂單編號, 單號], en: [order number]}\n", ""),
    ),
    error(
        "RP506",
        Wording(
            "不可能達成的機會",
            "met 永遠不成立",
            "檢查範圍、互相矛盾的部分，以及有沒有可以給的權限卡",
            "學員再怎麼做都拿不到這個機會。",
        ),
        Wording(
            "met never holds",
            "the condition of met never holds",
            "Look at ranges, at parts that exclude one another, and at whether there is a card to offer",
            "Whatever trainees do, they cannot take this opportunity.",
        ),
        Example(_TIME, "met: {all: [{does: apology}, {not: {does: apology}}]}"),
    ),
    error(
        "RP507",
        Wording(
            "結局裡的機會", "結局「{name}」裡的機會沒有人能回應", "移到結局之前的狀態", "到了結局，學員不能再說話。"
        ),
        Wording(
            "An opportunity at an end",
            "at the end “{name}” nobody can reply to an opportunity",
            "Move it to a state before the end",
            "At an end the trainee cannot speak any more.",
        ),
        Example(
            "    end: solved\n",
            "    end: solved\n    opportunities:\n"
            "      - id: late\n        indicators: [TRM3R0182v2:3.1]\n        met: {does: question}\n",
        ),
    ),
    warning(
        "RP508",
        Wording("機會沒有提示", "機會「{name}」沒有 tip", "用學員的話寫：這時該做什麼", "提示在學員求助與回顧時顯示。"),
        Wording(
            "An opportunity without a tip",
            "the opportunity “{name}” has no tip",
            "Say in the trainee's words what to do here",
            "It is shown on asking for a hint and in the debrief.",
        ),
        Example("        tip: {zh: 先問訂單編號。, en: Ask for the order number first.}\n", ""),
    ),
    warning(
        "RP509",
        Wording(
            "機會缺少例句", "機會「{name}」沒有 {key}", "寫上一句{key}的例子", "好壞例句並列，學員最容易看出差別。"
        ),
        Wording(
            "An opportunity without examples",
            "the opportunity “{name}” has no {key} example",
            "Add a {key} reply to compare",
            "Set side by side, a weak and a good reply teach the difference best.",
        ),
        Example("        weak: [{zh: 很快。, en: Soon.}]\n", ""),
    ),
    warning(
        "RP510",
        Wording(
            "沒有任何機會",
            "整個情境沒有任何機會，不會有評分",
            "在狀態或其他人物加上 opportunities",
            "沒有機會，就沒有證據可以評。",
        ),
        Wording(
            "No opportunity at all",
            "the scenario has no opportunity, so nothing is rated",
            "Add opportunities to its states or parties",
            "Without an opportunity there is no evidence to rate.",
        ),
        Example(
            "  - id: opening\n",
            "  - id: opening\n    says: {zh: 喂？, en: Hello?}\n    branches:\n      - {otherwise: true, to: gone}\n"
            "  - id: gone\n    end: unsolved\n    says: {zh: 再見。, en: Bye.}\n",
            until="unrecognised:",
        ),
    ),
    error(
        "RP511",
        Wording(
            "達成就等於搞砸",
            "met 成立時 spoiled 也一定成立，永遠不會達成",
            "讓 spoiled 只描述 met 沒有要求的事",
            "spoiled 一成立，就不算達成。",
        ),
        Wording(
            "Meeting it spoils it",
            "whenever met holds, spoiled holds too, so it is never met",
            "Let spoiled speak of something that met does not ask for",
            "Once spoiled holds, the opportunity is not met.",
        ),
        Example("spoiled: {does: blame_customer}", "spoiled: {does: question}"),
    ),
    warning(
        "RP512",
        Wording(
            "不會部分達成",
            "partly 成立時 met 也一定成立，永遠不會是部分達成",
            "讓 partly 的要求比 met 少",
            "先看 met，再看 partly。",
        ),
        Wording(
            "Never partly met",
            "whenever partly holds, met holds too, so it is never partly met",
            "Let partly ask for less than met",
            "met is looked at first.",
        ),
        Example("partly: {does: question}", "partly: {all: [{does: question}, {asks: order_number}]}"),
    ),
)

"""RP4: problems of the course of a scenario: states, branches, lines, facts, time. Owns their wording and examples."""

from __future__ import annotations

from roleplay.scenarios.codes import Code, Example, Wording, error, warning

_OTHERWISE = """\
      - otherwise: true
        says: {zh: 這不是我問的。, en: That is not what I asked.}
        mood: -2
"""

MACHINE: tuple[Code, ...] = (
    warning(
        "RP401",
        Wording("到不了的狀態", "狀態「{name}」永遠到不了", "讓某個分支的 to 指向它，或刪掉它", "寫了卻沒有人看得到。"),
        Wording(
            "A state nobody reaches",
            "the state “{name}” is never reached",
            "Let a branch lead to it, or delete it",
            "What stands there is never seen.",
        ),
        Example("        to: happy", "        to: done"),
    ),
    error(
        "RP402",
        Wording(
            "走不到結局的狀態",
            "從狀態「{name}」走不到任何結局",
            "加上一個通往結局的分支",
            "學員會困在這裡，對話永遠不會結束。",
        ),
        Wording(
            "A state with no way to an end",
            "no end can be reached from the state “{name}”",
            "Add a branch that leads towards an end",
            "A trainee would be stuck there for ever.",
        ),
        Example(
            "  - id: gone\n    end: unsolved\n",
            "  - id: gone\n    branches: [{otherwise: true, says: {zh: 哼。, en: Hm.}}]\n",
        ),
    ),
    error(
        "RP403",
        Wording(
            "沒有 otherwise",
            "{kind}「{name}」的最後一項不是 otherwise",
            "在最後加上 - otherwise: true",
            "學員什麼都可能說；沒有 otherwise，有些話就沒有人回應。",
        ),
        Wording(
            "Nothing for all other cases",
            "the {kind} “{name}” does not end with an otherwise",
            "Add “- otherwise: true” as its last item",
            "Trainees say anything; without it some replies would go unanswered.",
        ),
        Example(_OTHERWISE, ""),
    ),
    error(
        "RP404",
        Wording(
            "otherwise 不在最後",
            "otherwise 後面還有別的項目，永遠輪不到",
            "把 otherwise 移到最後",
            "由上往下，第一個成立的會被採用，otherwise 一定成立。",
        ),
        Wording(
            "otherwise is not last",
            "something stands after otherwise and never gets its turn",
            "Move otherwise to the end",
            "The first that holds is taken, and otherwise always holds.",
        ),
        Example("      - when: {tries: {at_least: 4}}\n", _OTHERWISE + "      - when: {tries: {at_least: 4}}\n"),
    ),
    warning(
        "RP405",
        Wording(
            "永遠輪不到的項目",
            "輪不到這一項：第 {line} 行的條件成立時就已經走那邊了",
            "把條件較嚴的移到前面，或刪掉它",
            "由上往下，第一個成立的會被採用。",
        ),
        Wording(
            "Never its turn",
            "this never gets its turn: whenever it holds, what stands in line {line} holds too and comes first",
            "Move the stricter condition up, or delete this one",
            "The first that holds is taken.",
        ),
        Example(
            "- when: {all: [{does: commitment_timeframe}, {mood: {at_least: 50}}]}",
            "- when: {touches: commitment_timeframe}",
        ),
    ),
    error(
        "RP406",
        Wording(
            "不可能的範圍", "沒有數字能同時不小於 {low} 又小於 {high}", "讓 at_least 小於 below", "這個條件永遠不成立。"
        ),
        Wording(
            "An impossible range",
            "no number is at least {low} and below {high}",
            "Let at_least be smaller than below",
            "This condition never holds.",
        ),
        Example("{mood: {below: 10}}", "{mood: {at_least: 20, below: 10}}"),
    ),
    warning(
        "RP407",
        Wording(
            "永遠不成立的條件",
            "這個條件永遠不成立",
            "檢查範圍，以及互相矛盾的部分",
            "心情與信任是 0 到 100，次數從 1 起算；兩個互斥的條件不會同時成立。",
        ),
        Wording(
            "A condition that never holds",
            "this condition never holds",
            "Look at its ranges, and at parts that exclude one another",
            "Mood and trust run from 0 to 100, counts start at 1, and opposites never hold together.",
        ),
        Example("- when: {mood: {below: 10}}", "- when: {mood: {below: 0}}"),
    ),
    error(
        "RP408",
        Wording(
            "結局裡還有分支", "結局「{name}」不能有 branches", "刪掉 branches，或刪掉 end", "到了結局，對話就結束了。"
        ),
        Wording(
            "An end with branches",
            "the end “{name}” cannot have branches",
            "Delete the branches, or delete end",
            "At an end the talk is over.",
        ),
        Example(
            "    end: solved\n", "    end: solved\n    branches: [{otherwise: true, says: {zh: 嗯。, en: Well.}}]\n"
        ),
    ),
    error(
        "RP409",
        Wording(
            "沒有結局",
            "沒有任何狀態有 end",
            "至少讓一個狀態有 end，最好三個以上",
            "沒有結局，對話不會結束，也沒有結果可談。",
        ),
        Wording(
            "No end",
            "no state has an end",
            "Give at least one state an end, better three",
            "Without one the talk never ends, and there is no outcome to look back on.",
        ),
        Example(
            "  - id: opening\n",
            "  - id: opening\n    says: {zh: 喂？, en: Hello?}\n    branches:\n"
            "      - {otherwise: true, says: {zh: 嗯。, en: Well.}}\n",
            until="unrecognised:",
        ),
    ),
    warning(
        "RP410",
        Wording(
            "結局太少", "只有 {count} 種結局", "至少給三種：例如圓滿、勉強、失敗", "結局不同，學員才看得出做法的差別。"
        ),
        Wording(
            "Few endings",
            "there are only {count} different endings",
            "Give it three at least: a warm one, a plain one and a failure",
            "Only where endings differ does it matter what one does.",
        ),
        Example("end: solved_warmed", "end: solved"),
    ),
    error(
        "RP411",
        Wording("開場沒有台詞", "開場的狀態「{name}」沒有 says", "寫上客人的第一句話", "對話由客人開口。"),
        Wording(
            "Nothing is said at the start",
            "the first state, “{name}”, has no says",
            "Write what the customer says first",
            "The customer opens the talk.",
        ),
        Example("    says: {zh: 我的蛋糕呢？, en: Where is my cake?}\n", ""),
    ),
    warning(
        "RP412",
        Wording(
            "狀態沒有台詞",
            "狀態「{name}」沒有 says",
            "寫上客人進入這個狀態時說的話",
            "學員靠客人的話知道現在談到哪裡。",
        ),
        Wording(
            "A state without a line",
            "the state “{name}” has no says",
            "Write what the customer says on entering it",
            "By what the customer says trainees know where the talk stands.",
        ),
        Example("    says: {zh: 到底什麼時候會到？, en: When will it be here?}\n", ""),
    ),
    warning(
        "RP413",
        Wording("客人沒有回應", "走這個分支時，客人什麼都沒說", "加上 says", "說了話卻沒有回應，學員會以為程式壞了。"),
        Wording(
            "The customer does not answer",
            "the customer says nothing when this branch is taken",
            "Add says",
            "A reply without an answer looks like a broken program.",
        ),
        Example("        says: {zh: 這不是我問的。, en: That is not what I asked.}\n", ""),
    ),
    warning(
        "RP414",
        Wording(
            "最後一句台詞有條件",
            "最後一句有 when，條件都不成立時就沒有話說",
            "最後一句不要寫 when",
            "由上往下，說第一句成立的；都不成立就沉默。",
        ),
        Wording(
            "The last line has a condition",
            "the last line has a when: if none holds, nothing is said",
            "Leave when out of the last line",
            "The first line whose when holds is said; if none does, there is silence.",
        ),
        Example(
            "says: {zh: 到底什麼時候會到？, en: When will it be here?}",
            "says: [{when: {mood: {below: 30}}, says: {zh: 快點！, en: Hurry!}}]",
        ),
    ),
    warning(
        "RP415",
        Wording(
            "永遠不會說的台詞",
            "前面的台詞沒有 when，這一句永遠不會說",
            "把沒有 when 的移到最後；若要輪流說，寫成文字的清單",
            "由上往下，說第一句成立的。",
        ),
        Wording(
            "A line that is never said",
            "a line before this one has no when, so this one is never said",
            "Move the one without when to the end; to take turns, write a list of texts",
            "The first line whose when holds is said.",
        ),
        Example(
            "says: {zh: 到底什麼時候會到？, en: When will it be here?}",
            "says: [{says: {zh: 快點！, en: Hurry!}}, {says: {zh: 快！, en: Quick!}}]",
        ),
    ),
    warning(
        "RP416",
        Wording(
            "台詞太長",
            "這句台詞有 {count} 字",
            "一次說的話不超過 {limit} 字，拆成幾次說",
            "真的客人不會一口氣說這麼多，螢幕也放不下。",
        ),
        Wording(
            "A long line",
            "this line has {count} characters",
            "Keep a line under {limit} characters; say it in several",
            "No real customer says that much at once, and the screen has no room for it.",
        ),
        Example("en: Where is my cake?", "en: " + "Where is my cake? " * 30),
    ),
    warning(
        "RP417",
        Wording(
            "沒有人會說的事實",
            "沒有人會說出事實「{name}」",
            "加上 tell，讓某個分支或回答 reveals 它，或設 known: true",
            "學員問不到、也不知道的事實，沒有辦法用。",
        ),
        Wording(
            "A fact nobody tells",
            "nobody ever tells the fact “{name}”",
            "Add tell, let a branch or an answer reveal it, or set known: true",
            "A trainee who cannot learn a fact cannot use it.",
        ),
        Example("        reveals: [cause]\n", ""),
    ),
    warning(
        "RP418",
        Wording(
            "事實沒有說法",
            "事實「{name}」沒有 words，認不出學員說到了它",
            "加上 words：別人會怎麼說這件事",
            "比對靠 words，不靠 text。",
        ),
        Wording(
            "A fact without words",
            "the fact “{name}” has no words, so nobody is heard stating it",
            "Add words: how one would say it",
            "Matching goes by words, not by text.",
        ),
        Example("    words: {zh: [拋錨], en: [broke down]}\n", ""),
    ),
    warning(
        "RP419",
        Wording(
            "沒有人會核准的權限",
            "權限卡「{name}」有 approved_limit，卻沒有人會核准",
            "讓某個回答、分支或時鐘事件 grants 它，或刪掉 approved_limit",
            "學員會去請示，卻永遠得不到核准。",
        ),
        Wording(
            "An approval nobody gives",
            "the authority card “{name}” has an approved_limit, but nobody grants it",
            "Let an answer, branch or clock event grant it, or delete approved_limit",
            "Trainees would ask for it in vain.",
        ),
        Example("        grants: [credit]\n", ""),
    ),
    warning(
        "RP420",
        Wording(
            "永遠不能給的補償",
            "權限卡「{name}」的 limit 是 0，又沒有 approved_limit，永遠不能給",
            "加上 approved_limit 並讓某人核准，或設 limit；沒有金額的補償寫 limit: -1",
            "limit: 0 表示未經核准不能給。",
        ),
        Wording(
            "A remedy that can never be given",
            "the authority card “{name}” has limit 0 and no approved_limit, so it can never be given",
            "Add approved_limit and somebody who grants it, or a limit; write limit: -1 for a remedy without an amount",
            "limit: 0 means: nothing without approval.",
        ),
        Example("      limit: 100\n      approved_limit: 300\n", "      limit: 0\n"),
    ),
    warning(
        "RP421",
        Wording(
            "什麼都不做的時鐘事件",
            "時鐘事件「{name}」沒有台詞，也沒有任何效果",
            "加上 says、to、mood、trust、reveals 或 grants",
            "時間到了卻什麼都沒發生。",
        ),
        Wording(
            "A clock event that does nothing",
            "the clock event “{name}” says nothing and changes nothing",
            "Add says, to, mood, trust, reveals or grants",
            "The hour strikes and nothing happens.",
        ),
        Example("      says: {zh: 客人都到了！, en: The guests are here!}\n      mood: -6\n", ""),
    ),
    warning(
        "RP422",
        Wording(
            "時間不會走",
            "有時鐘事件，時間卻不會走",
            "把 clock 的 turn 或 wait 設成大於 0",
            "時鐘不動，事件就不會發生。",
        ),
        Wording(
            "Time stands still",
            "there are clock events, but time never passes",
            "Set turn or wait of the clock above 0",
            "While the clock stands still no event comes.",
        ),
        Example("  turn: 2\n  wait: 5\n", "  turn: 0\n"),
    ),
    warning(
        "RP423",
        Wording(
            "心情規則沒有作用",
            "規則「{name}」不會改變心情或信任",
            "寫上 mood 或 trust 的分數，並檢查 when",
            "規則要有條件，也要有分數。",
        ),
        Wording(
            "A mood rule that changes nothing",
            "the rule “{name}” never changes mood or trust",
            "Give it points for mood or trust, and look at its when",
            "A rule needs a condition that can hold and points.",
        ),
        Example("mood: -4}", "mood: 0}"),
    ),
    error(
        "RP424",
        Wording(
            "anywhere 的分支一定成立",
            "這個 anywhere 分支永遠成立，所有狀態自己的分支都輪不到",
            "給它一個 when",
            "anywhere 的分支比狀態自己的分支先試。",
        ),
        Wording(
            "An anywhere branch that always holds",
            "this branch of anywhere always holds, so no state's own branches ever get their turn",
            "Give it a when",
            "The branches of anywhere are tried before a state's own.",
        ),
        Example("  - when: {mood: {below: 10}}", "  - otherwise: true"),
    ),
    error(
        "RP425",
        Wording(
            "一開始就是結局",
            "開場的狀態「{name}」是結局",
            "讓 start 指向有分支的狀態",
            "學員一句話都沒說，對話就結束了。",
        ),
        Wording(
            "It starts at an end",
            "the first state, “{name}”, is an end",
            "Let start name a state with branches",
            "The talk would be over before a word is said.",
        ),
        Example("start: opening", "start: done"),
    ),
    error(
        "RP426",
        Wording(
            "不該寫下的名字也是該寫下的",
            "others 裡的「{name}」同時是客人的稱呼，或某個該寫的事實唯一的說法",
            "從 others 拿掉，或加上不含它的說法",
            "寫對紀錄的人會被當成洩漏別人的資料。",
        ),
        Wording(
            "A name that must and must not be written down",
            "“{name}” of others is also how the customer is called, or the only way to state a fact that is wanted",
            "Take it out of others, or add a wording without it",
            "Whoever writes a right record would be taken for leaking somebody else's data.",
        ),
        Example("others: {zh: [王先生], en: [Mr Wang]}", "others: {zh: [C305], en: [Mr Wang]}"),
    ),
    warning(
        "RP427",
        Wording(
            "表單裡問不到、說不出的條件",
            "表單的機會不能用 {key}：紙上沒有人可問，也沒有客人可以稱呼",
            "改用 names 或 does",
            "表單評的是寫下來的字。",
        ),
        Wording(
            "Something a form cannot show",
            "an opportunity of a form cannot rest on {key}: on paper there is nobody to ask or to address",
            "Use names or does",
            "A form is judged by what is written in it.",
        ),
        Example("            met: {names: order_number}", "            met: {asks: order_number}"),
    ),
)

"""RP2: problems of shape: keys, kinds of values, languages. Owns their wording and examples."""

from __future__ import annotations

from roleplay.scenarios.codes import Code, Example, Wording, error, warning

_LEVEL = "level: foundation"
_TITLE = "title: {zh: 蛋糕遲到了, en: The late cake}"

SHAPE: tuple[Code, ...] = (
    error(
        "RP201",
        Wording(
            "不認識的鍵", "不認識的鍵「{key}」{near}", "這裡可以寫：{allowed}", "打錯的鍵若被悄悄略過，情境就少了一塊。"
        ),
        Wording(
            "An unknown key",
            "unknown key “{key}”{near}",
            "What may stand here: {allowed}",
            "A misspelt key that is passed over silently leaves a hole in the scenario.",
        ),
        Example("    opportunities:\n", "    oportunities:\n"),
    ),
    error(
        "RP202",
        Wording("缺少必要的鍵", "缺少「{key}」", "加上 {key}:", "少了它，情境演不下去。"),
        Wording("A key is missing", "“{key}” is missing", "Add {key}:", "The scenario cannot be played without it."),
        Example(_LEVEL + "\n", ""),
    ),
    error(
        "RP203",
        Wording("值的形式不對", "這裡應該是{wanted}", "改成{wanted}", "同一個鍵永遠寫同一種形式。"),
        Wording(
            "The wrong kind of value",
            "this should be {wanted}",
            "Write {wanted}",
            "A key always takes the same kind of value.",
        ),
        Example("brief:\n", "brief: a cake shop\nbrief_:\n"),
    ),
    error(
        "RP204",
        Wording("不在選項裡", "「{value}」不在選項裡{near}", "可以寫：{allowed}", "程式只認得這幾個選項。"),
        Wording(
            "Not one of the choices",
            "“{value}” is not one of the choices{near}",
            "Choose from: {allowed}",
            "The program knows only these.",
        ),
        Example(_LEVEL, "level: fundation"),
    ),
    error(
        "RP205",
        Wording(
            "不是範圍內的整數",
            "「{value}」不是 {low} 到 {high} 的整數",
            "寫一個 {low} 到 {high} 的整數",
            "心情與信任是 0 到 100 分，時間是分鐘。",
        ),
        Wording(
            "Not a whole number in range",
            "“{value}” is not a whole number from {low} to {high}",
            "Write a whole number from {low} to {high}",
            "Mood and trust run from 0 to 100, times are minutes.",
        ),
        Example("  mood: 35", "  mood: 350"),
    ),
    error(
        "RP206",
        Wording(
            "缺少一種語言",
            "缺少 {language} 的文字",
            "寫成 {{zh: …, en: …}}，每種語言都要有",
            "情境包宣告了幾種語言，每段文字就要有幾種，否則學員會看到別種語言。",
        ),
        Wording(
            "A language is missing",
            "the text in {language} is missing",
            "Write {{zh: …, en: …}}, with every language of the pack",
            "A pack says which languages it has; without one a trainee would suddenly read another.",
        ),
        Example(_TITLE, "title: {zh: 蛋糕遲到了}"),
    ),
    error(
        "RP207",
        Wording(
            "名稱的寫法不對",
            "名稱「{value}」不能這樣寫",
            "用小寫英文字母開頭，只用小寫字母、數字與底線，例如 ask_order",
            "名稱會出現在紀錄裡，要能穩定引用。",
        ),
        Wording(
            "A name of the wrong form",
            "“{value}” cannot be a name",
            "Start with a lower-case letter; use lower-case letters, digits and underscores, as in ask_order",
            "Names stand in records and must stay easy to refer to.",
        ),
        Example("- id: opening", "- id: Opening State"),
    ),
    error(
        "RP208",
        Wording(
            "要寫 true 或 false",
            "「{value}」不是 true 或 false",
            "寫 true 或 false，不要寫 yes、no、on、off",
            "yes 與 no 在 YAML 各版本裡意思不同。",
        ),
        Wording(
            "true or false is needed",
            "“{value}” is neither true nor false",
            "Write true or false, not yes, no, on or off",
            "yes and no mean different things in different versions of YAML.",
        ),
        Example("- otherwise: true", "- otherwise: yes"),
    ),
    error(
        "RP209",
        Wording("值是空的", "「{key}」後面沒有內容", "寫上內容，或整行刪掉", "空的值常是忘了寫完，或下一行縮排錯了。"),
        Wording(
            "An empty value",
            "there is nothing after “{key}”",
            "Write something, or delete the line",
            "An empty value is usually an unfinished one, or the next line is indented wrongly.",
        ),
        Example("start: opening", "start:"),
    ),
    error(
        "RP210",
        Wording("不認識的格式版本", "格式版本「{value}」不認識", "寫 format: 1", "這一版程式讀得懂的格式是 1。"),
        Wording(
            "An unknown format",
            "format “{value}” is not known",
            "Write format: 1",
            "This version of the program reads format 1.",
        ),
        Example("format: 1", "format: 9"),
    ),
    error(
        "RP211",
        Wording(
            "不是時間", "「{value}」不是時間", '寫成 24 小時制的 "HH:MM"，例如 "14:20"', "情境時鐘從這個時間開始走。"
        ),
        Wording(
            "Not a time of day",
            "“{value}” is not a time of day",
            'Write "HH:MM" on the 24-hour clock, as in "14:20"',
            "The clock of the scenario starts there.",
        ),
        Example('start: "15:00"', 'start: "25:00"'),
    ),
    error(
        "RP212",
        Wording("清單太長", "清單有 {count} 項，上限是 {limit} 項", "拆開或刪減", "這麼長的清單學員看不完，也測不完。"),
        Wording(
            "A list is too long",
            "the list has {count} items, the limit is {limit}",
            "Split or shorten it",
            "Nobody can read or test a list that long.",
        ),
        Example("zh: [C305]", "zh: [" + ", ".join(f"C{n}" for n in range(201)) + "]"),
    ),
    error(
        "RP213",
        Wording(
            "逗號把文字切斷了",
            "大括號裡的逗號把文字切斷了，「{key}」變成了另一個鍵",
            '在整段文字外加上引號，例如 {{en: "Yes, I see."}}',
            "大括號裡的逗號分開每一項，英文句子的逗號也不例外。",
        ),
        Wording(
            "A comma cuts the text",
            "a comma inside the braces cuts the text: “{key}” became a key of its own",
            'Put quotes around the whole text, as in {{en: "Yes, I see."}}',
            "Inside braces a comma parts the items, the comma of a sentence too.",
        ),
        Example('en: "All right, thanks."', "en: All right, thanks."),
    ),
    error(
        "RP214",
        Wording(
            "when 與 otherwise 要有一個",
            "這裡要有 when 或 otherwise: true，而且只能有一個",
            "最後一項寫 otherwise: true，其他都寫 when",
            "每個分支都要說明什麼時候走它。",
        ),
        Wording(
            "Either when or otherwise",
            "this needs either when or otherwise: true, and not both",
            "Write otherwise: true in the last one and when in all others",
            "Every branch must say when it is taken.",
        ),
        Example("- otherwise: true\n        says: [", "- says: ["),
    ),
    error(
        "RP215",
        Wording(
            "清單裡混了兩種寫法",
            "這個清單混用了文字與帶 says 的台詞",
            "全部寫成文字（依次輪流說），或全部寫成帶 says 的台詞（說第一個 when 成立的）",
            "兩種清單的意思不同，混在一起就不知道該說哪一句。",
        ),
        Wording(
            "Two kinds in one list",
            "this list mixes texts with lines that have says",
            "Write only texts (said one after the other) or only lines with says (the first whose when holds)",
            "The two kinds of list mean different things.",
        ),
        Example(
            "says: {zh: 我的蛋糕呢？, en: Where is my cake?}",
            "says: [{zh: 喂？, en: Hello?}, {says: {zh: 在嗎？, en: Anybody?}}]",
        ),
    ),
    error(
        "RP216",
        Wording(
            "核准上限沒有比較高",
            "approved_limit {approved} 沒有高於 limit {limit}",
            "把 approved_limit 寫得比 limit 高，或刪掉它",
            "主管核准後權限要變大；limit: -1 表示沒有金額，不必核准。",
        ),
        Wording(
            "Approval widens nothing",
            "approved_limit {approved} is not above limit {limit}",
            "Write an approved_limit above limit (-1: approved without an amount), or leave it out",
            "Approval must widen the authority; limit: -1 means that there is no amount and nothing to approve.",
        ),
        Example("approved_limit: 300", "approved_limit: 100"),
    ),
    warning(
        "RP217",
        Wording(
            "情境包沒有這種語言",
            "情境包沒有宣告 {language}，這段文字用不到",
            "在 pack.yaml 的 languages 加上 {language}，或刪掉這段文字",
            "沒有宣告的語言不會顯示。",
        ),
        Wording(
            "A language the pack does not have",
            "the pack does not declare {language}, so this text is not used",
            "Add {language} to languages in pack.yaml, or delete the text",
            "A language that is not declared is never shown.",
        ),
        Example("languages: [zh, en]", "languages: [zh]", "pack"),
    ),
    warning(
        "RP218",
        Wording(
            "語言好像放反了",
            "{language} 的文字看起來是另一種語言",
            "檢查 zh 與 en 是否放反",
            "放反了，學員會看到另一種語言，比對也會失敗。",
        ),
        Wording(
            "Languages look swapped",
            "the text for {language} looks like the other language",
            "See whether zh and en are swapped",
            "If they are, trainees read the wrong language and nothing matches.",
        ),
        Example(_TITLE, "title: {zh: The late cake, en: 蛋糕遲到了}"),
    ),
    error(
        "RP219",
        Wording(
            "至少要有一項",
            "「{key}」裡至少要有一項",
            "加上一項，或整個刪掉",
            "空的清單或條件沒有意義：空的條件永遠成立，空的選擇永遠不成立。",
        ),
        Wording(
            "At least one is needed",
            "“{key}” needs at least one item",
            "Add one, or leave the whole out",
            "An empty condition would always hold and an empty choice never.",
        ),
        Example("indicators: [TRM3R0182v2:3.1]", "indicators: []"),
    ),
    warning(
        "RP220",
        Wording(
            "數字被逗號拆開",
            "「{number}」沒有加引號，逗號把它拆成兩項",
            '加上引號："{number}"',
            "拆開以後，前半個數字會在許多回覆裡對上。",
        ),
        Wording(
            "A number torn by its comma",
            "“{number}” is not quoted, so its comma makes two items of it",
            'Put it in quotes: "{number}"',
            "The first half of the number would be found in many replies.",
        ),
        Example("words: {zh: [拋錨], en: [broke down]}", "words: {zh: [拋錨, 1,500 元], en: [broke down]}"),
    ),
)

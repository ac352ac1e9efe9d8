"""RP1: problems of reading a file at all. Owns their wording and examples."""

from __future__ import annotations

from roleplay.scenarios.codes import Code, Example, Wording, error

_LEVEL = "level: foundation"

READING: tuple[Code, ...] = (
    error(
        "RP101",
        Wording(
            "檔案太大",
            "檔案有 {size} 位元組，上限是 1 MiB",
            "拆成幾個情境檔",
            "一個情境不需要這麼多字；上限保護程式不被塞爆。",
        ),
        Wording(
            "The file is too large",
            "the file has {size} bytes, the limit is 1 MiB",
            "Split it into several scenarios",
            "No scenario needs that much; the limit keeps the program from being flooded.",
        ),
        Example(_LEVEL, "# " + "x" * (1 << 20)),
    ),
    error(
        "RP102",
        Wording(
            "巢狀太深",
            "縮排或括號超過 {limit} 層",
            "把條件或清單寫得淺一些",
            "層數太多的檔案沒有人看得懂，也可能是惡意檔案。",
        ),
        Wording(
            "Nested too deeply",
            "more than {limit} levels inside one another",
            "Write the condition or list flatter",
            "Nobody can read a file that deep, and hostile files look like this.",
        ),
        Example(_LEVEL, "level: " + "[" * 30 + "]" * 30),
    ),
    error(
        "RP103",
        Wording("項目太多", "檔案裡的值超過 {limit} 個", "拆成幾個情境檔", "上限保護程式不被塞爆。"),
        Wording(
            "Too many values",
            "more than {limit} values in the file",
            "Split it into several scenarios",
            "The limit keeps the program from being flooded.",
        ),
        Example("focus: [active_listening]", "focus: [" + "a, " * 50_001 + "a]"),
    ),
    error(
        "RP104",
        Wording(
            "一段文字太長",
            "這段文字有 {size} 字，上限是 {limit} 字",
            "縮短，或檢查引號是否漏了結尾",
            "沒有結尾的引號會把後面整個檔案吃進同一段文字。",
        ),
        Wording(
            "A text is too long",
            "this text has {size} characters, the limit is {limit}",
            "Shorten it, or look for a quote that is not closed",
            "A quote that is not closed swallows the rest of the file.",
        ),
        Example("蛋糕遲到了", "蛋" * 20_001),
    ),
    error(
        "RP105",
        Wording(
            "不能使用的字元",
            "這裡有不能使用的字元 {character}",
            "刪掉這個字元；它多半是從別處複製文字時帶進來的",
            "控制字元、雙向控制字元與看不見的字元會讓文字看起來和實際不同。表情符號裡的連接字元可以使用。",
        ),
        Wording(
            "A character that is not allowed",
            "the character {character} is not allowed",
            "Delete it; it usually comes along when text is copied from elsewhere",
            "Control, bidirectional and invisible characters make a text read otherwise than it is. "
            "Joiners inside an emoji are fine.",
        ),
        Example("The late cake", "The late\u200b cake"),
    ),
    error(
        "RP106",
        Wording("用定位字元縮排", "這一行用定位字元（Tab）縮排", "改用空格，每層兩格", "YAML 只用空格縮排。"),
        Wording(
            "Indented with a tab",
            "this line is indented with a tab",
            "Use spaces, two for each level",
            "YAML indents with spaces only.",
        ),
        Example("  channel: chat", "\tchannel: chat"),
    ),
    error(
        "RP107",
        Wording(
            "同一個鍵寫了兩次",
            "「{key}」寫了兩次，第一次在第 {first} 行",
            "留一個就好",
            "一般的 YAML 程式會悄悄丟掉其中一個。",
        ),
        Wording(
            "A key stands twice",
            "“{key}” stands twice, first in line {first}",
            "Keep one of them",
            "Ordinary YAML programs would silently drop one of the two.",
        ),
        Example(_LEVEL, "level: foundation\nlevel: working"),
    ),
    error(
        "RP108",
        Wording(
            "錨點、別名或合併鍵",
            "這裡不能用 YAML 的錨點（&）、別名（*）或合併鍵（<<）",
            "把內容直接寫出來；文字若以 & 或 * 開頭，請加引號",
            "別名能讓很小的檔案展開成幾 GB。",
        ),
        Wording(
            "Anchor, alias or merge key",
            "YAML anchors (&), aliases (*) and merge keys (<<) are not allowed",
            "Write the content out; put quotes around a text that starts with & or *",
            "With aliases a tiny file can unfold to gigabytes.",
        ),
        Example("title: {zh: 蛋糕遲到了", "title: &name {zh: 蛋糕遲到了"),
    ),
    error(
        "RP109",
        Wording(
            "YAML 標籤",
            "這裡不能用 YAML 標籤（!）",
            "刪掉標籤；文字若以 ! 開頭，請加引號",
            "標籤會要求讀取的程式建立物件，情境只需要文字。",
        ),
        Wording(
            "A YAML tag",
            "YAML tags (!) are not allowed",
            "Delete the tag; put quotes around a text that starts with !",
            "A tag asks the reading program to build objects; a scenario is text only.",
        ),
        Example(_LEVEL, "level: !!str foundation"),
    ),
    error(
        "RP110",
        Wording(
            "一個檔案裡有兩份文件",
            "「---」之後又開始了另一份文件",
            "一個檔案放一個情境；把後半移到新檔案",
            "後面那份會被忽略，寫的人卻不會發現。",
        ),
        Wording(
            "Two documents in one file",
            "another document starts after “---”",
            "Keep one scenario in one file; move the rest to a file of its own",
            "The second would be passed over without anybody noticing.",
        ),
        Example("clock:\n", "---\nclock:\n"),
    ),
    error(
        "RP111",
        Wording("檔案是空的", "檔案裡沒有內容", "從 docs/pack-format.md 的例子開始寫", "空檔案多半是存檔出了問題。"),
        Wording(
            "The file is empty",
            "there is nothing in the file",
            "Start from the example in docs/pack-format.md",
            "An empty file usually means that saving went wrong.",
        ),
        Example("", "# nothing yet\n"),
    ),
    error(
        "RP112",
        Wording("鍵不是文字", "鍵必須是一個詞，這裡卻是清單或大括號", "寫成「鍵: 值」", "只有文字可以當作鍵。"),
        Wording(
            "A key that is not a word",
            "a key must be a word, here it is a list or braces",
            "Write “key: value”",
            "Only text can be a key.",
        ),
        Example(_LEVEL, "[level]: foundation"),
    ),
    error(
        "RP113",
        Wording(
            "多了一個冒號，或縮排沒對齊",
            "這裡不該有冒號：{line}",
            "文字裡若有「: 」請整段加上引號；否則檢查這一行是否和上一個鍵對齊",
            "沒加引號時，「冒號加空格」就是鍵的結尾。",
        ),
        Wording(
            "A colon too many, or lines out of step",
            "no colon is expected here: {line}",
            "Put quotes around text that contains “: ”, or line this key up with the one above",
            "Outside quotes, a colon with a space ends a key.",
        ),
        Example("The late cake}", "The late cake}\nsubtitle: Part one: hurry"),
    ),
    error(
        "RP114",
        Wording(
            "文字不能這樣開頭", "文字不能以「{character}」開頭", "在整段文字外加上引號", "這個字元在 YAML 裡另有用途。"
        ),
        Wording(
            "A text cannot start like this",
            "a text cannot start with “{character}”",
            "Put quotes around the text",
            "This character has a meaning of its own in YAML.",
        ),
        Example("author: A trainer", "author: @trainer", "pack"),
    ),
    error(
        "RP115",
        Wording(
            "引號沒有結尾",
            "這裡開始的引號沒有結尾",
            "補上結尾的引號；引號裡的引號要寫兩次，或改用另一種引號",
            "YAML 會把後面的內容都當成這段文字。",
        ),
        Wording(
            "A quote is not closed",
            "the quote that opens here is not closed",
            "Add the closing quote; inside it, double a quote of the same kind or use the other kind",
            "YAML takes everything that follows as part of the text.",
        ),
        Example('start: "15:00"', 'start: "15:00'),
    ),
    error(
        "RP116",
        Wording(
            "括號沒有結尾，或裡面少了逗號",
            "這裡開始的括號裡有看不懂的內容",
            "檢查逗號、冒號與結尾括號；文字裡若有逗號、括號請加引號",
            "大括號與中括號裡，逗號分開每一項。",
        ),
        Wording(
            "A bracket is not closed, or a comma is missing in it",
            "something in the brackets that open here cannot be read",
            "Check its commas, colons and closing bracket; put quotes around text that holds commas or brackets",
            "Inside braces and brackets, commas part the items.",
        ),
        Example("complaints: [late_delivery]", "complaints: [late_delivery"),
    ),
    error(
        "RP117",
        Wording(
            "縮排對不起來",
            "這一行的縮排和前面對不起來：{line}",
            "同一層的鍵要從同一欄開始；清單的每一項以「- 」開頭",
            "YAML 靠縮排決定誰屬於誰。",
        ),
        Wording(
            "Indentation does not fit",
            "the indentation of this line does not fit what is above: {line}",
            "Start keys of one level in the same column, and every list item with “- ”",
            "In YAML, indentation says what belongs to what.",
        ),
        Example("  channel: chat", " channel: chat"),
    ),
    error(
        "RP118",
        Wording(
            "少了冒號", "這一行少了冒號：{line}", "寫成「鍵: 值」，冒號後面要空一格", "沒有冒號的一行不知道屬於哪個鍵。"
        ),
        Wording(
            "A colon is missing",
            "this line has no colon: {line}",
            "Write “key: value”, with a space after the colon",
            "Without a colon a line belongs to no key.",
        ),
        Example(_LEVEL, "level foundation"),
    ),
    error(
        "RP119",
        Wording(
            "不認識的反斜線寫法",
            "雙引號裡不能這樣用反斜線",
            "把雙引號換成單引號，或把反斜線寫兩次",
            "雙引號裡的反斜線有特別意義，例如 \\n 是換行。",
        ),
        Wording(
            "An unknown backslash",
            "this backslash means nothing inside double quotes",
            "Use single quotes, or write the backslash twice",
            "Inside double quotes a backslash has a meaning, such as \\n for a new line.",
        ),
        Example('"All right, thanks."', '"All right\\, thanks."'),
    ),
    error(
        "RP120",
        Wording(
            "用了全形標點",
            "這裡是全形的「{character}」，YAML 要半形",
            "切換到半形輸入：「: 」與「, 」後面各空一格",
            "全形與半形標點看起來很像，YAML 卻只認得半形。",
        ),
        Wording(
            "Full-width punctuation",
            "“{character}” is full-width here, YAML needs the half-width one",
            "Type the half-width “: ” or “, ”, with a space after it",
            "The two look alike, but YAML reads only the half-width ones.",
        ),
        Example(_LEVEL, "level：foundation"),
    ),
    error(
        "RP121",
        Wording(
            "不是有效的 YAML", "讀不懂這份 YAML：{why}", "檢查這附近的縮排、冒號與引號", "讀取程式沒有給出更多線索。"
        ),
        Wording(
            "Not valid YAML",
            "this YAML cannot be read: {why}",
            "Check indentation, colons and quotes around here",
            "The reading program gives no better clue.",
        ),
        Example("format: 1", "%YAML 9.9\n---\nformat: 1"),
    ),
    error(
        "RP122",
        Wording(
            "問題太多",
            "這個檔案還有更多問題，先列出 {count} 個",
            "修正上面的問題後再檢查一次",
            "前面的錯誤常常引出後面的。",
        ),
        Wording(
            "Too many problems",
            "there are more problems in this file; the first {count} are listed",
            "Correct those above and check again",
            "Later problems often come from earlier ones.",
        ),
        Example("facts:\n", "facts:\n" + "".join(f"  - {{nonsense: {n}}}\n" for n in range(150))),
    ),
)

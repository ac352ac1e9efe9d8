"""RP3: problems of names that lead nowhere or are given twice. Owns their wording and examples."""

from __future__ import annotations

from roleplay.scenarios.codes import Code, Example, Wording, error, warning

COPY = """\
format: 1
id: late_cake
"""
"""The beginning of a scenario whose id the sample has already."""

NAMING: tuple[Code, ...] = (
    error(
        "RP301",
        Wording(
            "沒有這個名稱",
            "沒有叫「{name}」的{kind}{near}",
            "改成已有的名稱，或補上它",
            "分支、條件與效果用名稱互相指認，指錯了就不會發生。",
        ),
        Wording(
            "A name that leads nowhere",
            "there is no {kind} called “{name}”{near}",
            "Use a name that exists, or add it",
            "Branches, conditions and effects refer to things by name; what is misnamed never happens.",
        ),
        Example("to: details", "to: detials"),
    ),
    error(
        "RP302",
        Wording("名稱重複", "{kind}「{name}」已經有了，在第 {first} 行", "換一個名稱", "同名的兩個東西無法分辨。"),
        Wording(
            "A name given twice",
            "there is a {kind} “{name}” already, in line {first}",
            "Give one of them another name",
            "Two things of one name cannot be told apart.",
        ),
        Example("- id: gone", "- id: done"),
    ),
    error(
        "RP303",
        Wording(
            "不在職能基準的詞彙裡",
            "「{name}」不在職能基準的{kind}詞彙裡{near}",
            "用 roleplay standards --vocabulary 查詢可用的詞",
            "這些詞讓學員與評量者能依職能基準找到情境。",
        ),
        Wording(
            "Not in the standards' vocabulary",
            "“{name}” is not among the {kind} of the standards{near}",
            "See roleplay standards --vocabulary for the words that may be used",
            "By these words trainees and assessors find a scenario for what a standard asks.",
        ),
        Example("complaints: [late_delivery]", "complaints: [late_delivry]"),
    ),
    error(
        "RP304",
        Wording(
            "沒有這個溝通技巧",
            "沒有叫「{name}」的溝通技巧{near}",
            "用 roleplay techniques 查詢",
            "程式只能辨識清單裡的技巧與技巧類別。",
        ),
        Wording(
            "An unknown technique",
            "there is no technique called “{name}”{near}",
            "See roleplay techniques",
            "Only the techniques and families of that list are recognised.",
        ),
        Example("partly: {does: question}", "partly: {does: questoin}"),
    ),
    error(
        "RP305",
        Wording(
            "沒有 pack.yaml",
            "情境包裡沒有 pack.yaml",
            "加上 pack.yaml，寫明 id、version、title、author、licence、languages",
            "沒有它，程式不知道這是哪個情境包、用哪些語言。",
        ),
        Wording(
            "No pack.yaml",
            "there is no pack.yaml in the folder",
            "Add one with id, version, title, author, licence and languages",
            "Without it nobody knows which pack this is and which languages it has.",
        ),
        Example("", "", "pack"),
    ),
    error(
        "RP306",
        Wording(
            "情境包裡沒有這個情境",
            "情境包裡沒有叫「{name}」的情境{near}",
            "改成情境檔裡的 id；別的情境包裡的寫成「情境包/情境」",
            "next 會建議學員接著練哪一個情境。",
        ),
        Wording(
            "No such scenario in the pack",
            "there is no scenario called “{name}” in this pack{near}",
            "Use the id that stands in a scenario's file; for one of another pack write pack/scenario",
            "next suggests what to practise afterwards.",
        ),
        Example("focus: [active_listening]", "focus: [active_listening]\nnext: [late_bread]"),
    ),
    warning(
        "RP307",
        Wording("檔名的結尾不對", "「{name}」不會被讀取", "把結尾改成 .yaml", "只有 .yaml 結尾的檔案屬於情境包。"),
        Wording(
            "The wrong ending of a file name",
            "“{name}” is not read",
            "Let its name end in .yaml",
            "Only files that end in .yaml belong to a pack.",
        ),
        Example("", "format: 1\n", "other"),
    ),
    error(
        "RP308",
        Wording(
            "沒有可以放寬的權限",
            "權限卡「{name}」沒有 approved_limit，核准了也不會放寬",
            "在權限卡加上 approved_limit，或刪掉這個 grants",
            "核准之後要有更大的額度，學員的請示才有意義。",
        ),
        Wording(
            "Nothing to widen",
            "the authority card “{name}” has no approved_limit, so granting it changes nothing",
            "Add approved_limit to the card, or delete it from grants",
            "Approval must allow more than before, or asking for it is in vain.",
        ),
        Example("      approved_limit: 300\n", ""),
    ),
    error(
        "RP309",
        Wording(
            "兩個情境同一個 id",
            "情境「{name}」已經在 {other} 裡了",
            "換一個 id",
            "演練、紀錄與 next 都用 id 指認情境。",
        ),
        Wording(
            "Two scenarios of one id",
            "the scenario “{name}” is in {other} already",
            "Give one of them another id",
            "Rehearsals, records and next refer to a scenario by its id.",
        ),
        Example("", COPY, "other_scenario"),
    ),
)

"""RP6: problems of rehearsals. Owns their wording and examples."""

from __future__ import annotations

from roleplay.scenarios.codes import Code, Example, Wording, error

_FIRST = "  - say: {zh: 請問您"

REHEARSALS: tuple[Code, ...] = (
    error(
        "RP601",
        Wording(
            "演練的情境不存在",
            "情境包裡沒有叫「{name}」的情境{near}",
            "改成情境檔裡的 id",
            "演練要知道自己演的是哪個情境。",
        ),
        Wording(
            "A rehearsal of no scenario",
            "there is no scenario called “{name}” in this pack{near}",
            "Use the id that stands in the scenario's file",
            "A rehearsal must know what it plays.",
        ),
        Example("scenario: late_cake", "scenario: late_cakes", "rehearsal"),
    ),
    error(
        "RP602",
        Wording(
            "say 與 wait 要有一個",
            "這一回合要有 say 或 wait: true，而且只能有一個",
            "寫 say: … 或 wait: true",
            "每一回合不是說話，就是等待。",
        ),
        Wording(
            "Either say or wait",
            "a turn needs either say or wait: true, and not both",
            "Write say: … or wait: true",
            "In each turn one speaks or lets time pass.",
        ),
        Example(_FIRST, "  - to: customer\n" + _FIRST, "rehearsal"),
    ),
    error(
        "RP603",
        Wording(
            "這個情境不能等待",
            "情境「{name}」不能讓時間過去",
            "在情境的 clock 設 wait 大於 0，或刪掉這一回合",
            "clock 的 wait 是 0 時，學員不能等待。",
        ),
        Wording(
            "No waiting in this scenario",
            "in the scenario “{name}” one cannot let time pass",
            "Set wait of its clock above 0, or delete this turn",
            "While wait is 0 a trainee cannot wait either.",
        ),
        Example("  wait: 5\n", "  wait: 0\n"),
    ),
    error(
        "RP604",
        Wording("回覆太長", "這句回覆有 {count} 字，上限是 {limit} 字", "縮短它", "學員也不能一次送出這麼長的回覆。"),
        Wording(
            "A reply too long",
            "this reply has {count} characters, the limit is {limit}",
            "Shorten it",
            "A trainee cannot send that much at once either.",
        ),
        Example("我三點半前回電給您。", "好" * 2001, "rehearsal"),
    ),
)

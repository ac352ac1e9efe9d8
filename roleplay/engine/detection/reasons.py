"""Why a detection is partial or rejected: a closed list, in the trainee's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from roleplay.scenarios.model import Language

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "negation": ("前面有否定，等於沒有做。", "it is negated, so it was not done."),
        "quoted": ("這是引述別人的話，不是你對客人說的。", "it quotes somebody; you did not say it to the customer."),
        "reported": ("這是轉述別人說的，請用自己的話說。", "it reports what somebody else said; say it yourself."),
        "hypothetical": ("只是假設或「本來可以」，並沒有真的做。", "it is only supposed, not done."),
        "conditional_on_favour": ("拿補償換客人的配合，聽起來像交換條件。", "it is offered in exchange for a favour."),
        "meta": ("這是在談技巧或對程式說話，不是對客人說話。", "it talks about techniques or to the program, not to the customer."),
        "rhetorical": ("這是反問，不是真的想知道。", "it is a rhetorical question."),
        "sarcasm": ("聽起來是反話。", "it sounds sarcastic."),
        "feelings_put_on_customer": ("「抱歉您這樣覺得」沒有為任何事道歉。", "“sorry you feel that way” is sorry for nothing."),
        "blame_after": ("同一句裡責怪、爭辯或輕忽了客人，前面的好話就不算了。", "blame, argument or dismissal in the same reply takes it back."),
        "keyword_list": ("幾乎只有關鍵詞，沒有對客人說的話。", "there is hardly more than cue words."),
        "no_reason_named": ("說出是為了什麼道歉，才算完整。", "say what you are sorry for."),
        "nothing_behind_it": ("要說出憑什麼請客人放心。", "say what gives ground for confidence."),
        "no_ownership": ("說清楚你之後會做什麼，才不像把人推走。", "say what you will do next, so that it is not passing on."),
        "vague_time": ("「盡快」不是時間，請說幾點或幾分鐘內。", "“soon” is no time; say when."),
        "nothing_new": ("沒有新的進度，客人等於沒聽到。", "there is nothing new in it."),
        "unsure": ("看起來像，但還不夠清楚。說得更具體，就算完整。", "it looks like it, but is not plain enough. Say it more concretely and it counts in full."),
        "off_topic": ("字面像，但這裡不是這個意思。", "the words look like it, but mean something else here."),
        "empty": ("太短，看不出做了什麼。", "too short to show anything."),
        "beyond_authority": ("超出你的權限。", "it goes beyond your authority."),
    }
)  # fmt: skip


def reason_text(reason: str, language: Language) -> str:
    """The wording of `reason`. KeyError if it is none of REASONS."""
    zh, en = REASONS[reason]
    return zh if language == "zh" else en

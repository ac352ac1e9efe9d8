"""How a customer's mood and trust move on any reply, whatever the scenario: one table, in the pack's own rule form.

Owns the built-in rules. A persona's own rules come on top. Points are on the 0-100 scales of mood and trust; harm weighs
several times what a kindness does, as customers themselves weigh it.
"""

from __future__ import annotations

from roleplay.scenarios.model import ByName, Does, Nothing, Offers, Repeats, Rule


def _rule(id: str, mood: int, trust: int, *, once: bool = False) -> Rule:
    return Rule(id, Does((id,)), mood, trust, once)


BUILT_IN: tuple[Rule, ...] = (
    _rule("apology", 4, 2, once=True),
    _rule("empathic_response", 4, 3),
    Rule("listened", Does(("paraphrase", "summary")), 2, 4),
    _rule("question", 0, 1, once=True),
    _rule("explain_information", 1, 2, once=True),
    _rule("progress_update", 2, 3),
    _rule("commitment_timeframe", 2, 4, once=True),
    Rule("called_by_name", ByName(), 1, 2, once=True),
    Rule("remedy_offered", Offers(limit="within"), 5, 4, once=True),
    _rule("blame_customer", -14, -12),
    _rule("dismiss", -12, -10),
    _rule("curt", -8, -6),
    _rule("argue", -10, -8),
    _rule("jargon", -3, -2),
    _rule("overpromise", 2, -5),
    _rule("policy_quote_only", -8, -5),
    _rule("stereotype", -14, -14),
    _rule("unfair_question", -8, -8),
    _rule("privacy_breach", -6, -12),
    Rule("repeated", Repeats(), -4, -4),
    Rule("not_understood", Nothing(), -2, -2),
)

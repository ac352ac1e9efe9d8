"""The ids of the communication techniques (溝通技巧) and their families: the vocabulary packs, detection and scoring share.

Owns names only. How a technique is recognised is the detector's business, what it is worth the scenario's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contact": ("greeting", "self_introduction", "thanks", "hold_notice", "closing_followup", "farewell"),
        "question": ("open_question", "closed_question", "clarifying_question", "check_understanding"),
        "reflection": ("paraphrase", "reflect_feeling", "summary"),
        "empathy": ("validate", "reassurance"),
        "apology": ("apology",),
        "information": ("explain_information", "progress_update", "commitment_timeframe"),
        "proposal": ("offer_solution", "offer_options", "compensation", "add_on"),
        "ownership": ("escalate_with_ownership", "internal_request"),
        "manager": (
            "behaviour_question",
            "specific_feedback",
            "recognition",
            "agree_goal",
            "agree_action",
            "explain_rationale",
            "invite_view",
            "support_offer",
        ),
        "negative": (
            "blame_customer",
            "dismiss",
            "curt",
            "argue",
            "jargon",
            "overpromise",
            "policy_quote_only",
            "stereotype",
            "unfair_question",
            "privacy_breach",
        ),
    }
)
"""Family -> techniques, in the order they are shown. Families are what is scored; the technique is feedback."""

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"empathic_response": ("reflect_feeling", "validate", "reassurance")}
)
"""Names that cut across families."""

FAMILY_OF: Mapping[str, str] = MappingProxyType({t: f for f, ts in FAMILIES.items() for t in ts})
TECHNIQUES: tuple[str, ...] = tuple(FAMILY_OF)
NEGATIVE: frozenset[str] = frozenset(FAMILIES["negative"])
NAMES: tuple[str, ...] = (*TECHNIQUES, *(f for f in FAMILIES if f not in FAMILY_OF), *GROUPS)
"""Everything a condition may name."""


def members(name: str) -> tuple[str, ...]:
    """The techniques that `name` stands for: a technique itself, or those of a family or group. KeyError if unknown."""
    if name in FAMILY_OF:
        return (name,)
    return FAMILIES[name] if name in FAMILIES else GROUPS[name]

"""Talk beside the customer: to a colleague, a supervisor, a partner.

Owns what changes with who is spoken to. Refuses to know the forms of words for a request, which are rules.
"""

from __future__ import annotations

from roleplay.engine.detection.candidates import Candidate, Seen
from roleplay.engine.detection.reading_reply import Reading

_NOT_BESIDE = frozenset({"overpromise", "privacy_breach", "compensation", "jargon"})
"""What can only be done to a customer: inside the house one asks for remedies, names guests and uses the words of the trade."""
_REQUESTS = ("请", "麻烦", "帮", "需要", "please", "need", "could you", "approve")


def propose(reading: Reading, seen: Seen) -> list[Candidate]:
    """Beside the customer, any request to the colleague or partner spoken to is an internal request."""
    if not reading.situation.side_channel:
        return []
    for sentence, asking in zip(reading.sentences, reading.asking, strict=True):
        part = reading.text[sentence.start : sentence.end]
        if asking or any(word in part for word in _REQUESTS):
            return [Candidate("internal_request", "credited", sentence.start, sentence.end, "internal_request.side")]
    return []


def without_colleague(found: list[Candidate]) -> list[Candidate]:
    """The candidates that can be meant where only the customer listens: a request to the house is one only where a rule sees it. To the
    weights alone a polite question to the customer looks much the same."""
    return [c for c in found if c.rule != "internal_request.weights"]


def without_customer(found: list[Candidate]) -> list[Candidate]:
    """The candidates that can be meant where no customer listens. A colleague who is told "sorry to bother you" is owed no more."""
    return [c for c in found if c.technique not in _NOT_BESIDE and (c.technique, c.outcome) != ("apology", "partial")]

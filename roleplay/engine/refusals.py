"""When a command cannot be carried out, and the one limit a trainee meets before sending."""

from __future__ import annotations

REPLY_LIMIT = 2000
"""Characters a reply may have; said before sending."""


class Refused(Exception):
    """A command that cannot be carried out now; nothing has happened. `code`: why, an id the words for it are found by."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail

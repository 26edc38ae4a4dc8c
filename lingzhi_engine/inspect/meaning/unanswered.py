"""A model was asked and gave no answer that can be used."""

from __future__ import annotations


class Unanswered(Exception):
    """Why there is no answer: a code of ``reasons`` and its detail. The verdict is unknown."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(reason, detail)

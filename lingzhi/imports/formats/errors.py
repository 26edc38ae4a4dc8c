"""Why a file cannot be read."""

from typing import Any

from lingzhi.core.errors import BadInput
from lingzhi.core.intake import Problem, Words


class Unreadable(BadInput):
    """The file, from a certain row on, cannot be read at all; `params` fill the sentence's gaps."""

    code = "unreadable_file"

    def __init__(self, message: Words, *, row: int | None = None, **params: Any) -> None:
        self.problem = Problem("file", message, params)
        super().__init__(self.problem.sentence, field="file", row=row)

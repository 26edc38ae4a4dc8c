"""Why a file cannot be read."""

from django.utils.functional import Promise

from lingzhi.core.errors import BadInput


class Unreadable(BadInput):
    """The file, from a certain row on, cannot be read at all."""

    code = "unreadable_file"

    def __init__(self, message: str | Promise, *, row: int | None = None) -> None:
        super().__init__(message, field="file", row=row)

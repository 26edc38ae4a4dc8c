"""The errors a user may cause. Anything else is a bug and answers 500."""

from django.utils.functional import Promise


class DomainError(Exception):
    """The state of things forbids the act: answered 409 with its one sentence.

    Each kind stands beside the service that raises it and carries a translated sentence.
    """

    message: str | Promise = ""
    code = "conflict"

    def __init__(self, message: str | Promise | None = None) -> None:
        self.sentence = message or self.message
        super().__init__(self.sentence)


class BadInput(DomainError):
    """What was sent cannot be used (422); `field` names the place, `row` the line of a file."""

    code = "bad_input"

    def __init__(self, message: str | Promise, *, field: str = "", row: int | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.row = row

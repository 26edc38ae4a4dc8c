"""What a regulation's text consists of before anybody knows its articles."""

from dataclasses import dataclass

from django.utils.functional import Promise

MAX_BLOCKS = 20_000
MAX_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text: title, heading (with its level, 1 the highest), paragraph, item or row.

    `number` is a number that Word or Markdown counts itself and that is not in the text.
    `place` is its position in the file, counted from 1, for messages.
    """

    kind: str
    text: str
    level: int = 0
    number: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a regulation that a person has to mend, and where."""

    message: str | Promise
    place: int = 0
    number: str = ""


class Unreadable(Exception):
    """The text cannot be read as a regulation; `troubles` names everything that is wrong."""

    def __init__(self, *troubles: Trouble) -> None:
        self.troubles = troubles
        super().__init__("; ".join(str(trouble.message) for trouble in troubles))

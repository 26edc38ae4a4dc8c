"""What an app says about the records it can take from files: `ImportKind` in settings.IMPORTS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in a sentence for the person who brought the file."""

    field: str
    message: str | Promise

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class Refused(ValueError):
    """A record has problems; all of them are listed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a record: its name, its label, how a raw value is read, and what columns are
    called that usually hold it."""

    name: str
    label: str | Promise
    read: Callable[[Any], Any]
    is_required: bool = False
    is_personal: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(slots=True)
class Published:
    """What became of a group: ids of new objects, keys known before, keys in conflict."""

    new: list[int] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportKind:
    """Records of one kind.

    `read(record)` gives an item or raises Refused; it must not touch the database.
    `publish(source, items, batch)` writes a short group inside the caller's transaction.
    `finished` names the job to queue once the whole batch is in, with `batch_id`.
    `group_by` names the field whose equal neighbours make one record when a file has one row
    a turn; its rows' `turn_*` fields become the list `turns`.
    """

    code: str
    label: str | Promise
    capability: str
    fields: tuple[Field, ...]
    read: Callable[[dict[str, Any]], Any]
    publish: Callable[[str, Sequence[Any], Any], Published]
    key: str
    finished: str = ""
    turn_fields: tuple[Field, ...] = ()

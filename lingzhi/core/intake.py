"""What an app says about the records it can take from files: `ImportKind` in settings.IMPORTS.

Sentences about wrong values are kept apart from what stands in their gaps, so that each reader
sees them in the own language. They never quote a value: it may be personal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Record = dict[str, Any]
Choices = Sequence[tuple[str, Words]]


class Wrong(ValueError):
    """A value that cannot be used; `params` fill the gaps of the sentence.

    `turn` is the number of the turn where one of a list is meant.
    """

    def __init__(self, message: Words, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params
        self.turn: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in a sentence for the person who brought the file."""

    field: str
    message: Words
    params: Mapping[str, Any] = made_by(default_factory=dict)
    turn: int | None = None

    @property
    def sentence(self) -> str:
        text = gettext(str(self.message))
        text = text % self.params if self.params else text
        return (
            gettext("Turn %(number)d: %(text)s") % {"number": self.turn, "text": text}
            if self.turn
            else text
        )

    def __str__(self) -> str:
        return f"{self.field}: {self.sentence}"

    def as_json(self) -> dict[str, Any]:
        """For storing: the sentence untranslated where that can be told."""
        with override(None):
            message = str(self.message)
        return {"message": message, "params": dict(self.params), "turn": self.turn}

    @classmethod
    def of(cls, name: str, error: ValueError) -> "Problem":
        """What a reader of values raised, as the problem of the field `name`."""
        if isinstance(error, Wrong):
            return cls(name, error.message, error.params, error.turn)
        return cls(name, error.args[0] if error.args else str(error))


class Refused(ValueError):
    """A record has problems; all of them are listed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a record: its name and label, how a raw value is read and shown, and what
    columns are called that usually hold it.

    `choices` lists the values a field of few words may have: a file's own words are mapped to
    them. Where words stand within a longer value, `words_in` finds them, `word_of` reads one and
    `with_words` gives the value together with what its words mean. `may_default` fields can be
    given one value for a whole file; `usual` is what is proposed where the file has no such column.
    A required field may be absent from a file that has a column of one of the fields `instead`:
    the reader then decides record by record.
    """

    name: str
    label: Words
    read: Callable[[Any], Any]
    is_required: bool = False
    instead: tuple[str, ...] = ()
    is_personal: bool = False
    is_time: bool = False
    may_default: bool = False
    usual: str = ""
    choices: Callable[[], Choices] | None = None
    word_of: Callable[[str], Any] | None = None
    words_in: Callable[[Any], list[str]] | None = None
    with_words: Callable[[Any, Mapping[str, str]], Any] | None = None
    show: Callable[[Any], str] = str
    synonyms: tuple[str, ...] = ()


def values_of(fields: Iterable[Field], record: Record) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a record by the names of its fields, empty ones as None, and what is wrong."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for one in fields:
        raw = record.get(one.name)
        values[one.name] = None
        try:
            values[one.name] = one.read(raw) if raw not in (None, "") else None
            if one.is_required and not one.instead and values[one.name] in (None, ""):
                raise Wrong(_("This must be given."))
        except ValueError as error:
            problems.append(Problem.of(one.name, error))
    return values, problems


@dataclass(slots=True)
class Published:
    """What became of a group: ids of new objects, keys known before, keys in conflict."""

    new: list[int] = made_by(default_factory=list)
    known: list[str] = made_by(default_factory=list)
    conflicts: list[str] = made_by(default_factory=list)


@dataclass(frozen=True, slots=True)
class Adapter:
    """A data set with a form of its own: `read(path)` yields numbered records, no columns, and
    raises BadInput (`imports.formats.Unreadable`) for any other file.
    """

    label: Words
    read: Callable[[Path], Iterator[tuple[int, Record]]]


@dataclass(frozen=True, slots=True)
class ImportKind:
    """Records of one kind.

    `reader()` is asked once for a group of records and may look into the database; the function
    it gives reads one record, without the database, or raises Refused. `prepare(items)` does what
    can be done before the database has to wait, then `publish(source, items, batch)` writes the
    short group inside the caller's transaction; `key` names the field that is
    unique within a source and `key_of(item)` is its value. `finished` names the job to queue with
    `batch_id` once the whole batch is in, `result` the list that then shows it (`?batch=id`).
    Of a file with one row a turn, neighbouring or not, the rows with the same key make one
    record; its rows' `turn_fields` become the list `turns`. `keeps_rest` proposes to keep every
    column that is no field, such as those of the items of a score.
    """

    code: str
    label: Words
    capability: str
    fields: tuple[Field, ...]
    reader: Callable[[], Callable[[Record], Any]]
    publish: Callable[[str, Sequence[Any], Any], Published]
    key: str
    key_of: Callable[[Any], str]
    finished: str = ""
    result: str = ""
    turn_fields: tuple[Field, ...] = ()
    prepare: Callable[[list[Any]], list[Any]] = list
    sources: Callable[[], Iterable[tuple[str, str]]] = tuple
    adapters: Mapping[str, Adapter] = made_by(default_factory=dict)
    keeps_rest: bool = False

    @property
    def every_field(self) -> dict[str, Field]:
        """Fields of the record and of its turns, by name."""
        return {one.name: one for one in (*self.fields, *self.turn_fields)}

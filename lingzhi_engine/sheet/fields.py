"""Reading one mapping field by field: what is wrong is noted with its place, reading goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from .problems import Problem

CODE = re.compile(r"[a-z0-9_]{1,40}")
TITLE, TEXT = 250, 4000  # characters
LARGEST = 1_000_000
Choice = TypeVar("Choice", bound=StrEnum)


def number_of(value: object) -> Fraction | None:
    """A finite number, exactly as written: 0.1 is a tenth. None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        return None
    if isinstance(value, Fraction):
        return value
    try:
        decimal = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not decimal.is_finite() or abs(decimal) > LARGEST:
        return None
    return Fraction(decimal)


@dataclass
class Fields:
    """One mapping of a sheet; ``problems`` is shared with everything inside it."""

    data: Mapping[str, object]
    place: str
    problems: list[Problem]
    read: set[str] = field(default_factory=set)

    def note(self, code: str, name: str = "", /, **params: object) -> None:
        """Remember a problem of the field ``name``, of the mapping itself without one."""
        place = ".".join(part for part in (self.place, name) if part)
        self.problems.append(Problem(code, place, params))

    def get(self, name: str) -> object:
        """The value as written; an empty text says nothing."""
        self.read.add(name)
        value = self.data.get(name)
        return None if value == "" else value

    def done(self) -> None:
        """Name the fields that nobody asked for."""
        for name in self.data:
            if name not in self.read:
                self.note("unknown_field", str(name), name=str(name))

    def code(self, taken: set[str], name: str = "code") -> str:
        """A code that nothing else here has."""
        value = self.get(name)
        if value is None:
            self.note("missing", name)
        elif not isinstance(value, str) or not CODE.fullmatch(value):
            self.note("bad_code", name)
        elif value in taken:
            self.note("duplicate_code", name)
        else:
            taken.add(value)
            return value
        return ""

    def text(self, name: str, *, longest: int = TEXT, is_required: bool = False) -> str:
        value = self.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            if is_required:
                self.note("missing", name)
        elif not isinstance(value, str):
            self.note("wrong_type", name, expected="text")
        elif len(value) > longest:
            self.note("too_long", name, maximum=longest)
        else:
            return value.strip()
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.get(name)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.note("not_a_list", name)
        elif not all(isinstance(one, str) and one.strip() for one in value):
            self.note("wrong_type", name, expected="a list of texts")
        else:
            return tuple(dict.fromkeys(one.strip() for one in value))
        return ()

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.note("wrong_type", name, expected="true or false")
            return default
        return value

    def number(
        self, name: str, *, low: int | None = None, high: int | None = None
    ) -> Fraction | None:
        """A number between both ends, which belong to it; None where none is given."""
        value = self.get(name)
        if value is None:
            return None
        number = number_of(value)
        if number is None:
            self.note("wrong_type", name, expected="a number")
        elif low is not None and number < low:
            self.note("too_small", name, minimum=low)
        elif high is not None and number > high:
            self.note("too_large", name, maximum=high)
        else:
            return number
        return None

    def whole(self, name: str) -> int | None:
        """A whole number from 1."""
        number = self.number(name, low=1)
        if number is not None and number.denominator != 1:
            self.note("wrong_type", name, expected="a whole number")
            return None
        return None if number is None else int(number)

    def choice(self, name: str, kind: type[Choice], default: Choice) -> Choice:
        value = self.get(name)
        if value is None:
            return default
        known = [one.value for one in kind]
        if value not in known:
            self.note("bad_choice", name, choices=", ".join(known))
            return default
        return kind(str(value))

    def inside(self, name: str) -> list[Fields]:
        """The mappings of the list ``name``, each named by its code where it has one."""
        value = self.get(name)
        if value is None:
            return []
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.note("not_a_list", name)
            return []
        found = []
        for number, one in enumerate(value, start=1):
            inner = ".".join(part for part in (self.place, name, _label(one, number)) if part)
            if isinstance(one, Mapping):
                found.append(Fields(one, inner, self.problems))
            else:
                self.problems.append(Problem("not_a_mapping", inner))
        return found

    def within(self, name: str) -> Fields | None:
        """The mapping ``name``."""
        value = self.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.note("not_a_mapping", name)
            return None
        place = ".".join(part for part in (self.place, name) if part)
        return Fields(value, place, self.problems)


def _label(one: object, number: int) -> str:
    code = one.get("code") if isinstance(one, Mapping) else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else str(number)

"""What can be wrong with a pack, and the error that names all of it at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import BadInput, DomainError

BOTH = ("zh-Hans", "en")


class UnknownPack(DomainError):
    message = _("There is no such rule pack.")


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One fault of a pack: in which file, clause and field, and what it is."""

    file: str
    number: str
    field: str
    message: str | Promise

    def __str__(self) -> str:
        place = " · ".join(part for part in (self.file, self.number, self.field) if part)
        return f"{place}: {self.message}" if place else str(self.message)


class PackProblems(BadInput):
    """The pack cannot be used; `problems` names everything that is wrong with it."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)), field="body")


class Findings:
    """Collects problems; knows the file and clause that are being looked at."""

    def __init__(self, files: Mapping[str, str], *, is_shipped: bool) -> None:
        self.problems: list[PackProblem] = []
        self.files = files
        self.is_shipped = is_shipped
        self.number = ""

    def add(self, field: str, message: str | Promise) -> None:
        file = self.files.get(self.number) or self.files.get("", "")
        self.problems.append(PackProblem(file, self.number, field, message))

    def mapping(self, field: str, value: Any) -> dict[str, Any] | None:
        """The value where it is a mapping with names as keys, else None and a problem."""
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return value
        self.add(field, _("Names with values are needed here."))
        return None

    def rows(self, field: str, value: Any) -> list[Any]:
        """The value where it is a list (nothing is the empty one), else a problem."""
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.add(field, _("A list is needed here."))
        return []

    def texts(self, field: str, value: Any) -> None:
        """A text in both languages; of a pack that was made here one is enough."""
        if not isinstance(value, Mapping):
            self.add(field, _("A text in each language (zh-Hans, en) is needed here."))
            return
        there = [name for name in BOTH if isinstance(value.get(name), str) and value[name].strip()]
        lacking = [name for name in BOTH if name not in there]
        if lacking and (self.is_shipped or not there):
            missing = ", ".join(lacking)
            self.add(field, _("The text is missing in: %(languages)s") % {"languages": missing})
        if set(value) - set(BOTH) - {"weight"}:
            self.add(field, _("Only zh-Hans and en are known."))

    def known(self, field: str, row: Mapping[str, Any], names: Iterable[str]) -> None:
        """Name the fields of `row` that nobody knows: most are slips of the pen."""
        for name in sorted(set(row) - set(names)):
            self.add(f"{field}.{name}" if field else name, _("There is no such field."))

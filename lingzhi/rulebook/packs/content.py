"""A pack's content with types: what a checked body says, in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lingzhi.rulebook.models import in_language

Texts = Mapping[str, str]
Body = dict[str, Any]


def said(texts: Any) -> str:
    """A text in the reader's language, whether it is a plain one or one for each language."""
    if isinstance(texts, Mapping):
        words = {key: str(text) for key, text in texts.items() if key != "weight"}
        return in_language(words) if words else ""
    return str(texts)


@dataclass(frozen=True)
class Figure:
    """A figure of a control and where it comes from: normative, example or placeholder."""

    name: str
    mark: str
    value: Any = None
    unit: str = ""
    ask: Texts | None = None

    @property
    def is_placeholder(self) -> bool:
        return self.mark == "placeholder"

    @property
    def question(self) -> str:
        return said(self.ask or {})


@dataclass(frozen=True)
class ControlBody:
    """A control (管控点) as the pack has it. `fixed` are the parameters that are no figures."""

    key: str
    kind: str
    title: Texts
    fixed: Mapping[str, Any]
    figures: Mapping[str, Figure]

    @property
    def words(self) -> str:
        return said(self.title)


@dataclass(frozen=True)
class ClauseBody:
    """A clause (条款) as the pack has it."""

    number: str
    title: Texts
    text: Texts
    force: str
    touches: tuple[str, ...]
    requirements: tuple[str, ...]
    waits_for: Texts
    controls: tuple[ControlBody, ...]

    @property
    def heading(self) -> str:
        return said(self.title)

    @property
    def words(self) -> str:
        return said(self.text)


@dataclass(frozen=True)
class Content:
    """Everything a body says. `body` is where it comes from."""

    code: str
    edition: int
    title: Texts
    clauses: tuple[ClauseBody, ...]
    body: Body

    @property
    def system(self) -> str:
        return str(self.body.get("system", ""))

    @property
    def interpreter(self) -> str:
        """Who interprets it (解释权), as the pack proposes."""
        return said(self.body.get("interpreter") or "")

    @property
    def applies_to(self) -> str:
        return said(self.body.get("applies_to") or "")

    @property
    def purpose(self) -> str:
        return said(self.body.get("purpose") or "")

    @property
    def precedence(self) -> str:
        """That law and local and industry rules prevail over it."""
        return said(self.body.get("precedence") or "")

    @property
    def basis(self) -> list[str]:
        return [said(line) for line in self.body.get("basis") or ()]

    @property
    def principles(self) -> list[str]:
        return [said(line) for line in self.body.get("principles") or ()]

    @property
    def terms(self) -> Mapping[str, str]:
        return self.body.get("terms") or {}

    @property
    def is_uniform(self) -> bool:
        """Whether it demands the same standards on every channel."""
        return bool(self.body.get("uniform_across_channels"))

    @property
    def ends_at(self) -> Mapping[str, Any] | None:
        """Where the source breaks off: a clause number and a note."""
        return self.body.get("ends_at")

    @property
    def slots(self) -> list[Mapping[str, Any]]:
        """Subordinate documents that it names and does not contain: key and title."""
        return list(self.body.get("slots") or ())

    @property
    def quiz(self) -> list[Mapping[str, Any]]:
        return list(self.body.get("quiz") or ())

    @cached_property
    def _numbers(self) -> dict[str, ClauseBody]:
        return {clause.number: clause for clause in self.clauses}

    @cached_property
    def _keys(self) -> dict[str, tuple[ClauseBody, ControlBody]]:
        return {control.key: (clause, control) for clause, control in self.controls()}

    def controls(self) -> Iterator[tuple[ClauseBody, ControlBody]]:
        for clause in self.clauses:
            for control in clause.controls:
                yield clause, control

    def clause(self, number: str) -> ClauseBody | None:
        return self._numbers.get(number)

    def clause_of(self, key: str) -> ClauseBody | None:
        """The clause that a control stands in."""
        found = self._keys.get(key)
        return found[0] if found else None

    def control(self, key: str) -> ControlBody | None:
        found = self._keys.get(key)
        return found[1] if found else None


def content_of(body: Body) -> Content:
    """The content of a checked body."""
    return Content(
        code=str(body.get("id", "")),
        edition=int(body.get("edition") or 1),
        title=body.get("title") or {},
        clauses=tuple(map(_clause, body.get("clauses") or ())),
        body=body,
    )


def _clause(row: Mapping[str, Any]) -> ClauseBody:
    return ClauseBody(
        number=str(row["number"]),
        title=row.get("title") or {},
        text=row.get("text") or {},
        force=row["force"],
        touches=tuple(row.get("touches") or ()),
        requirements=tuple(row.get("requirements") or ()),
        waits_for=row.get("waits_for") or {},
        controls=tuple(map(control_of, row.get("controls") or ())),
    )


def control_of(row: Mapping[str, Any]) -> ControlBody:
    """One control of a checked body."""
    figures = row.get("figures") or {}
    return ControlBody(
        key=row["key"],
        kind=row["kind"],
        title=row.get("title") or {},
        fixed=row.get("with") or {},
        figures={name: _figure(name, figure) for name, figure in figures.items()},
    )


def _figure(name: str, row: Mapping[str, Any]) -> Figure:
    return Figure(name, row["mark"], row.get("value"), row.get("unit") or "", row.get("ask"))

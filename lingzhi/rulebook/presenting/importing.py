"""A regulation on its way to a pack: its clauses with the words that were found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from lingzhi.core.controls import control_kinds
from lingzhi.core.templatetags.talk import Mark
from lingzhi.rulebook.models import Clause, Pack
from lingzhi.rulebook.packs import Content, content_of, pieces, said, say
from lingzhi.rulebook.presenting.text import MARKS, ShownValue

TONES = {"": "flow", "confirmed": "good", "refused": "unknown"}
SHOWN_WORDS = 60


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal: the words, the control it would be, and what was decided."""

    id: int
    words: str
    kind: str | Promise
    title: str
    values: list[ShownValue]
    runs: bool
    decision: str
    is_current: bool
    is_incomplete: bool  # something has to be chosen before it can be confirmed


@dataclass(frozen=True, slots=True)
class ImportedClause:
    number: str
    title: str
    text: str
    force: str
    force_label: str | Promise
    marks: list[Mark]
    proposals: list[ShownProposal]
    controls: list[str]  # titles of its controls that are no proposals any more


@dataclass(frozen=True, slots=True)
class Progress:
    """How many proposals are confirmed, refused, and still open."""

    confirmed: int
    refused: int
    open: int

    @property
    def total(self) -> int:
        return self.confirmed + self.refused + self.open

    @property
    def decided(self) -> int:
        return self.confirmed + self.refused


def progress_of(pack: Pack) -> Progress:
    decisions = [row["decision"] for row in pack.proposals]
    return Progress(*(decisions.count(one) for one in ("confirmed", "refused", "")))


def first_open(pack: Pack) -> int:
    """The place, among the clauses, of the first one with an open proposal; -1 for none."""
    waiting = {row["number"] for row in pack.proposals if not row["decision"]}
    numbers = [clause["number"] for clause in pack.body["clauses"]]
    return next((at for at, number in enumerate(numbers) if number in waiting), -1)


def shown_clauses(pack: Pack, clauses: Sequence[Mapping[str, Any]]) -> list[ImportedClause]:
    """These clauses of the pack; the first open proposal among them is the current one."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(pack.proposals, key=lambda row: (row["start"], row["id"])):
        rows.setdefault(row["number"], []).append(row)
    mine = [row for clause in clauses for row in rows.get(clause["number"], ())]
    current = next((row["id"] for row in mine if not row["decision"]), None)
    content = content_of(pack.body)
    return [_clause(clause, rows.get(clause["number"], ()), current, content) for clause in clauses]


def current_place(clauses: Sequence[ImportedClause]) -> str:
    """The id of the proposal that is to be decided next on this page; empty for none."""
    proposals = (proposal for clause in clauses for proposal in clause.proposals)
    return next((f"proposal-{one.id}" for one in proposals if one.is_current), "")


def _clause(
    clause: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    current: int | None,
    content: Content,
) -> ImportedClause:
    text = said(clause.get("text") or {})
    if not rows:  # no places of words to keep: figures may stand in the sentence
        text = "".join(piece.text for piece in pieces(text, content, {}))
    keys = {row["control"]["key"] for row in rows}
    others = [one for one in clause.get("controls") or () if one["key"] not in keys]
    return ImportedClause(
        number=clause["number"],
        title=said(clause.get("title") or {}),
        text=text,
        force=clause["force"],
        force_label=Clause.Force(clause["force"]).label,
        marks=[_mark(row) for row in rows if row["end"] > row["start"]],
        proposals=[_proposal(row, text, current) for row in rows],
        controls=[said(one["title"]) for one in others],
    )


def _mark(row: Mapping[str, Any]) -> Mark:
    title = said(row["control"]["title"])
    return Mark(row["start"], row["end"], TONES[row["decision"]], title, f"#proposal-{row['id']}")


def _proposal(row: Mapping[str, Any], text: str, current: int | None) -> ShownProposal:
    control = row["control"]
    kind = control_kinds().get(control["kind"])
    words = text[row["start"] : row["end"]].replace("\n", " ").strip('“”「」"')
    return ShownProposal(
        id=row["id"],
        words=words if len(words) <= SHOWN_WORDS else f"{words[:SHOWN_WORDS]}…",
        kind=kind.label if kind else control["kind"],
        title=said(control["title"]),
        values=list(_values(control)),
        runs=bool(kind and kind.runs),
        decision=row["decision"],
        is_current=row["id"] == current,
        is_incomplete=any(
            param.is_required and not param.is_figure and not control["with"].get(param.name)
            for param in (kind.params if kind else ())
        ),
    )


def _values(control: Mapping[str, Any]) -> Iterator[ShownValue]:
    kind = control_kinds().get(control["kind"])
    for param in kind.params if kind else ():
        figure = control["figures"].get(param.name)
        if figure is not None and figure["mark"] == "placeholder":
            yield ShownValue(param.label, said(figure["ask"]), MARKS["placeholder"])
        elif figure is not None:
            value = say(control["kind"], param.name, figure["value"], figure.get("unit", ""))
            yield ShownValue(param.label, value, MARKS[figure["mark"]])
        elif param.name in control["with"]:
            value = say(control["kind"], param.name, control["with"][param.name])
            yield ShownValue(param.label, value or "–", "")

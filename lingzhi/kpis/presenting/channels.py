"""Channels side by side in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.core.channels import channel_words
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.forms import FigureFilters
from lingzhi.kpis.models import Target
from lingzhi.kpis.presenting.figures import Asked, ShownFigure, indicator_url
from lingzhi.kpis.presenting.saying import say_limit
from lingzhi.kpis.queries import targets_on
from lingzhi.kpis.queries.channels import COMPARED, Cell, answer_targets, side_by_side

STANDINGS: dict[str, str | Promise] = {
    "above": gettext_lazy("above the other channels"),
    "below": gettext_lazy("below the other channels"),
    "alike": gettext_lazy("no sure difference"),
    "unknown": gettext_lazy("cannot be told apart"),
}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One figure with its target, how it stands to the other channels, and how it was counted."""

    cell: Cell
    shown: ShownFigure
    limit: str

    @property
    def words(self) -> str | Promise:
        return STANDINGS[self.cell.standing]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An indicator over the channels; None where a channel has no case of it."""

    name: str
    about: str
    url: str
    cells: list[tuple[str, ShownCell | None]]

    @property
    def apart(self) -> list[str]:
        """The channels that differ by more than chance explains."""
        found = [(name, one) for name, one in self.cells if one is not None]
        return [name for name, one in found if one.cell.standing in ("above", "below")]

    @property
    def is_comparable(self) -> bool:
        """Whether anything can be said about differences."""
        return any(one is not None and one.cell.standing != "unknown" for _name, one in self.cells)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The table, and the indicators of which no channel has a case."""

    channels: list[str]
    rows: list[ShownRow]
    silent: list[str]


def shown_side_by_side(form: FigureFilters) -> SideBySide:
    """The channels of the reader's reach in the days asked about."""
    norms = answer_targets(form.scope.unit, form.target_on)
    table = side_by_side(form.scope, form.span, norms)
    words = channel_words()
    found = {channel for row in table.values() for channel in row}
    codes = [code for code in words if code in found] + sorted(found - words.keys())
    targets = {code: _targets(form, table, code) | _norm(norms, code) for code in codes}
    asked = {name: value for name, value in form.asked().items() if name != "channel"}
    rows = [
        _row(name, row, [(code, words.get(code, code)) for code in codes], targets, asked)
        for name, row in table.items()
    ]
    silent = [indicators()[code].name for code in COMPARED if code not in table]
    return SideBySide([words.get(code, code) for code in codes], rows, silent)


def _targets(
    form: FigureFilters, table: Mapping[str, dict[str, Cell]], code: str
) -> dict[int, Target]:
    definitions = [row[code].definition for row in table.values() if code in row]
    return targets_on(definitions, form.scope.unit, form.target_on, code)


def _norm(norms: Mapping[str, Target], code: str) -> dict[int, Target]:
    return {norms[code].definition_id: norms[code]} if code in norms else {}


def _row(
    name: str,
    row: Mapping[str, Cell],
    channels: list[tuple[str, str]],
    targets: Mapping[str, Mapping[int, Target]],
    asked: Asked,
) -> ShownRow:
    cells = [
        (words, _cell(row[code], targets[code]) if code in row else None)
        for code, words in channels
    ]
    if name == "norm":
        return ShownRow(_("First answer in time"), _("as each channel promises"), "", cells)
    entry = indicators()[name]
    way = next(iter(row.values())).definition.way
    url = indicator_url(name, {**asked, "by": "channel"})
    return ShownRow(entry.name, f"{entry.code} · {way.words}", url, cells)


def _cell(cell: Cell, targets: Mapping[int, Target]) -> ShownCell:
    limit = cell.definition.params.get("limit")
    said = say_limit(limit) if limit is not None else ""
    return ShownCell(cell, ShownFigure(cell.figure, targets.get(cell.definition.pk)), said)

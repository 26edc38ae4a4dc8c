"""The indicator dictionary (指标字典): what each indicator says, and the ways of counting it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.core.controls import Param
from lingzhi.core.languages import in_language
from lingzhi.core.measures import Measure, measures

FILE = Path(__file__).parent / "catalogue" / "indicators.yaml"
BY_HAND = "hand"
GROUPS: dict[str, str | Promise] = {
    "efficiency": _("Efficiency"),
    "effect": _("Effect"),
    "norm": pgettext_lazy("group of indicators", "Norm"),
}
WAITING: dict[str, str | Promise] = {
    "cases": _("cases and complaints"),
    "surveys": _("surveys"),
    "learning": _("training and exams"),
    "performance": _("appraisals"),
    "governance": _("plans and reviews"),
    "portal": _("self-service"),
}
# What a figure by hand may be further told by: how often, and about what.
HAND_PARAMS: Mapping[str, Param] = {
    "period": Param("period", _("period"), "choice", choices=lambda: (
        ("week", _("week")), ("month", _("month")), ("quarter", _("quarter")), ("year", _("year")),
    )),
    "topics": Param("topics", _("topics of training"), "words", is_required=False),
}  # fmt: skip
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of counting an indicator (口径): a measure with its parameters, or by hand."""

    code: str
    texts: Texts
    measure_code: str
    params: Mapping[str, Any]
    direction: str
    hand_unit: str
    hand_shape: str

    @property
    def words(self) -> str:
        return str(_("Entered by hand")) if self.code == BY_HAND else in_language(self.texts)

    @property
    def is_by_hand(self) -> bool:
        return not self.measure_code

    @property
    def measure(self) -> Measure | None:
        """What counts it; None where figures are entered by hand."""
        return measures()[self.measure_code] if self.measure_code else None

    @property
    def asks(self) -> tuple[Param, ...]:
        """Its parameters."""
        return self.measure.params if self.measure else tuple(map(HAND_PARAMS.get, self.params))  # type: ignore[arg-type]

    @property
    def unit(self) -> str:
        return self.measure.unit if self.measure else self.hand_unit

    @property
    def shape(self) -> str:
        return self.measure.shape if self.measure else self.hand_shape


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator. `waits_for` names what must be there before it can be counted."""

    code: str
    group: str
    texts: Mapping[str, Texts]
    direction: str
    variants: Mapping[str, Variant]
    waits_for: str = ""

    @property
    def name(self) -> str:
        return in_language(self.texts["name"])

    @property
    def definition(self) -> str:
        return in_language(self.texts["definition"])

    @property
    def formula(self) -> str:
        return in_language(self.texts["formula"])

    @property
    def group_words(self) -> str:
        return str(GROUPS[self.group])

    @property
    def waits_for_words(self) -> str:
        return str(WAITING[self.waits_for]) if self.waits_for else ""

    @property
    def main(self) -> Variant:
        """The variant that is proposed."""
        return next(iter(self.variants.values()))

    @property
    def by_hand(self) -> list[Variant]:
        """The ways that people fill: those with words of their own, else the usual one."""
        named = [one for one in self.variants.values() if one.is_by_hand and one.code != BY_HAND]
        return named or [self.variants[BY_HAND]]

    @property
    def is_countable(self) -> bool:
        return not self.main.is_by_hand


@cache
def indicators() -> Mapping[str, Entry]:
    """Every indicator by its code, in the order of the codes."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {row["code"]: _entry(row) for row in rows}


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        code=row["code"],
        group=row["group"],
        texts={name: row[name] for name in ("name", "definition", "formula")},
        direction=row["direction"],
        variants=_variants(row),
        waits_for=row.get("waits_for", ""),
    )


def _variants(row: dict[str, Any]) -> dict[str, Variant]:
    """The variants of the catalogue, and everywhere the one that people fill by hand."""
    found = {
        one["code"]: Variant(
            one["code"],
            one["words"],
            one.get("measure", ""),
            one.get("params", {}),
            one.get("direction", row["direction"]),
            one.get("unit", "percent"),
            one.get("shape", "share"),
        )
        for one in row.get("variants", [])
    }
    found[BY_HAND] = Variant(
        BY_HAND,
        {},
        "",
        {},
        row["direction"],
        row.get("unit", "percent"),
        row.get("shape", "share"),
    )
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """The numerator and denominator of a variant in words."""

    numerator: str = ""
    denominator: str = ""


def counted(variant: Variant) -> Counted:
    """What a variant counts, from its measure; empty by hand: there the formula says it."""
    measure = variant.measure
    if measure is None:
        return Counted()
    return Counted(str(measure.numerator), str(measure.denominator))

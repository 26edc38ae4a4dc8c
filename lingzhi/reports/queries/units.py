"""Units side by side (交流、评比): what each came to, and who stands above whom for sure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import Figure, Period, Scope, headlines, sums_by
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, units_visible_to
from lingzhi.reports.models import Practice
from lingzhi_engine.stats import Rate, tiers

READ = "kpis.read"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit came to; `tier` 1 is surpassed by nobody for sure, None has none: too few cases,
    no share, or no side that is the better one.
    """

    unit: Unit
    figure: Figure
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator over the units that have data of it, in the order of the units."""

    definition: Definition
    standings: Sequence[Standing]

    @property
    def tiers(self) -> int:
        """How many tiers there are: with one nobody can be told apart, with none nobody ranked."""
        return max((one.tier for one in self.standings if one.tier), default=0)

    def of(self, unit: Unit) -> Standing | None:
        return next((one for one in self.standings if one.unit.pk == unit.pk), None)


def units_to_compare(user: User, kind: str) -> list[Unit]:
    """Units of one kind whose figures this person may see."""
    return list(units_visible_to(user, READ).filter(kind=kind).order_by("path"))


def shares_on(period: Period) -> list[Definition]:
    """The definitions in use that are shares with a better side: others have no interval to compare
    by, for only sums are kept.
    """
    found = headlines(period.last).values()
    return [one for one in found if one.shape == "share" and one.direction]


def compared(
    units: Sequence[Unit], definitions: Sequence[Definition], period: Period, channel: str = ""
) -> list[Compared]:
    """Each indicator over the units, with everything below them; with one query."""
    scope = Scope(channels=(channel,) if channel else ())
    sums = sums_by(definitions, scope, period, "unit_id")
    paths = dict(Unit.objects.values_list("pk", "path"))
    found = []
    for definition in definitions:
        standings = []
        for unit in units:
            parts = [
                one
                for (key, at), one in sums.items()
                if key == definition.pk and at and paths[at].startswith(unit.path)
            ]
            if parts:
                above, below, unsure = (sum(column) for column in zip(*parts, strict=True))
                figure = Figure.of(definition, (float(above), float(below), int(unsure)))
                standings.append(Standing(unit, figure))
        found.append(Compared(definition, _with_tiers(definition, standings)))
    return found


def _with_tiers(definition: Definition, standings: Sequence[Standing]) -> list[Standing]:
    """The minimum sample is that of every share that is shown (I-50)."""
    rated = [one for one in standings if one.figure.is_enough and one.figure.interval]
    rates = [Rate(round(one.figure.numerator), round(one.figure.denominator)) for one in rated]
    found = tiers(rates, is_high_better=definition.direction == "high")
    by_unit = {one.unit.pk: tier for one, tier in zip(rated, found, strict=True)}
    return [replace(one, tier=by_unit.get(one.unit.pk)) for one in standings]


def beside(unit: Unit) -> list[Unit]:
    """Every open unit of its kind, itself included: with whom it is compared when it shares."""
    return list(open_units().filter(kind=unit.kind))


def practices() -> QuerySet[Practice]:
    """What units share, the newest first."""
    rows = Practice.objects.filter(withdrawn_at=None)
    return rows.select_related("unit", "definition__indicator", "shared_by")

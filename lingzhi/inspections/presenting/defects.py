"""The corrected defect rate as pages show it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.queries import RuleFilters, Tallies
from lingzhi.inspections.queries.defects import DefectRates, defect_rates
from lingzhi.org.models import Unit


@dataclass(frozen=True, slots=True)
class ShownDefects:
    """The rates of everything, and of each team of which enough was scored."""

    whole: DefectRates | None
    teams: list[tuple[Unit, DefectRates]]


def shown_defects(
    tallies: Tallies, contacts: QuerySet[Contact], asked: RuleFilters
) -> ShownDefects:
    """See `defect_rates`; the teams in the order of their corrected rates, the worst first."""
    whole, teams = defect_rates(tallies, contacts, asked)
    units = Unit.objects.in_bulk(list(teams))
    worst = sorted(teams.items(), key=lambda one: -one[1].corrected.low)
    return ShownDefects(whole, [(units[unit], rates) for unit, rates in worst])

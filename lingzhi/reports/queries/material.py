"""The conversations of a unit and a period, with their verdicts, read once for all sections."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, conversations, published
from lingzhi.core.clock import midnight
from lingzhi.inspections.queries import Tallies, Verdicts, tallies_within, verdicts_of
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit


@dataclass(frozen=True)
class Material:
    """What happened at `unit` (and below it) in `days`."""

    unit: Unit
    days: Period

    @property
    def contacts(self) -> QuerySet[Contact]:
        """The company's include those of no team."""
        of_unit = Q(unit__path__startswith=self.unit.path)
        if self.unit.parent_id is None:
            of_unit |= Q(unit=None)
        return published().filter(
            of_unit,
            started_at__gte=midnight(self.days.first),
            started_at__lt=midnight(self.days.last + timedelta(days=1)),
        )

    @cached_property
    def verdicts(self) -> Verdicts:
        """On what may be read: a withheld conversation counts, but nobody quotes it."""
        return verdicts_of(conversations(self.contacts), ("contact_id",))

    @cached_property
    def tallies(self) -> Tallies:
        """All verdicts added up."""
        return tallies_within(self.unit, Filters(from_on=self.days.first, to_on=self.days.last))

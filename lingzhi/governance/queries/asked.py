"""About what the collectors of agendas and reviews are asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from lingzhi.governance.models import Meeting, Review
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit

DAY = timedelta(days=1)
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """For which meeting or review on which `day`, and about which days of its unit."""

    unit: Unit
    day: date
    period: Period
    meeting: Meeting | None = None
    review: Review | None = None

    @property
    def below(self) -> Q:
        return Q(unit__path__startswith=self.unit.path)

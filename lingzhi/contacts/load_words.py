"""Loads in the reader's words."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.contacts.load import Load, Loads

VERDICTS: dict[str, tuple[str | Promise, str]] = {
    "high": (gettext_lazy("too high"), "bad"),
    "low": (gettext_lazy("too low"), "warn"),
    "within": (gettext_lazy("within the range"), "good"),
    "unknown": (gettext_lazy("unknown"), "unknown"),
}


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """One row: a team on a day, or an hour."""

    name: str
    unit_id: int | None
    load: Load

    @property
    def per_head(self) -> str:
        found = self.load.per_head
        return "–" if found is None else str(number_format(round(found, 1), decimal_pos=1))

    @property
    def verdict(self) -> tuple[str | Promise, str]:
        return VERDICTS[self.load.verdict]

    @property
    def why(self) -> str:
        """Why there is no verdict."""
        if self.load.per_head is None:
            return _("nobody told who was there") if not self.load.people else _("too short")
        if self.load.bounds is None:
            return _("no range set")
        return _("the day is not over") if self.load.verdict == "unknown" else ""

    @property
    def bounds(self) -> str:
        """The range, with the unit it comes from."""
        found = self.load.bounds
        return f"{found.low:g}–{found.high:g} · {found.unit.name}" if found else ""

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.load.people]


def shown_loads(loads: Loads) -> tuple[list[ShownLoad], list[ShownLoad]]:
    """The teams, and the hours."""
    teams = [ShownLoad(unit.name, unit.pk, one) for unit, one in loads.teams]
    hours = [ShownLoad(f"{hour:02}:00–{hour + 1:02}:00", None, one) for hour, one in loads.hours]
    return teams, hours

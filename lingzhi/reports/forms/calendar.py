"""Which month of the report calendar, and which of its reports."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.kpis.queries import Period, month_of
from lingzhi.reports.models import Plan
from lingzhi.reports.queries.calendar import COMING, DAY, LATE, READ, UNREAD, WAITS, Dated

BACK, AHEAD = 12, 3  # months
STANDS = {
    LATE: _("overdue"),
    WAITS: _("waits for somebody"),
    UNREAD: _("not read by all"),
    COMING: _("not due yet"),
    READ: _("read by all"),
}


class CalendarForm(forms.Form):
    """Narrowing the report calendar; a filter that is wrong narrows nothing."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    kind = forms.ChoiceField(
        choices=[("", _("Every kind")), *Plan.Kind.choices], required=False, label=_("Kind")
    )
    stands = forms.ChoiceField(
        choices=[("", _("All")), *STANDS.items()], required=False, label=_("State")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [_name(one) for one in _months()]
        self.fields["month"].choices = [("", _("This month")), *zip(names, names, strict=True)]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def month_asked(self) -> Period:
        chosen = self._chosen("month")
        return next((one for one in _months() if _name(one) == chosen), month_of(today()))

    def apply(self, rows: Iterable[Dated]) -> list[Dated]:
        kind, stands = self._chosen("kind"), self._chosen("stands")
        return [one for one in rows if kind in ("", one.plan.kind) and stands in ("", one.stands)]

    def _chosen(self, name: str) -> str:
        return getattr(self, "cleaned_data", {}).get(name) or ""


def _months() -> list[Period]:
    """The months one may look at, the latest first."""
    found = [month_of(today())]
    for _step in range(AHEAD):
        found.insert(0, month_of(found[0].last + DAY))
    for _step in range(BACK):
        found.append(found[-1].previous())
    return found


def _name(month: Period) -> str:
    return f"{month.first:%Y-%m}"

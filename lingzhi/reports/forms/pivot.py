"""What is asked of facts, and the name under which a question is kept."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.queries import units_visible_to
from lingzhi.reports.facts import Axis, FactTable
from lingzhi.reports.queries.facts import known_days
from lingzhi.reports.queries.pivot import Asked

EVERY = [("every", _("All figures side by side"))]


class PivotForm(forms.Form):
    """What is asked of one kind of facts; an empty question is the first axis and amount."""

    down = forms.ChoiceField(label=_("Rows of the table"), required=False)
    then = forms.ChoiceField(label=_("Then"), required=False)
    across = forms.ChoiceField(label=_("Columns of the table"), required=False)
    amount = forms.ChoiceField(label=_("Figure"), required=False)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    facts = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, table: FactTable, user: User) -> None:
        given = data.copy()
        given["facts"] = table.code
        given.setdefault("down", "unit")
        given.setdefault("amount", table.amounts[0].code)
        super().__init__(given)
        self.table, self.units = table, list(units_visible_to(user, "kpis.read"))
        axes = [(one.code, one.label) for one in table.axes]
        self._choices("down", axes)
        self._choices("then", [("", "–"), *axes])
        self._choices("across", [("", "–"), *axes])
        self._choices("amount", [*((one.code, one.label) for one in table.amounts), *EVERY])
        self._choices("unit", [("", _("All")), *((one.pk, one.name) for one in self.units)])
        self._choices("channel", [("", _("All")), *channel_choices()])
        self.is_valid()  # a wrong filter narrows nothing and is shown beside its field

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @cached_property
    def asked(self) -> Asked:
        """The question; without days the last thirty that have facts."""
        axes = [self._axis(name) for name in ("down", "then", "across")]
        down = [one for one in dict.fromkeys(axes[:2]) if one] or [self.table.axes[0]]
        across = axes[2] if axes[2] not in down else None
        wanted = self.cleaned_data.get("amount")
        amounts = [one for one in self.table.amounts if one.code == wanted]
        unit = next((u for u in self.units if u.pk == self.cleaned_data.get("unit")), None)
        every = list(self.table.amounts) if across is None and not amounts else amounts
        channel = self.cleaned_data.get("channel") or ""
        return Asked(
            self.table, down, across, every or [self.table.amounts[0]], *self.days, unit, channel
        )

    @cached_property
    def days(self) -> tuple[date, date]:
        known = known_days(self.table)
        last = self.cleaned_data.get("to_on") or (known[1] if known else today())
        first = self.cleaned_data.get("from_on") or last - timedelta(days=29)
        return min(first, last), max(first, last)

    def _axis(self, name: str) -> Axis | None:
        return self.table.axis(self.cleaned_data.get(name) or "")


class KeepPivotForm(forms.Form):
    """The name under which an analysis is kept."""

    name = forms.CharField(label=_("Name"), max_length=80)
    is_shared = forms.BooleanField(
        label=_("For everybody who may analyse; each sees their own reach in it"), required=False
    )

"""Forms of the floor."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import AgentState, BreakReason, Surge
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach


class StateForm(forms.Form):
    """What the agent does now; a break is taken by its kind."""

    state = forms.ChoiceField(
        choices=[one for one in AgentState.State.choices if one[0] != AgentState.State.ON_BREAK]
    )
    reason = forms.ChoiceField(choices=AgentState.Busy.choices, required=False)


class ForceForm(forms.Form):
    """A state by force, and why."""

    state = forms.ChoiceField(label=_("State"), choices=AgentState.State.choices)
    reason = forms.CharField(label=_("Why"), max_length=60)


class AttendanceForm(forms.Form):
    """Which day, and whose."""

    day = DayField(label=_("Day"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Team"), required=False, empty_label=_("All teams")
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__({"day": today().isoformat(), **data.dict()})
        units = reach(user, "contacts.floor").units.filter(closed_at=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    @property
    def asked(self) -> tuple[date, Unit | None]:
        """The day, today where it is none, and the unit."""
        self.is_valid()
        return self.cleaned_data.get("day") or today(), self.cleaned_data.get("unit")


class BreakReasonForm(forms.ModelForm[BreakReason]):
    class Meta:
        model = BreakReason
        fields = ("unit", "name", "minutes_each", "minutes_a_day", "at_once", "needs_approval")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reach(user, "contacts.floor").units.filter(closed_at=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = None  # type: ignore[attr-defined]


class SurgeForm(forms.Form):
    """What to tell whom."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Surge.Kind.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Everybody of"))
    words = forms.CharField(
        label=_("What happened and what to say"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reach(user, "contacts.floor").units.filter(closed_at=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

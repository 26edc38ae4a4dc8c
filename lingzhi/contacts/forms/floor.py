"""Forms of the floor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import AgentState, BreakReason, Surge
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach


class ForceForm(forms.Form):
    """A state by force, and why."""

    state = forms.ChoiceField(label=_("State"), choices=AgentState.State.choices)
    reason = forms.CharField(label=_("Why"), max_length=60)


class BreakReasonForm(forms.ModelForm[BreakReason]):
    class Meta:
        model = BreakReason
        fields = ("name", "minutes_each", "minutes_a_day", "at_once", "needs_approval")


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

"""Deciding about flawed data."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.conformity.models import DataFlaw
from lingzhi.org.models import Unit

State = DataFlaw.State


class DecideForm(forms.Form):
    """Who mends it, and how it stands."""

    owner = forms.ModelChoiceField(label=_("Responsible unit"), queryset=Unit.objects.none())
    state = forms.ChoiceField(
        label=_("State"),
        choices=[(one.value, one.label) for one in (State.OPEN, State.MENDING, State.ACCEPTED)],
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False,
        help_text=_("Needed to accept it; else what is being done."),
    )  # fmt: skip

    def __init__(self, *given: Any, units: QuerySet[Unit], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["owner"].queryset = units  # type: ignore[attr-defined]

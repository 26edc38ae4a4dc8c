"""Which alerts are listed, and what they were."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.models import Alert
from lingzhi.kpis.queries import READ
from lingzhi.kpis.services import OUTCOMES
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to

STATES = [("", _("Open and taken")), ("mine", _("Mine to see to")), ("all", _("All"))]


class IndicatorAlertFilters(forms.Form):
    """Which alerts of the list; those that wait for somebody unless others are asked for."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*STATES, *Alert.State.choices]
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("All")
    )
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.fields["unit"].queryset = units_visible_to(user, READ)  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            ("", _("All")), *((one.code, one.name) for one in indicators().values())
        ]  # fmt: skip
        self.is_valid()

    def narrow(self, rows: QuerySet[Alert]) -> QuerySet[Alert]:
        """The rows that fit."""
        given = self.cleaned_data
        state, unit = given.get("state", ""), given.get("unit")
        if state == "mine":
            rows = rows.filter(owner=self.user)
        if state in ("", "mine"):
            rows = rows.filter(state__in=Alert.OPEN_STATES)
        elif state != "all":
            rows = rows.filter(state=state)
        if unit is not None:
            rows = rows.filter(unit__path__startswith=unit.path)
        if given.get("indicator"):
            rows = rows.filter(definition__indicator__code=given["indicator"])
        return rows


class OutcomeForm(forms.Form):
    """What an alert was."""

    outcome = forms.ChoiceField(
        label=_("What was it?"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in OUTCOMES],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What came out"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

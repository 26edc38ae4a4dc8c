"""What is sent to try other limits and days, and to set targets."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import CaseType, ClockRule, ClockTarget
from lingzhi.cases.queries.flows import rules_in_force
from lingzhi.cases.queries.what_if import Changes
from lingzhi.contacts.models import Channel
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi_engine.clock import BadLimit, Limit, TimeBase, Unit

PERIODS = (("30", _("30 days")), ("7", _("7 days")), ("90", _("90 days")))


class DaysField(forms.CharField):
    """Several days, written as 2026-05-01."""

    def to_python(self, value: Any) -> frozenset[date]:  # type: ignore[override]
        words = [word for word in re.split(r"[\s,;，；、]+", str(value or "")) if word]
        try:
            return frozenset(date.fromisoformat(word) for word in words)
        except ValueError as wrong:
            raise forms.ValidationError(_("Write days like 2026-05-01.")) from wrong


class WhatIfForm(forms.Form):
    """Another limit for one rule, and days that would be off or worked."""

    code = forms.ChoiceField(label=_("Of which limit"), required=False)
    amount = forms.IntegerField(
        label=_("It would be"), required=False, min_value=0, max_value=100_000
    )
    unit = forms.ChoiceField(label=_("Unit of time"), choices=ClockRule.UnitOfTime.choices)
    ends_with_day = forms.BooleanField(label=_("until the close of the last day"), required=False)
    days_off = DaysField(label=_("These days would be off"), required=False, max_length=200)
    days_worked = DaysField(label=_("These days would be worked"), required=False, max_length=200)
    days = forms.ChoiceField(label=_("Of cases opened within"), choices=PERIODS, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        rules = [(one.code, f"{one.get_kind_display()} · {one}") for one in rules_in_force()]
        self.fields["code"].choices = [("", "–"), *rules]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["limit"] = None
        if found.get("code") and found.get("amount") is not None and found.get("unit"):
            base = rules_in_force().filter(code=found["code"]).latest("number").limit.base
            found["limit"] = self._limit(found, base)
        return found

    def _limit(self, found: dict[str, Any], base: TimeBase) -> Limit | None:
        try:
            return Limit(found["amount"], Unit(found["unit"]), base, found["ends_with_day"])
        except BadLimit:
            self.add_error("unit", _("This unit does not go with the rest of the limit."))
            return None

    @property
    def changes(self) -> Changes:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return Changes(data["code"], data["limit"], data["days_off"], data["days_worked"])

    @property
    def length(self) -> int:
        return int(self.cleaned_data.get("days") or 30)


class TargetForm(forms.ModelForm[ClockTarget]):
    """At least so many of a hundred within so much business time."""

    from_on = DayField(label=_("Valid from"))

    class Meta:
        model = ClockTarget
        fields = ("kind", "type", "channel", "percent", "amount", "unit", "from_on")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"from_on": today(), "percent": 90})
        for name, label, rows in (
            ("type", _("Case type"), CaseType.objects.filter(retired_at=None)),
            ("channel", _("Channel"), Channel.objects.all()),
        ):
            self.fields[name] = forms.ModelChoiceField(
                rows, label=label, required=False, empty_label=_("Any")
            )

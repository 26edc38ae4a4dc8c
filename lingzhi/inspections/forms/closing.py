"""Which month of which site is looked at."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from lingzhi.core.fields import first_of_month
from lingzhi.inspections.queries.closing import past_months
from lingzhi.org.models import Unit


class MonthForm(forms.Form):
    """A site and a month that is over; the first of each where none is named."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("Site"),
        queryset=Unit.objects.none(),
        empty_label=None,
        required=False,
    )
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False)

    def __init__(self, data: Any, *, units: QuerySet[Unit]) -> None:
        months = [f"{month:%Y-%m}" for month in past_months()]
        first = units.first()
        usual = {"unit": first.pk if first else "", "month": months[0]}
        super().__init__({**usual, **{name: data[name] for name in usual if data.get(name)}})
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: unit.name  # type: ignore[attr-defined]
        self.fields["month"].choices = [(one, one) for one in months]  # type: ignore[attr-defined]

    def clean_month(self) -> date:
        return first_of_month(self.cleaned_data["month"])

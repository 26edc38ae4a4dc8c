"""Which units are compared by what, and what one of them shares."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import Period, counted_days
from lingzhi.org.models import Unit
from lingzhi.reports.forms.period import PeriodForm
from lingzhi.reports.models import Practice
from lingzhi.reports.queries.units import shares_on

KINDS = [(kind, kind.label) for kind in (Unit.Kind.TEAM, Unit.Kind.DEPARTMENT, Unit.Kind.CENTRE,
                                         Unit.Kind.OUTLET, Unit.Kind.OUTSOURCER)]  # fmt: skip
SIDES = ("one", "two", "three")


class UnitsForm(PeriodForm):
    """Up to three indicators; who asks for none gets the first three that are shares."""

    capability = "kpis.read"
    usual = "90"

    kind = forms.ChoiceField(label=_("Level"), required=False, choices=KINDS)
    one = forms.ChoiceField(label=_("Indicator"), required=False)
    two = forms.ChoiceField(label=_("Second indicator"), required=False)
    three = forms.ChoiceField(label=_("Third indicator"), required=False)

    field_order = (*SIDES, "kind", "period", "from_on", "to_on", "channel")

    def __init__(self, data: Any, *, user: User) -> None:
        known = counted_days()
        super().__init__(data, user=user)
        self.fields.pop("unit", None)
        self.known = shares_on(Period(*self.span)) if known else []
        choices = [(one.code, f"{one.code} {one.entry.name}") for one in self.known]
        for name in SIDES:
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def kind_asked(self) -> str:
        return self.cleaned_data.get("kind") or Unit.Kind.TEAM

    @property
    def period_asked(self) -> Period:
        return Period(*self.span)

    @cached_property
    def definitions(self) -> list[Definition]:
        codes = [self.cleaned_data.get(name) for name in SIDES]
        chosen = [one for code in dict.fromkeys(codes) for one in self.known if one.code == code]
        return chosen or self.known[: len(SIDES)]


class PracticeForm(forms.ModelForm[Practice]):
    """What others may learn from it."""

    class Meta:
        model = Practice
        fields = ("title", "words")

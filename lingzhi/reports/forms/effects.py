"""Which events are held against which indicator, and an event by hand."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import headlines
from lingzhi.org.queries import units_visible_to
from lingzhi.reports.forms.period import PeriodForm
from lingzhi.reports.models import Event

SATISFACTION = "K12"
LENGTHS = [("28", _("4 weeks")), ("56", _("8 weeks")), ("84", _("12 weeks"))]


class EffectsForm(PeriodForm):
    """Satisfaction, unless another indicator is asked for; what was begun in the last year."""

    capability = "kpis.read"
    usual = "365"

    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    length = forms.ChoiceField(label=_("Compared"), required=False, choices=LENGTHS)
    kind = forms.ChoiceField(label=_("What was begun"), required=False)
    field_order = ("indicator", "length", "kind", "period", "from_on", "to_on", "unit", "channel")

    def __init__(self, data: Any, *, user: User) -> None:
        self.known = headlines()
        given = data.copy()
        if not given.get("indicator") and SATISFACTION in self.known:
            given["indicator"] = SATISFACTION
        super().__init__(given, user=user)
        named = [(code, f"{code} {one.entry.name}") for code, one in self.known.items()]
        self.fields["indicator"].choices = named  # type: ignore[attr-defined]
        self._choices("kind", Event.Kind.choices)
        self.full_clean()

    @cached_property
    def definition(self) -> Definition | None:
        code = self.cleaned_data.get("indicator") or SATISFACTION
        return self.known.get(code) or next(iter(self.known.values()), None)

    @property
    def length_asked(self) -> int:
        return int(self.cleaned_data.get("length") or LENGTHS[0][0])

    @property
    def kind_asked(self) -> str:
        return self.cleaned_data.get("kind") or ""


class EventForm(forms.ModelForm[Event]):
    """What was begun where, and from which day it is in effect."""

    day = DayField(label=_("In effect from"))

    class Meta:
        model = Event
        fields = ("kind", "title", "unit", "day", "note")

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = units_visible_to(user, "reports.manage")  # type: ignore[attr-defined]

"""By which indicators a pilot is judged."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import headlines

SIDES = ("one", "two", "three")


class PilotForm(forms.Form):
    """Up to three indicators; those proposed unless somebody asks for others."""

    one = forms.ChoiceField(label=_("Indicator"), required=False)
    two = forms.ChoiceField(label=_("Second indicator"), required=False)
    three = forms.ChoiceField(label=_("Third indicator"), required=False)

    def __init__(self, data: Any, *, proposed: Sequence[Definition]) -> None:
        given = data.copy()
        self.known = {**headlines(), **{one.code: one for one in proposed}}
        if not any(given.get(side) for side in SIDES):
            for side, definition in zip(SIDES, proposed, strict=False):
                given[side] = definition.code
        super().__init__(given)
        choices = [(code, f"{code} {one.entry.name}") for code, one in self.known.items()]
        for side in SIDES:
            self.fields[side].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def definitions(self) -> list[Definition]:
        codes = dict.fromkeys(self.cleaned_data.get(side) for side in SIDES)
        return [self.known[code] for code in codes if code in self.known]

"""Whose voice is asked about, and the table of words and dimensions."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.reports.queries.voice import Asked
from lingzhi.surveys.models import Dimension
from lingzhi.surveys.services.voice import NONE, OPEN

PERIODS = [
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("180", _("Last 180 days")),
    ("365", _("Last 365 days")),
]
USUAL = "30"
LONGEST = 366  # days: a year is compared with the year before


class VoiceFilters(forms.Form):
    """Days back from today, or from one day to another; as many days before are compared."""

    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        given = data.copy()
        given.setdefault("period", USUAL)
        super().__init__(given)
        self.user = user
        self.units = list(units_visible_to(user, "surveys.read"))
        self._choices("unit", [(one.pk, one.name) for one in self.units])
        self._choices("channel", channel_choices())
        if not self.units:
            del self.fields["unit"]
        self.is_valid()  # a wrong filter narrows nothing and is shown beside its field

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    @cached_property
    def span(self) -> tuple[date, date]:
        """The days asked about, both included; days given by hand win."""
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("to_on")
        days = int(self.cleaned_data.get("period") or USUAL)
        if first or last:
            last = last or today()
            first = first or last - timedelta(days=days - 1)
            first, last = min(first, last), max(first, last)
            return max(first, last - timedelta(days=LONGEST - 1)), last
        return today() - timedelta(days=days - 1), today()

    @cached_property
    def unit_asked(self) -> Unit | None:
        chosen = self.cleaned_data.get("unit")
        return next((one for one in self.units if one.pk == chosen), None)

    @cached_property
    def asked(self) -> Asked:
        """The choice as queries take it."""
        channel = self.cleaned_data.get("channel") or ""
        return Asked(self.user, *self.span, self.unit_asked, channel)


class VoiceTermsForm(forms.Form):
    """One choice a word of a source: a dimension, none of them, or not looked at yet.

    `words` are (code, name) pairs; with `can_add` another phrase may be written.
    """

    phrase = forms.CharField(label=_("Another phrase"), required=False, max_length=40)
    dimension = forms.ChoiceField(label=_("Its dimension"), required=False)

    def __init__(
        self,
        data: Any,
        words: Sequence[tuple[str, str]],
        laid: dict[str, str],
        *,
        can_add: bool,
    ) -> None:
        super().__init__(data)
        self.words = words
        choices = [(one.code, str(one)) for one in Dimension.objects.all()]
        self.fields["dimension"].choices = choices  # type: ignore[attr-defined]
        if not can_add:
            del self.fields["phrase"], self.fields["dimension"]
        several = [(OPEN, _("not looked at yet")), *choices, (NONE, _("of none of them"))]
        for at, (code, name) in enumerate(words):
            self.fields[f"word{at}"] = forms.ChoiceField(
                label=name, choices=several, initial=laid.get(code, OPEN) or NONE,
                required=False, widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[str, forms.BoundField, str]]:
        """Each word's code with its choice, and what is kept in words."""
        found = []
        for at, (code, _name) in enumerate(self.words):
            one = self[f"word{at}"]
            kept = dict(one.field.choices)[one.initial]  # type: ignore[attr-defined]
            found.append((code, one, str(kept)))
        return found

    @property
    def wanted(self) -> dict[str, str]:
        """The dimension of each word that was sent; with a phrase that was added."""
        sent = {code: self.cleaned_data[f"word{at}"] for at, (code, _n) in enumerate(self.words)}
        said = {code: one for code, one in sent.items() if one}
        added = self.cleaned_data.get("phrase", "")
        return said | {added: self.cleaned_data["dimension"]} if added else said

"""Whose voice is asked about, and the table of words and dimensions."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.reports.forms.period import PeriodForm
from lingzhi.reports.queries.voice import Asked
from lingzhi.surveys.models import Dimension
from lingzhi.surveys.services.voice import NONE, OPEN


class VoiceFilters(PeriodForm):
    """As many days before are compared."""

    capability = "surveys.read"

    @cached_property
    def asked(self) -> Asked:
        """The choice as queries take it."""
        return Asked(self.user, *self.span, self.unit_asked, self.channel_asked)


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

"""Forms around background work."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.jobs.models import Run


class RunFilters(forms.Form):
    """What the list of runs is narrowed to."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Run.State.choices]
    )
    text = forms.CharField(label=_("What"), required=False, max_length=100)
    person = forms.CharField(label=_("Started by"), required=False, max_length=32)

    def narrow(self, runs: QuerySet[Run]) -> QuerySet[Run]:
        """Apply what is valid; a wrong filter narrows nothing."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        if asked.get("state"):
            runs = runs.filter(state=asked["state"])
        if asked.get("text"):
            runs = runs.filter(label__icontains=asked["text"])
        if asked.get("person"):
            runs = runs.filter(started_by_label__iexact=asked["person"])
        return runs


class DiscardForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)

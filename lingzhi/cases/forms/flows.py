"""The draft of a flow as text."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _


class DraftForm(forms.Form):
    """A flow written as YAML; `seen` is the stamp of the draft that was opened."""

    content = forms.CharField(
        label=_("Flow"), max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "font-monospace"}),
        help_text=_("States (open, waiting, solved, closed) and the steps between them, as YAML."),
    )  # fmt: skip
    note = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_content(self) -> dict[str, Any]:
        try:
            found = yaml.safe_load(self.cleaned_data["content"])
        except yaml.YAMLError as wrong:
            raise forms.ValidationError(
                _("This is not YAML: %(why)s"), params={"why": str(wrong)[:200]}
            ) from wrong
        if not isinstance(found, dict):
            raise forms.ValidationError(_("must be names with values"))
        return found

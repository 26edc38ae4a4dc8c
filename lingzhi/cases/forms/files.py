"""A file for a case."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CaseFileForm(forms.Form):
    """The file, and what it shows."""

    file = forms.FileField(label=_("File"))
    note = forms.CharField(label=_("What it shows"), max_length=200, required=False)

"""Merging files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.customers.models import Customer
from lingzhi.customers.queries.files import live
from lingzhi.customers.queries.known import fitting


class MergeForm(forms.Form):
    """Which other file is merged into this one, and why."""

    other = forms.CharField(
        label=_("Other file"), max_length=100,
        help_text=_("Its number (C17), or a whole phone, account or e-mail."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, customer: Customer, **given: Any) -> None:
        super().__init__(*args, **given)
        self.customer = customer

    def clean_other(self) -> Customer:
        rows = live().filter(fitting(self.cleaned_data["other"])).exclude(pk=self.customer.pk)
        found = list(rows[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("More than one file fits this.") if found else _("No other file fits this.")
            )
        return found[0]

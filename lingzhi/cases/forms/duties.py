"""Who has a duty of the matrix."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES
from lingzhi.cases.models import Duty
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units


class DutyForm(forms.Form):
    """The unit and the role of one line."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False,
        help_text=_("Empty: the unit of the case, or one above it."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, duty: Duty, data: Any = None) -> None:
        super().__init__(data, initial={"unit": duty.unit_id, "role": duty.role})
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]
        roles = [(code, role.label) for code, role in ROLES.items()]
        self.fields["role"].choices = [("", _("Any")), *roles]  # type: ignore[attr-defined]
        self.fields["role"].disabled = bool(duty.reference)

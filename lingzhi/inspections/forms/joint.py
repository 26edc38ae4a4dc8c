"""A joint inspection as it is opened, and one line of its record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.access.rights import PLAN
from lingzhi.inspections.models import JointRecord
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to


class JointForm(forms.Form):
    """What, where, when and with whom."""

    title = forms.CharField(label=_("Title"), max_length=120)
    unit = forms.ModelChoiceField(label=_("Unit inspected"), queryset=Unit.objects.none())
    held_on = forms.DateField(label=_("Held on"), initial=today)
    inspectors = forms.ModelMultipleChoiceField(
        label=_("Inspectors beside you"), queryset=User.objects.none(),
        help_text=_("Of at least two units, yours among them."),
    )  # fmt: skip
    scope = forms.CharField(
        label=_("What is looked at"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_visible_to(user, PLAN)  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("staff_no")
        self.fields["inspectors"].queryset = people  # type: ignore[attr-defined]


class RecordForm(forms.Form):
    """What was seen, classified, with its evidence."""

    classified = forms.ChoiceField(label=_("Class"), choices=JointRecord.Class.choices)
    words = forms.CharField(label=_("What was seen"), max_length=1000)
    evidence = forms.CharField(
        label=_("Evidence"), required=False, max_length=300, help_text=_("Needed for faults.")
    )

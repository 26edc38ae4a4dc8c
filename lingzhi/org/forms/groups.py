"""Forms about groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.forms.fields import PersonField, UnitField
from lingzhi.org.models import Group, Membership


class GroupForm(forms.ModelForm[Group]):
    unit = UnitField(label=_("Set up by"))
    from_on = DayField(label=_("From"), initial=today)
    to_on = DayField(label=_("To"), required=False, help_text=_("Needed for a temporary group."))

    class Meta:
        model = Group
        fields = ["name", "kind", "mandate", "unit", "from_on", "to_on"]


class MemberForm(forms.Form):
    person = PersonField(required=False)
    guest = forms.CharField(
        label=_("Or a guest"),
        max_length=80,
        required=False,
        help_text=_("For example a customers' representative."),
    )
    part = forms.ChoiceField(label=_("Part"), choices=Membership.Part.choices)
    from_on = DayField(label=_("From"), initial=today)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("person")) == bool(given.get("guest")):
            self.add_error("person", _("Name either a person or a guest."))
        return given

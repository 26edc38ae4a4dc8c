"""A series of lots: whose months, under which AQL and level."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField
from lingzhi.inspections.access.rights import PLAN
from lingzhi.inspections.models import Sheet
from lingzhi.inspections.queries.plans import inspectors_for
from lingzhi.org.queries import units_visible_to
from lingzhi_engine.stats import AQLS, InspectionLevel


class AcceptanceForm(forms.Form):
    """What the plan of a series needs, and its numbers after GB/T 2828.1."""

    title = forms.CharField(label=_("Title"), max_length=120)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Sheet.objects.none(), empty_label=None)
    sheet = forms.ModelChoiceField(
        label=_("Score sheet"), queryset=Sheet.objects.none(), empty_label=None
    )
    from_on = DayField(label=_("From"))
    aql = forms.TypedChoiceField(
        label=_("AQL, percent nonconforming"), coerce=float, initial="4",
        choices=[(f"{one:g}", f"{one:g}") for one in AQLS],
    )  # fmt: skip
    level = forms.ChoiceField(
        label=_("Inspection level"), initial="II",
        choices=[(one.value, one.value) for one in InspectionLevel],
    )  # fmt: skip
    inspectors = forms.ModelMultipleChoiceField(
        label=_("Inspectors"), queryset=User.objects.none(), required=False
    )
    may_reduce = forms.BooleanField(
        label=_("Reduced inspection is wanted, and the process is steady"), required=False
    )

    def __init__(self, data: Any = None, *, user: User, **given: Any) -> None:
        super().__init__(data, **given)
        fields: Mapping[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(user, PLAN)
        sheets = Sheet.objects.filter(versions__state="active").distinct()
        fields["sheet"].queryset = sheets
        titles = dict(sheets.values_list("pk", "versions__title"))
        fields["sheet"].label_from_instance = lambda one: titles.get(one.pk, one.code)
        fields["inspectors"].queryset = inspectors_for(user)

    def values(self) -> dict[str, Any]:
        """The fields of the plan."""
        names = ("title", "unit", "sheet", "from_on", "inspectors")
        found = {name: self.cleaned_data[name] for name in names}
        return found | {"inspectors": list(found["inspectors"])}

    def numbers(self) -> dict[str, Any]:
        """The numbers of the acceptance."""
        return {name: self.cleaned_data[name] for name in ("aql", "level", "may_reduce")}

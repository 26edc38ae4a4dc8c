"""What is sent about plans and rewards."""

from typing import Any

from django import forms

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField
from lingzhi.improvement.forms.rectifications import people
from lingzhi.improvement.models import ImprovementPlan, Reward
from lingzhi.improvement.queries.people import START
from lingzhi.org.queries import units_visible_to


class PlanForm(forms.ModelForm[ImprovementPlan]):
    """The unit, its days and goals."""

    class Meta:
        model = ImprovementPlan
        fields = ("unit", "from_on", "to_on", "goals")
        field_classes = {"from_on": DayField, "to_on": DayField}
        widgets = {"goals": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        units = units_visible_to(user, START)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class RewardForm(forms.ModelForm[Reward]):
    """Who is thanked, with what."""

    class Meta:
        model = Reward
        fields = ("person", "who", "given")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["person"].queryset = people()  # type: ignore[attr-defined]

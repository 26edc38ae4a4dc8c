"""What is sent about versions of the quality policy."""

from typing import Any

from django import forms

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField
from lingzhi.governance.forms.goals import people
from lingzhi.governance.models import PolicyVersion
from lingzhi.governance.queries.goals import PLAN
from lingzhi.org.queries import units_visible_to


class PolicyForm(forms.ModelForm[PolicyVersion]):
    """The text, for which unit, from when, and who looks at it again."""

    class Meta:
        model = PolicyVersion
        fields = ("unit", "text", "change", "from_on", "owner", "every_months")
        field_classes = {"from_on": DayField}
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(user, PLAN)
        fields["owner"].queryset = people()

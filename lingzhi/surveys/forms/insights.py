"""What is sent about needs, benchmarks and pain points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField, Grouped
from lingzhi.org.queries import people_in, units_visible_to
from lingzhi.surveys.access.common import MANAGE
from lingzhi.surveys.models import Insight


class InsightForm(Grouped, forms.ModelForm[Insight]):
    """One entry of the register."""

    GROUPS = (
        (_("What it is"), ("kind", "title", "words", "weight")),
        (_("Where it is known from"), ("source", "evidence")),
        (_("Who follows it up"), ("unit", "owner", "review_on")),
    )
    review_on = DayField(label=_("Looked at again on"))

    class Meta:
        model = Insight
        fields = (
            "kind", "title", "words", "weight", "source", "evidence", "unit", "owner", "review_on",
        )  # fmt: skip
        help_texts = {
            "evidence": _("Copy the address of the survey, conversation or case, or of the web.")
        }

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        units = units_visible_to(user, MANAGE)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        people = User.objects.none()
        for unit in [one for one in units if one.parent_id is None or one.parent not in units]:
            people |= people_in(unit)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class InsightFilters(forms.Form):
    """Which entries are listed."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Insight.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Insight.State.choices]
    )

    @property
    def narrowing(self) -> dict[str, str]:
        """What was chosen; a wrong choice narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class InsightReviewForm(forms.ModelForm[Insight]):
    """What was found on looking again, and what becomes of it."""

    found = forms.CharField(
        label=_("What was found"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = DayField(label=_("Looked at again on"), required=False)

    field_order = ("found", "state", "weight", "review_on", "regulation", "clause", "indicator")

    class Meta:
        model = Insight
        fields = ("state", "weight", "review_on", "regulation", "clause", "indicator", "feeds")
        help_texts = {
            "clause": _("Its number, such as 5.2."), "indicator": _("Its code, such as K12."),
        }  # fmt: skip

    def clean_review_on(self) -> Any:
        return self.cleaned_data["review_on"] or self.initial["review_on"]

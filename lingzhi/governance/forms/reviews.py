"""What is sent about reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField, Grouped
from lingzhi.governance.models import Review, ReviewDecision, ReviewLine
from lingzhi.governance.presenting.reviews import verdicts_of
from lingzhi.governance.queries.people import AUDIT
from lingzhi.org.queries import units_visible_to


def _people() -> Any:
    return User.objects.filter(is_active=True).order_by("staff_no")


class ReviewForm(Grouped, forms.ModelForm[Review]):
    """What is reviewed, when, by whom."""

    GROUPS = (
        (_("What"), ("kind", "unit")),
        (_("When"), ("planned_on", "every_months")),
        (_("Who"), ("preparer", "chair")),
    )
    planned_on = DayField(label=_("to be held on"))

    class Meta:
        model = Review
        fields = ("kind", "unit", "planned_on", "every_months", "preparer", "chair")

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        units: Any = self.fields["unit"]
        units.queryset = units_visible_to(user, AUDIT).filter(closed_at=None)
        for name in ("preparer", "chair"):
            self.fields[name].queryset = _people()  # type: ignore[attr-defined]


class JudgeForm(forms.Form):
    """The verdict on one line, with its reason."""

    verdict = forms.ChoiceField(label=_("Verdict"))
    words = forms.CharField(
        label=_("Reason and evidence"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, line: ReviewLine) -> None:
        first = {"verdict": line.verdict, "words": line.words}
        super().__init__(data, initial=first, auto_id=f"{line.pk}_%s")
        empty = [] if line.verdict else [("", "–")]
        field: Any = self.fields["verdict"]
        field.choices = [*empty, *verdicts_of(line.review).items()]


class ReviewDecisionForm(forms.ModelForm[ReviewDecision]):
    """Who does what until when."""

    due_on = DayField(label=_("to be done by"))

    class Meta:
        model = ReviewDecision
        fields = ("words", "owner", "due_on")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = _people()  # type: ignore[attr-defined]


class ReviewFilters(forms.Form):
    """Which kind, and whether it is over."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Review.Kind.choices]
    )
    show = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), ("open", pgettext_lazy("of a review", "Not over yet")),
                 ("over", pgettext_lazy("of a review", "Closed or cancelled"))],
    )  # fmt: skip

    @property
    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("kind", "show")}

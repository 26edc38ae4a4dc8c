"""The criteria of grades as people set them, and which grades are listed."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.fields import MonthField
from lingzhi.inspections.access.rights import POLICY
from lingzhi.inspections.models import Grade, GradeCriteria
from lingzhi.org.queries import units_visible_to

LINE = re.compile(r"(\S{1,20})\s+(-?\d+(?:\.\d+)?)")


class CriteriaForm(forms.ModelForm[GradeCriteria]):
    """Every figure is asked for; none is proposed."""

    cuts = forms.CharField(
        label=gettext_lazy("Grades and their lowest figures"),
        help_text=gettext_lazy(
            "A line a grade, the best first: its name, a space, the lowest figure out of a"
            " hundred. The last grade takes all that is lower."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "class": "lz-code"}),
    )

    class Meta:
        model = GradeCriteria
        fields = (
            "unit", "cuts", "months", "minimum", "margin", "excellent_points", "abnormal_points",
            "reason",
        )  # fmt: skip
        help_texts = {
            "minimum": gettext_lazy("With fewer scores a grade does not change: too few to say."),
            "margin": gettext_lazy(
                "To rise, a figure passes the line by so much; to fall, it misses it by more."
            ),
            "months": gettext_lazy("How many months a grade looks back on, 1 to 12."),
            "excellent_points": gettext_lazy("From the register of incidents; 0 for none."),
            "abnormal_points": gettext_lazy("From the register of incidents; 0 for none."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_visible_to(user, POLICY)  # type: ignore[attr-defined]

    def clean_cuts(self) -> list[tuple[str, float]]:
        lines = [line for line in self.cleaned_data["cuts"].splitlines() if line.strip()]
        found = [LINE.fullmatch(line.strip()) for line in lines]
        if not all(found):
            raise forms.ValidationError(_("A line is a grade, a space and a figure."))
        return [(one[1], float(one[2])) for one in found if one]


def lines_of(criteria: GradeCriteria) -> str:
    """The cuts as the form has them."""
    return "\n".join(f"{name} {lowest:g}" for name, lowest in criteria.cuts)


class GradeFilters(forms.Form):
    """People or teams, of one unit, one grade, one person, at the end of one month."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"), required=False,
        choices=[("", gettext_lazy("People")), ("teams", gettext_lazy("Teams"))],
    )  # fmt: skip
    month = forms.ChoiceField(label=gettext_lazy("End of month"), required=False)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    text = forms.CharField(label=gettext_lazy("Name or staff number"), required=False)

    def __init__(self, data: Any, *, rows: QuerySet[Grade]) -> None:
        super().__init__(data)
        days = rows.order_by("-to_on").values_list("to_on", flat=True).distinct()[:24]
        self.months = list(days)
        months = [(f"{day:%Y-%m-%d}", f"{day:%Y-%m}") for day in self.months]
        self.fields["month"].choices = [("", _("latest")), *months]  # type: ignore[attr-defined]
        names = rows.order_by("grade").values_list("grade", flat=True).distinct()
        grades = [(one or "-", one or _("Too few to say")) for one in names]
        self.fields["grade"].choices = [("", _("All")), *grades]  # type: ignore[attr-defined]

    def narrowed(self, rows: QuerySet[Grade]) -> QuerySet[Grade]:
        """What fits; without a month the latest there is."""
        self.is_valid()
        asked = {name: str(one).strip() for name, one in self.cleaned_data.items() if one}
        if not self.months:
            return rows.none()
        on = date.fromisoformat(asked["month"]) if "month" in asked else self.months[0]
        rows = rows.filter(to_on=on)
        rows = rows.filter(person__isnull=asked.get("whose") == "teams")
        if "grade" in asked:
            rows = rows.filter(grade="" if asked["grade"] == "-" else asked["grade"])
        if "text" in asked:
            said = asked["text"]
            fits = Q(person__name__icontains=said) | Q(person__staff_no=said)
            rows = rows.filter(fits | Q(unit__name__icontains=said))
        return rows.order_by("person__staff_no", "unit__path")


class ComputeForm(forms.Form):
    """Which month is graded, and why anew."""

    month = MonthField(label=gettext_lazy("Month"))
    reason = forms.CharField(
        label=gettext_lazy("Why anew, where it is graded"), required=False, max_length=300
    )

"""What a plan asks for, and what the list of reports is narrowed to."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to
from lingzhi.reports.models import SECTIONS, USUAL_READERS, Plan, Report, WorkReport


class PlanForm(forms.Form):
    """A report for a unit: how often, what is in it, and who gets it."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    cadence = forms.ChoiceField(choices=Plan.Cadence.choices, label=_("How often"))
    readers = forms.MultipleChoiceField(
        choices=[(code, role.label) for code, role in ROLES.items()],
        initial=USUAL_READERS,
        label=_("Readers"),
        help_text=_("Everybody with one of these roles in the unit, below it or above it."),
    )
    sections = forms.MultipleChoiceField(
        choices=list(SECTIONS.items()),
        initial=list(SECTIONS),
        label=_("Sections"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_visible_to(user, "reports.manage")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()


class ChangeForm(PlanForm):
    """The readers and sections of a plan that runs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"], self.fields["cadence"]


class ReportFilters(forms.Form):
    """Narrowing the list of reports."""

    cadence = forms.ChoiceField(
        choices=[("", _("Every kind")), *Plan.Cadence.choices], required=False, label=_("Kind")
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), required=False, label=_("Unit"), empty_label=_("Every unit")
    )
    unread = forms.BooleanField(required=False, label=_("Only unread"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        where = reach(user, "reports.read")
        within = Q(pk__in=Report.objects.filter(receipts__person=user).values("plan__unit"))
        for path in where.paths:
            within |= Q(path__startswith=path)
        self.fields["unit"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
            within, pk__in=Plan.objects.values("unit")
        )

    def apply(self, rows: QuerySet[Report]) -> QuerySet[Report]:
        """The rows that fit; a filter that is wrong narrows nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        if found.get("cadence"):
            rows = rows.filter(plan__cadence=found["cadence"])
        if found.get("unit"):
            rows = rows.filter(plan__unit=found["unit"])
        if found.get("unread"):
            rows = rows.filter(receipts__person=self.user, receipts__read_at=None)
        return rows


class WorkForm(forms.ModelForm):
    """The words of a daily work report; the figures are counted."""

    class Meta:
        model = WorkReport
        fields = ["remarks", "proposals", "open_matters"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3, "maxlength": 2000})
            for name in ("remarks", "proposals", "open_matters")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators.append(MaxLengthValidator(2000))


class AnswerForm(forms.Form):
    """What the leader answers, where there is something to say."""

    answer = forms.CharField(label=_("Answer"), max_length=300, required=False)


class WorkFilters(forms.Form):
    """Narrowing the list of daily work reports."""

    day = DayField(label=_("Day"), required=False)
    person = forms.CharField(label=_("Person"), required=False, max_length=80)
    unconfirmed = forms.BooleanField(label=_("Only unconfirmed"), required=False)

    def apply(self, rows: QuerySet[WorkReport]) -> QuerySet[WorkReport]:
        """The rows that fit; a filter that is wrong narrows nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        if found.get("day"):
            rows = rows.filter(day=found["day"])
        if found.get("person"):
            who = found["person"]
            rows = rows.filter(Q(person__name__icontains=who) | Q(person__staff_no=who))
        if found.get("unconfirmed"):
            rows = rows.filter(confirmed_at=None)
        return rows

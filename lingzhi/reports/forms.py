"""What a plan asks for, and what the list of reports is narrowed to."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to
from lingzhi.reports.facts import Axis, FactTable
from lingzhi.reports.models import SECTIONS, USUAL_READERS, Plan, Report, WorkReport
from lingzhi.reports.queries.facts import known_days
from lingzhi.reports.queries.pivot import Asked

EVERY = [("every", _("All figures side by side"))]


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


class PivotForm(forms.Form):
    """What is asked of one kind of facts; an empty question is the first axis and amount."""

    down = forms.ChoiceField(label=_("Rows of the table"), required=False)
    then = forms.ChoiceField(label=_("Then"), required=False)
    across = forms.ChoiceField(label=_("Columns of the table"), required=False)
    amount = forms.ChoiceField(label=_("Figure"), required=False)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    facts = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, table: FactTable, user: User) -> None:
        given = data.copy()
        given["facts"] = table.code
        given.setdefault("down", "unit")
        given.setdefault("amount", table.amounts[0].code)
        super().__init__(given)
        self.table, self.units = table, list(units_visible_to(user, "kpis.read"))
        axes = [(one.code, one.label) for one in table.axes]
        self._choices("down", axes)
        self._choices("then", [("", "–"), *axes])
        self._choices("across", [("", "–"), *axes])
        self._choices("amount", [*((one.code, one.label) for one in table.amounts), *EVERY])
        self._choices("unit", [("", _("All")), *((one.pk, one.name) for one in self.units)])
        self._choices("channel", [("", _("All")), *channel_choices()])
        self.is_valid()  # a wrong filter narrows nothing and is shown beside its field

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @cached_property
    def asked(self) -> Asked:
        """The question; without days the last thirty that have facts."""
        axes = [self._axis(name) for name in ("down", "then", "across")]
        down = [one for one in dict.fromkeys(axes[:2]) if one] or [self.table.axes[0]]
        across = axes[2] if axes[2] not in down else None
        wanted = self.cleaned_data.get("amount")
        amounts = [one for one in self.table.amounts if one.code == wanted]
        unit = next((u for u in self.units if u.pk == self.cleaned_data.get("unit")), None)
        every = list(self.table.amounts) if across is None and not amounts else amounts
        channel = self.cleaned_data.get("channel") or ""
        return Asked(
            self.table, down, across, every or [self.table.amounts[0]], *self.days, unit, channel
        )

    @cached_property
    def days(self) -> tuple[date, date]:
        known = known_days(self.table)
        last = self.cleaned_data.get("to_on") or (known[1] if known else today())
        first = self.cleaned_data.get("from_on") or last - timedelta(days=29)
        return min(first, last), max(first, last)

    def _axis(self, name: str) -> Axis | None:
        return self.table.axis(self.cleaned_data.get(name) or "")


class KeepPivotForm(forms.Form):
    """The name under which an analysis is kept."""

    name = forms.CharField(label=_("Name"), max_length=80)
    is_shared = forms.BooleanField(
        label=_("For everybody who may analyse; each sees their own reach in it"), required=False
    )

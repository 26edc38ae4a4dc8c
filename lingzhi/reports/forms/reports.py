"""What a plan asks for, and what the list of reports is narrowed to."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.cases.models import Feedback
from lingzhi.core.fields import DayField
from lingzhi.org.models import Post, Unit
from lingzhi.org.queries import people_visible_to, reach, units_visible_to
from lingzhi.reports.kinds import KINDS
from lingzhi.reports.models import SECTIONS, Plan, Report, WorkReport


class PlanForm(forms.Form):
    """A report for a unit: which, how often, what is in it, and who gets it."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    kind = forms.ChoiceField(choices=Plan.Kind.choices, label=_("Kind"), required=False)
    cadence = forms.ChoiceField(choices=Plan.Cadence.choices, label=_("How often"))
    readers = forms.MultipleChoiceField(
        choices=[(code, role.label) for code, role in ROLES.items()],
        required=False,
        label=_("Readers"),
        help_text=_(
            "Everybody with one of these roles in the unit, below it or above it. Empty: the usual "
            "readers of this kind."
        ),
    )
    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(), required=False, label=_("Posts"),
        help_text=_("Who holds one of these posts there gets it, too."),
    )  # fmt: skip
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), required=False, label=_("People"),
        help_text=_("Whoever may see reports of the unit; others are passed over."),
    )  # fmt: skip
    sections = forms.MultipleChoiceField(
        choices=list(SECTIONS.items()),
        required=False,
        label=_("Sections"),
        help_text=_("None ticked: the usual ones of this kind."),
        widget=forms.CheckboxSelectMultiple,
    )
    kind_given = ""  # of a plan that runs already
    about = forms.MultipleChoiceField(
        choices=Feedback.About.choices,
        required=False,
        label=_("Matters that concern the department"),
        help_text=_("Only for what customers say. None ticked: all."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_visible_to(user, "reports.manage")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()
        self.fields["posts"].queryset = Post.objects.filter(withdrawn_at=None)  # type: ignore[attr-defined]
        self.fields["people"].queryset = people_visible_to(user).filter(  # type: ignore[attr-defined]
            is_active=True
        )

    def clean(self) -> dict[str, Any]:
        """What was left empty is as usual for this kind."""
        found = super().clean() or {}
        if "kind" in self.fields:
            found["kind"] = found.get("kind") or Plan.Kind.QUALITY
        kind = KINDS.get(found.get("kind") or self.kind_given)
        if kind:
            found["readers"] = found.get("readers") or list(kind.readers)
            found["sections"] = found.get("sections") or list(kind.sections)
        return found


class ChangeForm(PlanForm):
    """The readers and sections of a plan that runs."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        given = {name: getattr(plan, name) for name in ("readers", "sections", "about")}
        given |= {name: getattr(plan, name).all() for name in ("posts", "people")}
        super().__init__(*args, initial=given, **kwargs)
        self.kind_given = plan.kind
        for name in ("unit", "kind", "cadence"):
            del self.fields[name]
        self.fields["readers"].required = True
        self.fields["readers"].help_text = _(
            "Everybody with one of these roles in the unit, below it or above it."
        )


class ReportFilters(forms.Form):
    """Narrowing the list of reports."""

    kind = forms.ChoiceField(
        choices=[("", _("Every kind")), *Plan.Kind.choices], required=False, label=_("Kind")
    )
    cadence = forms.ChoiceField(
        choices=[("", _("Every cadence")), *Plan.Cadence.choices], required=False,
        label=_("How often"),
    )  # fmt: skip
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
        if found.get("kind"):
            rows = rows.filter(plan__kind=found["kind"])
        if found.get("cadence"):
            rows = rows.filter(plan__cadence=found["cadence"])
        if found.get("unit"):
            rows = rows.filter(plan__unit=found["unit"])
        if found.get("unread"):
            rows = rows.filter(receipts__person=self.user, receipts__read_at=None)
        return rows


class WordsForm(forms.Form):
    """What the person who hands a report in says to it."""

    words = forms.CharField(
        label=_("Your words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class DecideForm(forms.Form):
    """Taken up or not, and in what words."""

    is_taken = forms.TypedChoiceField(
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, label=_("Decision"),
        choices=[("yes", _("Take it up")), ("no", _("Do not take it up"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("What is said to it"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it is not taken up; from there a rectification may be started."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_answer:
            choices = [("yes", _("We act upon it")), ("no", _("Nothing is done"))]
            self.fields["is_taken"].choices = choices  # type: ignore[attr-defined]
            self.fields["words"].help_text = _("What you do with it, or why nothing is done.")
            self.fields["words"].required = True


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

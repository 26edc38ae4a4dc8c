"""What is sent about service plans and their tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField
from lingzhi.governance.forms.goals import people
from lingzhi.governance.models import Goal, PlanTask, ServicePlan
from lingzhi.governance.queries.goals import PLAN, open_goals
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to


class ServicePlanForm(forms.ModelForm[ServicePlan]):
    """What it is about, of which unit, for which days."""

    class Meta:
        model = ServicePlan
        fields = ("title", "unit", "from_on", "to_on", "words")
        field_classes = {"from_on": DayField, "to_on": DayField}
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = units_visible_to(user, PLAN)  # type: ignore[attr-defined]
        if self.instance.above_id:
            self.fields["unit"].disabled = True


class TaskForm(forms.ModelForm[PlanTask]):
    """What is done, by whom until when, for which goal."""

    due_on = DayField(label=_("to be done by"))

    class Meta:
        model = PlanTask
        fields = ("title", "about", "goal", "owner", "due_on")

    def __init__(self, *args: Any, user: User, plan: ServicePlan, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["goal"].queryset = goals_for(user, plan)
        fields["goal"].label_from_instance = goal_words
        fields["owner"].queryset = people()


class ReportForm(forms.Form):
    """How far a task is."""

    percent = forms.IntegerField(
        label=_("How far, in per cent"), min_value=0, max_value=100,
        help_text=_("100 means done; the task is then closed."),
    )  # fmt: skip
    progress = forms.CharField(
        label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeriveForm(forms.Form):
    """Which unit takes over what."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    owner = forms.ModelChoiceField(
        people(), label=_("Person in charge"),
        help_text=_("Of the tasks and goals that are taken over; tasks may be given on later."),
    )  # fmt: skip
    tasks = forms.ModelMultipleChoiceField(
        PlanTask.objects.none(), label=_("Tasks that are taken over"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(), label=_("Goals that are taken over"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, plan: ServicePlan, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        taken = plan.below.values("unit_id")
        below = units_visible_to(user, PLAN).filter(path__startswith=plan.unit.path)
        fields["unit"].queryset = below.exclude(pk=plan.unit_id).exclude(pk__in=taken)
        fields["owner"].queryset = people()
        fields["tasks"].queryset = plan.tasks.all()
        fields["goals"].queryset = open_goals(user).filter(tasks__plan=plan).distinct()
        fields["goals"].label_from_instance = goal_words


def goals_for(user: User, plan: ServicePlan) -> Any:
    """Open goals of the plan's unit and of all above."""
    return open_goals(user).filter(unit__in=[*plan.unit.above, plan.unit_id])


def goal_words(goal: Goal) -> str:
    return f"{goal.unit.name} · {goal.title}"

"""What is sent about goals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.fields import DayField, Grouped
from lingzhi.governance.models import Goal, Verdict
from lingzhi.governance.queries.goals import PLAN, READ, open_goals
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import definitions
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to


def people() -> Any:
    """Everybody who works here."""
    return User.objects.filter(is_active=True).order_by("staff_no")


class GoalForm(Grouped, forms.ModelForm[Goal]):
    """Specific, measurable, traceable, evaluable, linked: one group each."""

    GROUPS = (
        (_("What is to be reached"), ("title", "words", "unit", "above")),
        (_("How it is measured"), ("definition", "target", "channel", "span", "shown_by",
                                   "is_control")),
        (_("What it stands on"), ("basis", "basis_words")),
        (_("Who answers for it, who judges it when"), ("owner", "judge", "from_on", "due_on",
                                                       "every_months")),
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    class Meta:
        model = Goal
        fields = (
            "title", "words", "unit", "above", "definition", "target", "channel", "span",
            "shown_by", "is_control", "basis", "basis_words", "owner", "judge", "from_on",
            "due_on", "every_months",
        )  # fmt: skip
        field_classes = {"from_on": DayField, "due_on": DayField}
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "definition": _("Its figure is read by itself; it cannot be typed."),
            "target": _("In the unit of the indicator: per cent, seconds, items."),
            "judge": _("Somebody else than who answers for it."),
            "above": _("A goal of the same unit or of one above."),
            "from_on": _("Figures are counted by whole months."),
        }

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(user, PLAN)
        fields["above"].queryset = open_goals(user).exclude(pk=self.instance.pk)
        fields["above"].label_from_instance = lambda one: f"{one.unit.name} · {one.title}"
        fields["definition"].queryset = judged_ways()
        fields["definition"].label_from_instance = way_words
        fields["channel"].choices = [("", _("All")), *channel_choices()]
        for name in ("owner", "judge"):
            fields[name].queryset = people()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("definition") and data.get("target") is None:
            self.add_error("target", _("An indicator needs its target."))
        if not data.get("definition"):
            self._shown_by_hand(data)
        return data

    def _shown_by_hand(self, data: dict[str, Any]) -> None:
        if data.get("target") is not None:
            self.add_error("definition", _("Name the indicator of this target."))
        elif not data.get("shown_by"):
            self.add_error("shown_by", _("Name an indicator, or what shows that it is reached."))


class VerdictForm(forms.ModelForm[Verdict]):
    """How it stands, and why that is said."""

    class Meta:
        model = Verdict
        fields = ("word", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "reason": _("What the figure does not say: causes, what helps, what is to be changed.")
        }


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class GoalFilters(forms.Form):
    """Which goals are shown."""

    unit = forms.ModelChoiceField(label=_("Unit"), required=False, queryset=Unit.objects.none())
    show = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[
            ("", _("Open goals")), ("control", _("Control indicators of senior management")),
            ("due", _("Review due")), ("mine", _("My part")), ("over", _("Goals that are over")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = units_visible_to(user, READ)  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen; a wrong choice narrows nothing."""
        self.is_valid()
        return dict(self.cleaned_data)


def judged_ways() -> Any:
    """Definitions of which it is known whether more or less is better."""
    known = [one.pk for one in definitions() if one.direction in ("high", "low")]
    return Definition.objects.filter(pk__in=known).select_related("indicator")


def way_words(definition: Definition) -> str:
    return f"{definition.code} {definition.entry.name} · {definition.way.words}"

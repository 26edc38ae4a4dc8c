"""What is sent about levels of escalation and lateness."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import CaseType, EscalationRule, Reaction
from lingzhi.cases.models.clocks import ClockKind
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField

ANY = ("", _("Any"))


class EscalationForm(forms.ModelForm[EscalationRule]):
    """A level: when, for what, what is done, who hears."""

    from_on = DayField(label=_("Valid from"))

    class Meta:
        model = EscalationRule
        fields = (
            "title", "kind", "type", "case_class", "priority", "level", "percent", "minutes",
            "action", "to", "is_urgent", "from_on",
        )  # fmt: skip
        help_texts = {"minutes": _("In the clock's own time; before it is due with a minus.")}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"from_on": today()})
        self.fields["type"] = forms.ModelChoiceField(
            CaseType.objects.filter(retired_at=None), label=_("Case type"), required=False,
            empty_label=_("Any"),
        )  # fmt: skip
        for name, choices in (("kind", ClockKind), ("case_class", CaseClass)):
            label = self.fields[name].label
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[ANY, *choices.choices]
            )
        for name, numbers in (("priority", Priority), ("level", Level)):
            label = self.fields[name].label
            self.fields[name] = forms.TypedChoiceField(
                label=label, required=False, coerce=int, empty_value=None,
                choices=[ANY, *numbers.choices],
            )  # fmt: skip


class ReactionForm(forms.Form):
    """What was done about a clock that ran over, and why it did."""

    cause = forms.ChoiceField(label=_("Why it ran over"), choices=Reaction.Cause.choices)
    text = forms.CharField(
        label=_("What is done about it"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class PressForm(forms.Form):
    """A word of the service desk to whoever handles a case."""

    text = forms.CharField(label=_("What is to be done, and by when"), max_length=500)


class OverdueFilters(forms.Form):
    """Of which days, and of which clock."""

    BY = (
        ("unit", _("By unit")), ("type", _("By case type")), ("kind", _("By clock")),
        ("person", _("By who handles it")),
    )  # fmt: skip
    DAYS = (("30", _("30 days")), ("7", _("7 days")), ("90", _("90 days")), ("365", _("A year")))
    days = forms.ChoiceField(label=_("Judged within"), required=False, choices=DAYS)
    kind = forms.ChoiceField(
        label=_("Clock"), required=False, choices=[("", _("Any")), *ClockKind.choices]
    )
    by = forms.ChoiceField(label=_("Table"), required=False, choices=BY)

    @property
    def length(self) -> int:
        return int(self.cleaned_data.get("days") or 30)

    @property
    def what(self) -> str:
        """What the lines of the table are."""
        return self.cleaned_data.get("by") or "unit"

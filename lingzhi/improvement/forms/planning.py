"""What is sent about causes, measures, the indicator of the effect and its verdict."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.changes import changeables
from lingzhi.core.channels import channel_words
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.improvement.forms.rectifications import people
from lingzhi.improvement.models import Cause, Countermeasure, Effect, Rectification
from lingzhi.improvement.services.planning import AT_ONCE
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import READ, headlines
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, units_visible_to

BEFORE = timedelta(days=27)  # with the last day four weeks


class CauseForm(forms.ModelForm[Cause]):
    """A cause and what shows it."""

    class Meta:
        model = Cause
        fields = ("method", "branch", "words", "evidence", "is_root")
        widgets = {
            "words": forms.Textarea(attrs={"rows": 3}),
            "evidence": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"branch": _("Only of a fishbone.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("method") == Cause.Method.FISHBONE and not data.get("branch"):
            self.add_error("branch", _("Say on which branch of the fishbone it lies."))
        return data


class MeasureForm(forms.ModelForm[Countermeasure]):
    """A measure, who does it, until when."""

    due_on = DayField(label=_("to be done by"))

    class Meta:
        model = Countermeasure
        fields = ("kind", "words", "owner", "due_on", "changes")
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "kind": _("A correction puts right what went wrong, a corrective action its cause.")
        }

    def __init__(self, *args: Any, row: Rectification, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]
        if row.state != Rectification.State.DRAFT:  # the rest was approved as it is
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (one.value, one.label) for one in AT_ONCE
            ]


class ResultForm(forms.Form):
    """What was done."""

    result = forms.CharField(
        label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    link = forms.CharField(
        label=_("Address of the new version"), max_length=300, required=False,
        help_text=_("Copy the address of the rule, phrase list, clause, answer or plan."),
    )  # fmt: skip

    def __init__(self, *args: Any, measure: Countermeasure, **named: Any) -> None:
        super().__init__(*args, **named)
        if not measure.changes:
            del self.fields["link"]
        else:
            self.initial["link"] = measure.link

    def clean_link(self) -> str:
        """A page of this program or of the web, nothing that a browser would run."""
        link: str = self.cleaned_data["link"].strip()
        if link and not link.startswith(("/", "https://", "http://")):
            raise forms.ValidationError(_("An address begins with / or https://."))
        return link


class ChangeForm(forms.Form):
    """Which rule, answer or regulation gets its next version."""

    key = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, measure: Countermeasure, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["key"]
        field.label = measure.get_changes_display()
        known = changeables()[measure.changes].choices(user)
        field.choices = [("", ""), *known.items()]  # type: ignore[attr-defined]


class _Definitions(forms.ModelChoiceField):
    def label_from_instance(self, obj: Definition) -> str:
        return f"{obj.code} {obj.entry.name}"


class EffectForm(forms.ModelForm[Effect]):
    """The indicator, where it is counted, and both windows."""

    definition = _Definitions(
        label=_("Indicator"), queryset=Definition.objects.none(), required=False,
        empty_label=_("None fits: other evidence will be brought"),
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    before_from = DayField(label=_("before, from"))
    before_to = DayField(label=_("before, until"))
    field_order = ("definition", "unit", "channel", "before_from", "before_to", "after_days")

    class Meta:
        model = Effect
        fields = ("unit", "before_from", "before_to", "after_days")
        help_texts = {"after_days": _("Whole weeks, as before: weekdays differ.")}

    def __init__(self, *args: Any, row: Rectification, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        usual = [one.pk for one in headlines().values()]
        if self.instance.pk:
            self.initial["definition"] = self.instance.definition_id
            self.initial["channel"] = self.instance.channel
            usual.append(self.instance.definition_id)
        rows = Definition.objects.filter(pk__in=usual).select_related("indicator")
        self.fields["definition"].queryset = rows  # type: ignore[attr-defined]
        units = units_visible_to(user, READ)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *channel_words().items(),
        ]
        until = today() - timedelta(days=1)
        usual_windows = {"unit": row.unit_id, "before_to": until, "before_from": until - BEFORE}
        for name, value in usual_windows.items():
            self.initial[name] = self.initial.get(name) or value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.instance.channel = data.get("channel", "")
        if data.get("definition"):
            self.instance.definition = data["definition"]
        return data


class DoneForm(forms.Form):
    """Since when the measures are in effect."""

    since = DayField(label=_("In effect since"), help_text=_("The days after are counted from it."))


class VerdictForm(forms.Form):
    """What somebody signs about the effect."""

    is_effective = forms.TypedChoiceField(
        label=_("Did it work?"), widget=forms.RadioSelect,
        choices=[("1", _("Yes, the effect is proved")), ("0", _("No, plan other measures"))],
        coerce=lambda value: value == "1",
    )  # fmt: skip
    words = forms.CharField(
        label=_("Grounds"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you looked at: the figures, and what you saw at work."),
    )  # fmt: skip


class CarryForm(forms.Form):
    """To which units it is carried over, until when."""

    units = forms.ModelMultipleChoiceField(label=_("Units"), queryset=Unit.objects.none())
    due_on = DayField(label=_("to be done by"))

    def __init__(self, *args: Any, row: Rectification, **named: Any) -> None:
        super().__init__(*args, **named)
        known = [row.unit_id, *row.carried_over.values_list("unit", flat=True)]
        rows = open_units().exclude(pk__in=known).exclude(parent=None)
        self.fields["units"].queryset = rows  # type: ignore[attr-defined]

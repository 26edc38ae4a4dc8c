"""What is sent about rules, plans, places and lists of invitations."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import Channel
from lingzhi.core.fields import DayField, Grouped
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units
from lingzhi.surveys.models import Invitation, Mode, Place, Questionnaire, SendingRule, SurveyPlan

MODES = [one for one in Mode.choices if one[0] != Mode.QR]
PLAN_MODES = [one for one in Mode.choices if one[0] in (Mode.MAIL, Mode.SMS, Mode.PHONE)]


class _Listed(forms.ModelMultipleChoiceField):
    """Rows that are kept as the list of their keys."""

    def clean(self, value: Any) -> Any:
        return [row.pk for row in super().clean(value)]


class RuleForm(Grouped, forms.ModelForm[SendingRule]):
    """A rule that asks after an event."""

    GROUPS = (
        (_("Who is asked"), ("name", "event", "channels", "units")),
        (_("What, and how"), ("questionnaire", "mode", "share_percent", "seed")),
        (_("When"), ("delay_minutes", "expiry_days")),
    )

    channels = _Listed(Channel.objects.all(), label=_("Channels"), required=False)
    units = _Listed(open_units().none(), label=_("Units"), required=False)

    class Meta:
        model = SendingRule
        fields = (
            "name", "event", "questionnaire", "mode", "share_percent", "seed", "delay_minutes",
            "expiry_days", "channels", "units",
        )  # fmt: skip
        help_texts = {"seed": _("The same number draws the same events again.")}

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["mode"].choices = MODES  # type: ignore[attr-defined]
        self.fields["mode"].help_text = _(
            "E-mails go out by themselves; text messages and chats get a link that staff hand "
            "over; keys come from the telephone system over the API."
        )
        _everywhere(self)


class PlanForm(Grouped, forms.ModelForm[SurveyPlan]):
    """A survey plan as it is put to approval."""

    GROUPS = (
        (_("What for"), ("title", "purpose", "questionnaire", "mode", "owner")),
        (_("Who is asked"), ("segment", "units", "served_days", "size", "seed")),
        (_("When"), ("starts_on", "ends_on", "every_months", "expiry_days")),
    )

    units = _Listed(open_units().none(), label=_("Units"), required=False)
    starts_on = DayField(label=_("First round"))
    ends_on = DayField(label=_("Until"), required=False)

    class Meta:
        model = SurveyPlan
        fields = (
            "title", "purpose", "owner", "questionnaire", "mode", "segment", "units", "served_days",
            "size", "seed", "starts_on", "ends_on", "every_months", "expiry_days",
        )  # fmt: skip
        help_texts = {
            "every_months": _("0: one round alone."),
            "owner": _(
                "For a survey of the whole organisation: who works in the units that are judged "
                "neither changes it nor asks for it, and sees no answer before it is published."
            ),
            "seed": _("The same number draws the same customers again."),
        }

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["mode"].choices = PLAN_MODES  # type: ignore[attr-defined]
        apart = open_units().exclude(line=Unit.Line.SERVICE)
        self.fields["owner"].queryset = apart  # type: ignore[attr-defined]
        _everywhere(self)


class PlaceForm(forms.ModelForm[Place]):
    """A counter or outlet where a code will hang."""

    class Meta:
        model = Place
        fields = ("name", "unit", "questionnaire")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _for_customers(self)
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]


def _for_customers(form: forms.ModelForm[Any]) -> None:
    """What units ask each other is sent to no customer."""
    internal = Questionnaire.Occasion.INTERNAL
    known = Questionnaire.objects.exclude(occasion=internal)
    form.fields["questionnaire"].queryset = known  # type: ignore[attr-defined]


def _everywhere(form: forms.ModelForm[Any]) -> None:
    """Units as they are open now; whoever names none means all."""
    _for_customers(form)
    form.fields["units"].queryset = open_units()  # type: ignore[attr-defined]
    form.fields["units"].help_text = _("With all units below them; none chosen: all.")
    instance: Model = form.instance
    for name in ("units", "channels"):
        if name in form.fields and instance.pk:
            form.initial[name] = getattr(instance, name)


class InvitationFilterForm(forms.Form):
    """Which invitations are listed."""

    STATES = (
        ("", _("All")), *Invitation.State.choices, ("partial", _("Broken off")),
        ("answered", _("Customers who answered")),
    )  # fmt: skip
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    reason = forms.ChoiceField(
        label=_("Why not"), required=False,
        choices=[("", _("Any")), *Invitation.Reason.choices[1:]],
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=_("Way of asking"), required=False, choices=[("", _("Any")), *MODES]
    )
    rule = forms.ChoiceField(label=_("Survey rule"), required=False)
    from_on = DayField(label=_("Due from"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        rules = [(str(one.pk), str(one)) for one in SendingRule.objects.all()]
        self.fields["rule"].choices = [("", _("Any")), *rules]  # type: ignore[attr-defined]

    def clean_rule(self) -> int | None:
        chosen = self.cleaned_data["rule"]
        return int(chosen) if chosen else None

"""Targets, benchmarks and owners."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.kpis.access import MANAGE
from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.services import Aim
from lingzhi.org.models import Post, Unit
from lingzhi.org.queries import units_visible_to


class UnitForm(forms.Form):
    """A form about a unit in which this person may set something."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Holds for"))

    def __init__(self, user: User, data: Any = None, files: Any = None, **given: Any) -> None:
        super().__init__(data, files, **given)
        self.fields["unit"].queryset = units_visible_to(user, MANAGE)  # type: ignore[attr-defined]


class TargetForm(UnitForm):
    """What to aim at."""

    definition = forms.ModelChoiceField(Definition.objects.none(), label=_("Way of counting"))
    value = forms.FloatField(label=_("Target"), min_value=0)
    warning = forms.FloatField(label=_("Warning line"), min_value=0, required=False)
    is_strict = forms.BooleanField(label=_("The bound itself does not count"), required=False)
    period = forms.ChoiceField(
        label=_("Judged every"), choices=Target.Period.choices, initial="monthly"
    )
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    from_on = DayField(label=_("From"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=300)
    field_order = ["definition", "unit", "channel", "value", "warning", "is_strict"]

    def __init__(self, user: User, code: str, data: Any = None, **given: Any) -> None:
        super().__init__(user, data, **given)
        rows = Definition.objects.filter(indicator__code=code).select_related("indicator")
        field: Any = self.fields["definition"]
        field.queryset = rows
        field.label_from_instance = definition_words
        channel: Any = self.fields["channel"]
        channel.choices = [("", _("All")), *channel_choices()]

    def aim(self) -> Aim:
        """What was asked for."""
        names = ("value", "warning", "is_strict", "period", "channel")
        return Aim(**{name: self.cleaned_data[name] for name in names})


def definition_words(definition: Definition) -> str:
    """Number and way of a definition, for choosing."""
    return f"{definition.number} · {definition.way.words}"


class OwnerForm(forms.Form):
    """The post that answers for an indicator."""

    post = forms.ModelChoiceField(
        Post.objects.none(), label=_("Responsible post"), to_field_name="code", required=False
    )

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["post"].queryset = Post.objects.filter(withdrawn_at=None)  # type: ignore[attr-defined]


class BenchmarkForm(forms.Form):
    """What others reach, and where that is known from."""

    value = forms.FloatField(label=_("Benchmark"), min_value=0)
    source = forms.CharField(label=_("Source"), max_length=300)
    from_on = DayField(label=_("From"), initial=today)


class EndForm(forms.Form):
    """The last day and why."""

    on = DayField(label=_("Last day"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=300)

"""What the evidence of notice and consent is narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.conformity.forms.figures import DEFAULT_PERIOD, PERIODS
from lingzhi.conformity.queries.periods import Period, last_days
from lingzhi.conformity.queries.told import channel_names
from lingzhi.core.clock import today
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import rules_in_force


class ToldFilters(forms.Form):
    """Days, channel, and the rule that hears whether the notice was spoken; a wrong one is none."""

    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    rule = forms.ModelChoiceField(
        RuleVersion.objects.none(), label=_("Rule that hears the notice"), required=False,
        empty_label=_("None: only what systems told"),
    )  # fmt: skip

    def __init__(self, data: Any) -> None:
        given = data.copy()
        given.setdefault("period", DEFAULT_PERIOD)
        super().__init__(given)
        self.names = channel_names()
        self.fields["channel"].choices = [("", _("All")), *self.names.items()]  # type: ignore[attr-defined]
        rules = rules_in_force().order_by("rule__code")
        self.fields["rule"].queryset = rules  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def span(self) -> Period:
        """The days up to today."""
        days = self.cleaned_data.get("period") or DEFAULT_PERIOD
        return last_days(int(days), today())

    @property
    def rule_asked(self) -> RuleVersion | None:
        found: RuleVersion | None = self.cleaned_data.get("rule")
        return found

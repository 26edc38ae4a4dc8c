"""Whose way is looked at, and which step of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.org.models import Unit
from lingzhi.reports.forms.period import PeriodForm
from lingzhi.reports.queries.lost import At, place_of
from lingzhi.reports.queries.weak_steps import BY_CODE, STEPS, Asked, Step


class WeakStepsForm(PeriodForm):
    """The last 30 days, unless somebody asks for other."""

    capability = "kpis.read"

    step = forms.ChoiceField(
        label=_("Step of the way"), required=False,
        choices=[("", _("The whole way")), *((one.code, one.label) for one in STEPS)],
    )  # fmt: skip
    field_order = ("step", "period", "from_on", "to_on", "unit", "channel")

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, user=user)

    @property
    def asked(self) -> Asked:
        """The choice as queries take it."""
        return Asked(self.user, *self.span, self.unit_asked, self.channel_asked)

    @property
    def step_asked(self) -> Step | None:
        return BY_CODE.get(self.cleaned_data.get("step") or "")

    @property
    def rule_asked(self) -> int | None:
        """A rule that was hit in conversations of what was lost. Raises ValueError."""
        given = self.data.get("rule", "")
        return int(given) if given else None

    @property
    def place_asked(self) -> At | None:
        """One place of the step. Raises ValueError."""
        step = self.step_asked
        return place_of(step, self.data.get("place", "")) if step else None

    @property
    def unit_of(self) -> Unit | None:
        """The unit that the figures speak of: the one chosen, else the highest within reach."""
        return self.unit_asked or (self.units[0] if self.units else None)

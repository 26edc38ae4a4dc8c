"""What the budget planner is told."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.queries import Filters
from lingzhi.inspections.access.rights import PLAN
from lingzhi.inspections.budgeting import Budget
from lingzhi.inspections.forms.filters import PERIODS, PeriodForm
from lingzhi.inspections.queries.budgets import Minutes, minutes_a_review
from lingzhi.inspections.queries.trust import SevereTrust, severe_trust
from lingzhi.org.queries import units_visible_to
from lingzhi_engine.stats import TOO_FEW, Measured

USUAL = {"hours": "40"}
ASSUMED = {"precision": 0.8, "recall": 0.7}  # as long as people said too little about the rules


class BudgetForm(PeriodForm):
    """Hours, minutes and how well the rules find what is fatal.

    What is left empty is measured where it was, else assumed; what is typed stands instead.
    """

    capability = PLAN
    period = forms.ChoiceField(label=_("Conversations of the"), required=False, choices=PERIODS[:3])
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    hours = forms.FloatField(label=_("Inspectors’ hours"), min_value=0.5, max_value=100_000)
    minutes = forms.FloatField(
        label=_("Minutes a review"), required=False, min_value=0.1, max_value=600
    )
    precision = forms.FloatField(
        label=_("Severe hits that are right"), required=False, min_value=0, max_value=1,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip
    recall = forms.FloatField(
        label=_("Fatal errors that rules find"), required=False, min_value=0.01, max_value=1,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, user=user, **USUAL)

    def full_clean(self) -> None:
        """The units are filled in before the values are held against them."""
        units = units_visible_to(self.user, self.capability)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("All within reach")), *((unit.pk, unit.name) for unit in units)
        ]  # fmt: skip
        for name in ASSUMED:
            shown = f"{self.usual(name):.2f}"
            self.fields[name].widget.attrs["placeholder"] = shown
        super().full_clean()

    @cached_property
    def measured(self) -> Minutes:
        """How long a review takes here."""
        return minutes_a_review()

    @cached_property
    def trusted(self) -> SevereTrust:
        """How right the severe rules are, as far as people said."""
        return severe_trust()

    def usual(self, name: str) -> float:
        """What holds where nothing is typed: what was measured, else an assumption."""
        known: Measured = getattr(self.trusted, name)
        return known.value if self.is_known(name) and known.value is not None else ASSUMED[name]

    def is_known(self, name: str) -> bool:
        """Whether a figure rests on enough; what is found also rests on the hits looked at."""
        known: Measured = getattr(self.trusted, name)
        return known.value is not None and min(known.n, self.trusted.precision.n) >= TOO_FEW

    @property
    def filters(self) -> Filters:
        unit = self.cleaned_data.get("unit")
        return Filters(unit=unit, from_on=self.span.from_on, to_on=self.span.to_on)

    @property
    def budget(self) -> Budget:
        """What there is to spend; only of a valid form."""
        given = self.cleaned_data
        minutes = given.get("minutes") or self.measured.value
        shares = [self.usual(name) if given.get(name) is None else given[name] for name in ASSUMED]
        return Budget(given["hours"], minutes, *shares)

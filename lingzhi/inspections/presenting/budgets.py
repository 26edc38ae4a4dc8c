"""Methods side by side: what the same hours give under each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lingzhi.inspections.budgeting import RISK_WEIGHT, Budget, Group, Worth, worth_of
from lingzhi.inspections.forms.budgets import BudgetForm
from lingzhi.inspections.models import Plan
from lingzhi_engine.stats import Measured

METHODS = (Plan.Method.SIMPLE, Plan.Method.STRATIFIED, Plan.Method.RISK, Plan.Method.SPREAD)


@dataclass(frozen=True, slots=True)
class ShownWorth:
    """One method with the address that makes a plan of it."""

    name: str
    worth: Worth
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownShare:
    """One share the budget rests on, and where it comes from: typed, measured or assumed.

    `figure` is what people's words give, `rules` of how many severe rules it speaks.
    """

    label: str
    value: float
    source: str
    figure: Measured
    rules: int


def shown_shares(form: BudgetForm) -> list[ShownShare]:
    """How right severe hits are, and how much rules find; only of a valid form."""
    known, budget = form.trusted, form.budget
    return [
        ShownShare(
            str(form.fields[name].label), value, _source(form, name), getattr(known, name), rules
        )
        for name, value, rules in (
            ("precision", budget.precision, known.precise),
            ("recall", budget.recall, known.recalled),
        )
    ]  # fmt: skip


def _source(form: BudgetForm, name: str) -> str:
    if form.cleaned_data.get(name) is not None:
        return "typed"
    return "measured" if form.is_known(name) else "assumed"


def shown_methods(groups: list[Group], budget: Budget, unit: int | None) -> list[ShownWorth]:
    """Every method under the same budget; one that can draw nothing is left out."""
    found = [(method, worth_of(groups, budget, method.value)) for method in METHODS]
    return [
        ShownWorth(str(method.label), worth, _sentence(budget, worth), _url(worth, budget, unit))
        for method, worth in found
        if worth.reviews
    ]


def _sentence(budget: Budget, worth: Worth) -> str:
    said = _(
        "With %(hours)s inspector-hours this gives ±%(width)s points for the whole and finds about"
        " %(found)s %% of the fatal errors."
    )
    return said % {
        "hours": f"{budget.hours:g}",
        "width": f"{worth.centre.half_width * 100:.1f}",
        "found": f"{(worth.found or 0) * 100:.1f}",
    }


def _url(worth: Worth, budget: Budget, unit: int | None) -> str:
    given: dict[str, str | int] = {"method": worth.method, "hours": f"{budget.hours:g}"}
    if worth.method == Plan.Method.SPREAD:
        given["per_agent"] = worth.per_agent
    else:
        given["size"] = worth.reviews
    if worth.method == Plan.Method.RISK:
        given["weight_severe"] = f"{RISK_WEIGHT:g}"
    if unit:
        given["unit"] = unit
    return f"{reverse('inspections:new_plan')}?{urlencode(given)}"

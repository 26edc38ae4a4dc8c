"""Sharing what a unit does better than others, and taking it back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit
from lingzhi.reports.models import Practice
from lingzhi.reports.queries.units import beside, compared


class NotSurelyBetter(DomainError):
    message = _(
        "In this period the unit is not surely better than another one: chance may explain it."
    )
    code = "not_surely_better"


class WithdrawnAlready(DomainError):
    message = _("This was withdrawn already.")
    code = "withdrawn_already"


@transaction.atomic
def share_practice(
    unit: Unit, definition: Definition, period: Period, *, title: str, words: str, by: User
) -> Practice:
    """Tell others how it is done, beside what shows that it is better (R-AN-19)."""
    [found] = compared(beside(unit), [definition], period)
    own = found.of(unit)
    if own is None or own.tier is None or own.tier == found.tiers:
        raise NotSurelyBetter
    counted = {
        "numerator": own.figure.numerator, "denominator": own.figure.denominator,
        "tier": own.tier, "tiers": found.tiers,
        "first": period.first.isoformat(), "last": period.last.isoformat(),
    }  # fmt: skip
    made = Practice.objects.create(
        unit=unit, definition=definition, title=title, words=words, counted=counted,
        shared_at=now(), shared_by=by,
    )  # fmt: skip
    record(by, "reports.practice_shared", made, after={"unit": unit.code, "title": title})
    return made


@transaction.atomic
def withdraw_practice(practice: Practice, *, by: User) -> None:
    """Take it back: it is shown no more."""
    rows = Practice.objects.filter(pk=practice.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=now()):
        raise WithdrawnAlready
    record(by, "reports.practice_withdrawn", practice, before={"title": practice.title})

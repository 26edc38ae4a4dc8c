"""Figures nobody can count here: entered by one person, confirmed by another (手工指标)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.kpis.dictionary import BY_HAND
from lingzhi.kpis.models import Fact, ManualValue
from lingzhi.kpis.services.defining import ensure_definition
from lingzhi.kpis.services.summing import sum_days
from lingzhi.org.models import Unit

Way = tuple[str, Mapping[str, Any]]


class AlreadyReplaced(DomainError):
    message = _("This value was replaced meanwhile.")


class AlreadyConfirmed(DomainError):
    message = _("This value is confirmed already.")


class OwnValue(DomainError):
    message = _("Who entered a figure cannot confirm it; somebody else must look at its evidence.")


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure of the days `from_on` to `to_on`, as numerator and denominator, with its source."""

    from_on: date
    to_on: date
    numerator: float
    denominator: float
    evidence: str
    file: Any = None


def check_entered(entered: Entered, shape: str) -> None:
    """Raise BadInput for days that do not follow, and for what is no share or mean."""
    if entered.to_on < entered.from_on:
        raise BadInput(_("The end lies before the start."), field="to_on")
    if entered.to_on > today():
        raise BadInput(_("This day is still to come."), field="to_on")
    if shape != "count" and entered.denominator <= 0:
        raise BadInput(_("The denominator must be more than zero."), field="denominator")
    if shape == "share" and not 0 <= entered.numerator <= entered.denominator:
        raise BadInput(
            _("The numerator of a share lies between zero and the denominator."),
            field="numerator",
        )


@transaction.atomic
def enter_value(
    code: str, unit: Unit, entered: Entered, *, way: Way = (BY_HAND, {}), by: User
) -> ManualValue:
    """Enter a figure, which counts once it is confirmed; one that ends on the same day for the
    same unit is replaced.

    `way` is one that people fill, with its parameters.
    """
    definition = ensure_definition(code, *way, by=by)
    check_entered(entered, definition.shape)
    same = ManualValue.objects.filter(
        definition=definition, unit=unit, to_on=entered.to_on, replaced_at=None
    )
    for earlier in same:
        _take_fact(earlier)
    same.update(replaced_at=now())
    value = ManualValue.objects.create(
        definition=definition,
        unit=unit,
        from_on=entered.from_on,
        to_on=entered.to_on,
        numerator=entered.numerator,
        denominator=entered.denominator,
        evidence=entered.evidence,
        file=entered.file,
        entered_at=now(),
        entered_by=by,
    )
    after = {"numerator": entered.numerator, "denominator": entered.denominator}
    record(by, "kpis.value_entered", value, after=after, reason=entered.evidence)
    return value


@transaction.atomic
def confirm_value(value: ManualValue, *, by: User) -> None:
    """A second person has seen the evidence: from now on the figure counts."""
    if value.entered_by_id == by.pk:
        raise OwnValue()
    rows = ManualValue.objects.filter(pk=value.pk, replaced_at=None)
    if not rows.filter(confirmed_at=None).update(confirmed_at=now(), confirmed_by=by):
        raise AlreadyConfirmed() if rows.exists() else AlreadyReplaced()
    _write_fact(value)
    record(by, "kpis.value_confirmed", value, reason=value.evidence)


@transaction.atomic
def withdraw_value(value: ManualValue, *, reason: str, by: User) -> None:
    """Take an entered figure back."""
    if not ManualValue.objects.filter(pk=value.pk, replaced_at=None).update(replaced_at=now()):
        raise AlreadyReplaced()
    _take_fact(value)
    record(by, "kpis.value_withdrawn", value, reason=reason)


def _facts(value: ManualValue) -> Any:
    return Fact.objects.filter(
        definition=value.definition, day=value.to_on, unit=value.unit, agent=None, channel=""
    )


def _take_fact(value: ManualValue) -> None:
    _facts(value).delete()
    sum_days(value.definition, value.to_on, value.to_on)


def _write_fact(value: ManualValue) -> None:
    """The figure stands at the last of its days."""
    _facts(value).delete()
    Fact.objects.create(
        definition=value.definition,
        day=value.to_on,
        unit=value.unit,
        numerator=value.numerator,
        denominator=value.denominator,
        counted_at=now(),
    )
    sum_days(value.definition, value.to_on, value.to_on)

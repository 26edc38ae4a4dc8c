"""Targets (目标值) with their warning lines (预警线): set, replaced and ended, never edited."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.kpis.models import Benchmark, Definition, Target
from lingzhi.org.models import Unit


class TargetOfRulebook(DomainError):
    message = _("This target comes from a regulation; change it there.")


class TargetEnded(DomainError):
    message = _("This target has ended already.")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a target asks for; `value` and `warning` in the unit of the definition."""

    value: float
    warning: float | None = None
    is_strict: bool = False
    period: str = Target.Period.MONTHLY
    channel: str = ""


def check_aim(definition: Definition, aim: Aim) -> None:
    """Raise BadInput for a share over 100 or a warning line on the wrong side of the target."""
    if definition.unit == "percent":
        for name, value in (("value", aim.value), ("warning", aim.warning)):
            if value is not None and not 0 <= value <= 100:
                raise BadInput(_("A percentage lies between 0 and 100."), field=name)
    if aim.warning is None:
        return
    if definition.direction == "high" and aim.warning > aim.value:
        raise BadInput(_("The warning line lies above the target."), field="warning")
    if definition.direction == "low" and aim.warning < aim.value:
        raise BadInput(_("The warning line lies below the target."), field="warning")


@transaction.atomic
def set_target(
    definition: Definition, unit: Unit, aim: Aim, *, from_on: date, reason: str, by: User
) -> Target:
    """Aim at a value from a day on; the one that held before for the same ends the day before."""
    check_aim(definition, aim)
    _end_earlier(definition, unit, aim, from_on)
    target = _create(definition, unit, aim, from_on=from_on, reason=reason, by=by)
    record(by, "kpis.target_set", target, after=_said(target), reason=reason)
    return target


@transaction.atomic
def set_benchmark(
    definition: Definition, value: float, *, source: str, from_on: date, by: User
) -> Benchmark:
    """Hold an indicator against what others reach, from a day on; earlier ones stay on record."""
    check_aim(definition, Aim(value))
    if not source.strip():
        raise BadInput(_("Say where the value is known from."), field="source")
    found = Benchmark.objects.create(
        definition=definition, value=value, source=source.strip(), from_on=from_on,
        set_at=now(), set_by=by,
    )  # fmt: skip
    said = {"definition": str(definition), "value": value, "from_on": from_on.isoformat()}
    record(by, "kpis.benchmark_set", found, after=said, reason=source)
    return found


def _end_earlier(definition: Definition, unit: Unit, aim: Aim, from_on: date) -> None:
    open_ones = Target.objects.filter(
        definition=definition, unit=unit, channel=aim.channel, control_id=None, to_on=None
    )
    if open_ones.filter(from_on__gte=from_on).exists():
        raise BadInput(_("A later target is there already."), field="from_on")
    open_ones.update(to_on=from_on - timedelta(days=1))


def _create(
    definition: Definition,
    unit: Unit,
    aim: Aim,
    *,
    from_on: date,
    reason: str = "",
    reference: str = "",
    control_id: int | None = None,
    to_on: date | None = None,
    by: User | None,
) -> Target:
    return Target.objects.create(
        definition=definition,
        unit=unit,
        channel=aim.channel,
        value=aim.value,
        warning=aim.warning,
        is_strict=aim.is_strict,
        period=aim.period,
        from_on=from_on,
        to_on=to_on,
        control_id=control_id,
        reference=reference[:120],
        reason=reason,
        set_at=now(),
        set_by=by,
    )


@transaction.atomic
def end_target(target: Target, *, on: date, reason: str, by: User) -> None:
    """A target set by hand holds for the last time on a day."""
    if target.control_id is not None:
        raise TargetOfRulebook()
    if on < target.from_on:
        raise BadInput(_("The end lies before the start."), field="to_on")
    if not Target.objects.filter(pk=target.pk, to_on=None).update(to_on=on):
        raise TargetEnded()
    record(by, "kpis.target_ended", target, after={"to_on": on.isoformat()}, reason=reason)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a target of a regulation comes from and how long it holds."""

    control_id: int
    reference: str
    from_on: date
    to_on: date | None


@transaction.atomic
def bind_target(
    definition: Definition, unit: Unit, aim: Aim, source: Source, *, by: User | None
) -> Target:
    """The target of a control in force. Binding the same again changes nothing.

    The same clause with the same aim goes on as one target, whatever version it stands in.
    """
    check_aim(definition, aim)
    same = Target.objects.filter(
        definition=definition, unit=unit, reference=source.reference[:120], control_id__isnull=False
    )
    for known in same.filter(Q(to_on=None) | Q(to_on__gte=source.from_on - timedelta(days=1))):
        if _aim_of(known) == aim and known.from_on <= source.from_on:
            Target.objects.filter(pk=known.pk).update(
                control_id=source.control_id, to_on=source.to_on
            )
            return known
    target = _create(
        definition,
        unit,
        aim,
        from_on=source.from_on,
        to_on=source.to_on,
        reference=source.reference,
        control_id=source.control_id,
        by=by,
    )
    record(by, "kpis.target_bound", target, after=_said(target))
    return target


@transaction.atomic
def release_target(control_id: int, unit: Unit, *, on: date, by: User | None) -> None:
    """The control holds for the last time on a day; one that never held is taken out."""
    rows = Target.objects.filter(control_id=control_id, unit=unit)
    for target in rows.filter(Q(to_on=None) | Q(to_on__gt=on)):
        if target.from_on > on:
            target.delete()
            continue
        Target.objects.filter(pk=target.pk).update(to_on=on)
        record(by, "kpis.target_ended", target, after={"to_on": on.isoformat()})


def _aim_of(target: Target) -> Aim:
    return Aim(target.value, target.warning, target.is_strict, target.period, target.channel)


def _said(target: Target) -> dict[str, object]:
    return {
        "definition": str(target.definition),
        "unit": target.unit_id,
        "channel": target.channel,
        "value": target.value,
        "warning": target.warning,
        "period": target.period,
        "from_on": target.from_on.isoformat(),
    }

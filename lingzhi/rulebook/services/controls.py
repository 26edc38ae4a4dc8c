"""Handing controls to the apps that run them, and taking them back: one transaction each."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from lingzhi.core.clock import now, today
from lingzhi.core.controls import Binding, ControlKind, control_kinds
from lingzhi.core.errors import DomainError
from lingzhi.jobs.services import later
from lingzhi.rulebook.models import Control, Version


def queue_controls(versions: Iterable[Version]) -> int:
    """Queue the controls of these versions that are to be started or ended; how many."""
    return _queue(due_controls().filter(clause__version__in=list(versions)))


@transaction.atomic
def settle_controls() -> int:
    """Queue every control that is to be started or ended; how many.

    So refused ones are tried again, those of a pilot end with it, and those that waited for their
    app come alive when it lands.
    """
    return _queue(due_controls())


def _queue(controls: QuerySet[Control]) -> int:
    ids = list(controls.values_list("pk", flat=True))
    for pk in ids:
        later("rulebook.settle_control", control_id=pk)
    return len(ids)


def due_controls() -> QuerySet[Control]:
    """Controls of versions that are over, and those in force that nobody put to work yet."""
    running = [code for code, kind in control_kinds().items() if kind.runs]
    rows = Control.objects.filter(clause__version__applied_at__isnull=False, ended_at=None)
    rows = rows.select_related("clause__version__regulation__unit", "clause__version__approved_by")
    rows = rows.prefetch_related("clause__version__pilot_units")
    rows = rows.filter(_over() | Q(applied_at=None, kind__in=running))
    return rows.order_by("clause__version", "clause__position", "pk")


def _over() -> Q:
    day = today()
    return (
        Q(clause__version__ended_on__lt=day)
        | Q(clause__version__pilot_until__lt=day)
        | Q(clause__version__withdrawn_at__isnull=False)
    )


@transaction.atomic
def settle_control(control_id: int) -> bool:
    """Start or end one control, whichever is due; False where nothing is or its app refuses.

    A refusal is kept in `problem`, and nothing of it is half done.
    """
    control = due_controls().select_for_update(of=("self",)).filter(pk=control_id).first()
    if control is None:
        return False
    kind = control_kinds().get(control.kind)
    is_over = Control.objects.filter(_over(), pk=control.pk).exists()
    if is_over:
        return _end(control, kind)
    return kind is not None and _start(control, kind)


def _start(control: Control, kind: ControlKind) -> bool:
    if not _told(control, kind, control.bindings(), is_end=False):
        return False
    control.applied_at = now()
    control.save(update_fields=["applied_at"])
    return True


def _end(control: Control, kind: ControlKind | None) -> bool:
    """What a later version demands in the same way runs on."""
    if kind is not None and control.applied_at is not None:
        ending = [one for one in control.bindings() if not _goes_on(control, one)]
        if not _told(control, kind, ending, is_end=True):
            return False
    control.ended_at = now()
    control.save(update_fields=["ended_at"])
    return True


def _told(control: Control, kind: ControlKind, bindings: list[Binding], *, is_end: bool) -> bool:
    act = kind.end if is_end else kind.apply
    by = control.clause.version.approved_by
    try:
        with transaction.atomic():
            for binding in bindings:
                if act is not None:
                    act(binding, by)
    except DomainError as problem:
        control.problem = str(problem.sentence)[:300]
    else:
        control.problem = ""
    control.save(update_fields=["problem"])
    return not control.problem


def _goes_on(control: Control, binding: Binding) -> bool:
    """Whether another version demands the same of the same unit, or has taken its place already."""
    rows = Control.objects.filter(
        key=control.key,
        clause__number=control.clause.number,
        clause__version__regulation=control.clause.version.regulation,
        clause__version__applied_at__isnull=False,
        ended_at=None,
    )
    rows = rows.exclude(_over()).select_related("clause__version__regulation__unit")
    return any(
        one.unit_id == binding.unit_id and (other.applied_at is not None or _same(one, binding))
        for other in rows.prefetch_related("clause__version__pilot_units")
        for one in other.bindings()
    )


def _same(one: Binding, other: Binding) -> bool:
    return (one.kind, one.values, one.channels) == (other.kind, other.values, other.channels)

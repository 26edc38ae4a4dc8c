"""Putting an approved version to work, and taking its predecessor out."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.controls import Binding, ControlKind, control_kinds
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.rulebook.models import Control, Version
from lingzhi.rulebook.queries import unread_by
from lingzhi.rulebook.services.versions import locked

DAY = timedelta(days=1)


class NotInForce(DomainError):
    message = _("This version is not in force any more.")


@transaction.atomic
def take_effect(version: Version) -> bool:
    """Put a version to work whose day has come; False where there is nothing to do.

    Its predecessor ends the day before. A control that its app refuses is left out, with the
    reason, and tried again every day: the regulation holds all the same.
    """
    due = Version.objects.filter(pk=version.pk, approved_at__isnull=False, applied_at=None)
    if not due.filter(withdrawn_at=None, effective_on__lte=today()).update(applied_at=now()):
        return False
    found = locked(version)
    before = _end_predecessor(found)
    _change_controls(controls_of(before) if before else [], controls_of(found))
    after = {"ended": before.number if before else None}
    record(found.approved_by, "rulebook.version_in_force", found, after=after)
    _ask_to_read(found)
    return True


def _end_predecessor(found: Version) -> Version | None:
    """A pilot runs beside what holds for everybody and ends nothing."""
    if found.is_pilot or found.effective_on is None:
        return None
    rows = found.regulation.versions.filter(applied_at__isnull=False, ended_on=None)
    before = rows.filter(pilot_until=None).exclude(pk=found.pk).order_by("-effective_on").first()
    if before is not None:
        rows.filter(pk=before.pk).update(ended_on=found.effective_on - DAY)
        settle_matter(matter_of(before))
    return before


def controls_of(version: Version) -> list[Control]:
    """The controls of a version that nobody took out yet, in order."""
    rows = Control.objects.filter(clause__version=version, ended_at=None)
    rows = rows.select_related("clause__version__regulation__unit", "clause__version__approved_by")
    rows = rows.prefetch_related("clause__version__pilot_units")
    return list(rows.order_by("clause__position", "pk"))


def _change_controls(old: Iterable[Control], new: list[Control]) -> None:
    """End what is changed or gone, then start all new ones; the unchanged ones run on."""
    going_on = {demand for control in new for demand in map(_demand, control.bindings())}
    for control in old:
        ending = [one for one in control.bindings() if _demand(one) not in going_on]
        end_control(control, ending)
    for control in new:
        apply_control(control)


def _demand(binding: Binding) -> str:
    """What a binding asks of whom, whichever version says so."""
    values = sorted(binding.values.items())
    return repr((binding.reference, binding.kind, values, binding.unit_id, binding.channels))


def apply_control(control: Control) -> bool:
    """Hand a control to its app; its refusal is kept in `problem` and nothing is half done."""
    kind = control_kinds().get(control.kind)
    if kind is None or kind.apply is None:
        return False
    if _refused(control, kind, control.bindings(), is_end=False):
        return False
    control.applied_at = now()
    control.save(update_fields=["applied_at"])
    return True


def end_control(control: Control, bindings: list[Binding]) -> bool:
    """Take a control out of its app, as far as no successor takes it over."""
    kind = control_kinds().get(control.kind)
    was_applied = control.applied_at is not None
    if kind and was_applied and _refused(control, kind, bindings, is_end=True):
        return False
    control.ended_at = now()
    control.save(update_fields=["ended_at"])
    return True


def _refused(
    control: Control, kind: ControlKind, bindings: Iterable[Binding], *, is_end: bool
) -> bool:
    by = control.clause.version.approved_by
    act = kind.end if is_end else kind.apply
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
    return bool(control.problem)


def due_versions(day: date) -> list[Version]:
    """Approved versions whose day has come and that nobody put to work yet, in order."""
    rows = Version.objects.filter(approved_at__isnull=False, applied_at=None, withdrawn_at=None)
    return list(rows.filter(effective_on__lte=day).order_by("effective_on", "pk"))


def settle_controls() -> int:
    """Start what could not start before and end what is over; the number of controls settled.

    So controls come alive when the app they waited for lands, and those of a pilot end with it.
    """
    day = today()
    is_over = (
        Q(clause__version__ended_on__lt=day)
        | Q(clause__version__pilot_until__lt=day)
        | Q(clause__version__withdrawn_at__isnull=False)
    )
    rows = Control.objects.filter(clause__version__applied_at__isnull=False, ended_at=None)
    rows = rows.select_related("clause__version__regulation__unit", "clause__version__approved_by")
    rows = rows.prefetch_related("clause__version__pilot_units")
    settled = 0
    for control in rows.filter(is_over):
        settled += _settled(control, is_end=True)
    for control in rows.filter(applied_at=None).exclude(is_over):
        settled += _settled(control, is_end=False)
    return settled


@transaction.atomic
def _settled(control: Control, *, is_end: bool) -> bool:
    if not is_end:
        return apply_control(control)
    return end_control(control, [] if _is_continued(control) else control.bindings())


def _is_continued(control: Control) -> bool:
    """Whether a later version runs the same control on: it is not taken from its app then."""
    clause = control.clause
    same = Control.objects.filter(
        key=control.key,
        clause__number=clause.number,
        clause__version__regulation=clause.version.regulation,
    )
    return same.filter(applied_at__isnull=False, ended_at=None).exclude(pk=control.pk).exists()


@transaction.atomic
def withdraw_version(version: Version, *, reason: str, by: User) -> None:
    """Take a version out of force, or keep an approved one from coming into force.

    What was judged under it stays judged. Nothing comes back in its place by itself.
    """
    found = locked(version)
    is_over = found.last_on is not None and found.last_on < today()
    if found.approved_at is None or found.withdrawn_at is not None or is_over:
        raise NotInForce()
    end_version(found)
    found.withdrawn_at, found.withdrawn_by = now(), by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(by, "rulebook.version_withdrawn", found, reason=reason)


def end_version(found: Version) -> None:
    """End a version that was put to work: yesterday was its last day, or its only one is today."""
    settle_matter(matter_of(found))
    if found.applied_at is None or found.effective_on is None:
        return
    found.ended_on = max(found.effective_on, today() - DAY)
    found.save(update_fields=["ended_on"])
    for control in controls_of(found):
        end_control(control, control.bindings())


def matter_of(version: Version) -> str:
    """What the to-do of reading a version is called."""
    return f"rulebook.version/{version.pk}"


def _ask_to_read(version: Version) -> None:
    """Everybody whom it binds gets it to read and confirm (宣贯)."""
    title = format_lazy(_("Read and confirm: {title}"), title=version.title)
    url = reverse("rulebook:read", args=[version.pk])
    tell(unread_by(version), title, url=url, is_todo=True, matter=matter_of(version))

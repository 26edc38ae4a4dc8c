"""Causes, measures and the indicator of their effect: what a plan consists of."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.changes import changeables
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.improvement.models import Cause, Countermeasure, Effect, Rectification
from lingzhi.improvement.queries.rectifications import OPEN
from lingzhi.improvement.services.common import (
    NotInThisState,
    State,
    claim,
    demanded,
    tell_about,
)
from lingzhi.notifications.services import settle_matter

Kind = Countermeasure.Kind
AT_ONCE = (Kind.CONTAINMENT, Kind.CORRECTION)  # these do not wait for causes and approval


class DoneAlready(DomainError):
    message = _("This measure was reported as done already.")


@transaction.atomic
def write_cause(cause: Cause, *, by: User) -> Cause:
    """One more cause with its evidence, while the plan is a draft. Raises NotInThisState."""
    claim(cause.rectification, [State.DRAFT])
    if cause.method != Cause.Method.FISHBONE:
        cause.branch = ""
    cause.written_at, cause.written_by = now(), by
    cause.save()
    after = {"method": cause.method, "is_root": cause.is_root}
    record(by, "improvement.cause_written", cause.rectification, after=after)
    return cause


@transaction.atomic
def take_cause_away(cause: Cause, *, by: User) -> None:
    """It is none after all. Raises NotInThisState."""
    claim(cause.rectification, [State.DRAFT])
    record(by, "improvement.cause_removed", cause.rectification, before={"cause": cause.pk})
    cause.delete()


@transaction.atomic
def write_measure(measure: Countermeasure, *, by: User) -> Countermeasure:
    """One more measure. What acts on causes is planned while the plan is a draft; containment and
    correction at any time. Raises NotInThisState, BadInput.
    """
    row = measure.rectification
    claim(row, OPEN if measure.kind in AT_ONCE else [State.DRAFT])
    measure.save()
    if measure.kind in AT_ONCE:
        tell_measure(measure)
    after = {"kind": measure.kind, "owner": measure.owner_id, "due_on": str(measure.due_on)}
    record(by, "improvement.measure_written", row, after=after)
    return measure


def tell_measure(measure: Countermeasure) -> None:
    """Who does it has a to-do until it is done."""
    tell_about(
        [measure.owner],
        _("A measure is yours to carry out"),
        measure.rectification,
        matter=_matter(measure),
    )


def _matter(measure: Countermeasure) -> str:
    return f"improvement.countermeasure/{measure.pk}"


@transaction.atomic
def take_measure_away(measure: Countermeasure, *, by: User) -> None:
    """Out of the plan, while that is a draft and the measure not done. Raises NotInThisState."""
    claim(measure.rectification, [State.DRAFT])
    if measure.done_at:
        raise NotInThisState()
    record(by, "improvement.measure_removed", measure.rectification, before={"id": measure.pk})
    measure.delete()


@transaction.atomic
def begin_change(measure: Countermeasure, key: int, *, by: User) -> str:
    """Begin the next version of what the measure changes; its address, kept with the measure.

    Raises DoneAlready, NotInThisState, and whatever forbids a draft there.
    """
    row = measure.rectification
    claim(row, OPEN if measure.kind in AT_ONCE else [State.RUNNING])
    link = changeables()[measure.changes].begin(by, key, f"{row.number} {measure.words}"[:300])
    if not Countermeasure.objects.filter(pk=measure.pk, done_at=None).update(link=link):
        raise DoneAlready()
    record(by, "improvement.change_begun", row, after={"measure": measure.pk, "link": link})
    return link


@transaction.atomic
def report_measure(measure: Countermeasure, result: str, *, link: str = "", by: User) -> None:
    """It was carried out: what was done, and the `link` to what it changed for good.

    Raises BadInput, DoneAlready, NotInThisState.
    """
    words = demanded(result, "result")
    if measure.changes and not link.strip():
        raise BadInput(_("Name the new version by its address."), field="link")
    claim(measure.rectification, OPEN if measure.kind in AT_ONCE else [State.RUNNING])
    rows = Countermeasure.objects.filter(pk=measure.pk, done_at=None)
    if not rows.update(done_at=now(), done_by=by, result=words, link=link.strip()):
        raise DoneAlready()
    settle_matter(_matter(measure))
    record(by, "improvement.measure_done", measure.rectification, after={"measure": measure.pk})


@transaction.atomic
def plan_effect(effect: Effect, *, by: User) -> Effect:
    """By which indicator the effect will be judged: before the plan is approved, not after it is
    known how the figures went. Raises NotInThisState, BadInput.
    """
    row: Rectification = effect.rectification
    claim(row, [State.DRAFT])
    if effect.before_to < effect.before_from:
        raise BadInput(_("The end lies before the start."), field="before_to")
    effect.save()
    after = {
        "definition": effect.definition_id, "unit": effect.unit_id, "channel": effect.channel,
        "before": f"{effect.before_from}/{effect.before_to}", "after_days": effect.after_days,
    }  # fmt: skip
    record(by, "improvement.effect_planned", row, after=after)
    return effect


@transaction.atomic
def judge_by_hand(row: Rectification, *, by: User) -> None:
    """No indicator after all: who verifies brings other evidence. Raises NotInThisState."""
    claim(row, [State.DRAFT])
    Effect.objects.filter(rectification=row).delete()
    record(by, "improvement.effect_planned", row, after={"definition": None})

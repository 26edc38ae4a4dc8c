"""Drawing a plan's sample (抽样): by seed, so that anybody can draw it again, and never twice."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import Acceptance, Draw, Plan, Task
from lingzhi.inspections.queries.frames import frame_of, frame_rows
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.queries.plans import period_due, period_so_far
from lingzhi.inspections.sampling import Design, Drawn, Frame, Result, draw
from lingzhi.jobs.services import later
from lingzhi.notifications.services import tell

AT_ONCE = 500
MOST_AT_ONCE = 5_000  # conversations to choose from
CATCHES_UP = 31  # draws of one plan in one go, where the program did not run for a while
SizeOf = Callable[[int], int]


class NotActive(DomainError):
    message = _("This plan does not run: nothing is drawn from it.")


class NothingToDraw(DomainError):
    message = _("There is no day yet that this plan has not drawn from.")


class DrawnByLots(DomainError):
    message = _("The months of this plan are drawn as lots.")


class DrawnAlready(DomainError):
    message = _("These days were drawn from already.")


def draw_sample(
    plan: Plan, period: Period, *, size_of: SizeOf | None = None, by: User | None = None
) -> Draw:
    """Draw the sample of these days; each conversation becomes an open task of nobody yet.

    `size_of` the number there is to choose from stands in for the plan's own size. What another
    plan took meanwhile is not taken again, and counts as missing. What could not be found is
    looked for by the next draw (`shortfalls`).
    Raises NotActive, and DrawnAlready for days that were drawn from before.
    """
    if plan.state != Plan.State.ACTIVE:
        raise NotActive()
    frame = frame_of(plan, period)
    design = _design(plan, size_of(len(frame)) if size_of else None)
    result = draw(frame, design, plan.seed)
    assert period.from_on is not None
    assert period.to_on is not None
    made = Draw(
        plan=plan, from_on=period.from_on, to_on=period.to_on, seed=plan.seed,
        frame=frame.packed(), frame_count=len(frame), frame_sha256=frame.sha256,
        design=asdict(design), drawn_at=now(), drawn_by=by,
    )  # fmt: skip
    return _keep(made, result, by)


def _design(plan: Plan, size: int | None) -> Design:
    return Design(
        method=plan.method,
        size=plan.size or 0 if size is None else size,
        per_agent=plan.per_agent or 0,
        most_musts=plan.most_musts,
        nonhit_ratio=plan.nonhit_ratio,
        carried=_carried(plan) if size is None else {},
    )


def _carried(plan: Plan) -> dict[str, int]:
    """What the draw before could not find, at most as much again as is asked of one draw."""
    last = plan.draws.defer("frame").order_by("-to_on").first()
    most = (plan.per_agent if plan.method == Plan.Method.SPREAD else plan.size) or 0
    is_same = last is not None and last.design.get("method") == plan.method
    found = last.shortfalls if last is not None and is_same else {}
    return {whose: min(missing, most) for whose, missing in found.items()}


@transaction.atomic
def _keep(made: Draw, result: Result, by: User | None) -> Draw:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as problem:
        raise DrawnAlready() from problem
    rows = (_task(made, one) for one in result.drawn)
    Task.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    taken = len(result.drawn) - made.tasks.count()
    made.shortfalls = result.shortfalls
    made.short_of = sum(result.shortfalls.values()) + taken
    made.save(update_fields=["shortfalls", "short_of"])
    record(by, "inspections.sample_drawn", made.plan, after=_about(made, len(result.drawn) - taken))
    later("inspections.assign_tasks", plan_id=made.plan_id)
    return made


def _task(made: Draw, one: Drawn) -> Task:
    return Task(
        plan=made.plan, draw=made, contact_id=one.contact, sheet_id=made.plan.sheet_id,
        reason=one.reason, must=one.must, stratum=one.stratum, inclusion=one.inclusion,
        created_at=made.drawn_at,
    )  # fmt: skip


def _about(made: Draw, drawn: int) -> dict[str, Any]:
    return {
        "from": str(made.from_on), "to": str(made.to_on), "seed": made.seed, "drawn": drawn,
        "of": made.frame_count, "frame": made.frame_sha256, "short_of": made.short_of,
    }  # fmt: skip


def draw_now(plan: Plan, *, by: User) -> Draw:
    """Draw from the plan's next days as far as they are over."""
    if Acceptance.objects.filter(plan=plan).exists():
        raise DrawnByLots()
    period = period_so_far(plan)
    if period is None:
        raise NothingToDraw()
    return draw_sample(plan, period, by=by)


def ask_to_draw(plan: Plan, *, by: User) -> Draw | None:
    """Draw now, or, from more than a page can wait for, in the background: then None."""
    period = period_so_far(plan)
    if period is None or frame_rows(plan, period).count() <= MOST_AT_ONCE:
        return draw_now(plan, by=by)
    later("inspections.draw_for", plan_id=plan.pk, person_id=by.pk, queue="long")
    return None


def draw_for(plan: Plan, person: User) -> None:
    """Draw in the background, and tell the person who asked for it what came of it."""
    try:
        made = draw_now(plan, by=person)
    except DomainError as refused:
        url = reverse("inspections:plan", args=[plan.pk])
        tell([person], refused.message, body=plan.title, url=url)
    else:
        url = reverse("inspections:draw", args=[made.pk])
        tell([person], _("The sample is drawn."), body=plan.title, url=url)


def draw_due(plan: Plan) -> list[Draw]:
    """Draw every period of a plan that is over and was not drawn from, the oldest first."""
    made: list[Draw] = []
    while len(made) < CATCHES_UP and (period := period_due(plan)) is not None:
        made.append(draw_sample(plan, period))
    return made


def is_redrawn_the_same(made: Draw) -> bool:
    """Whether drawing again from what there was gives the same conversations and chances.

    Also False where the stored frame is not the one that was signed for in the audit log.
    """
    frame = Frame.unpacked(bytes(made.frame))
    if frame.sha256 != made.frame_sha256:
        return False
    result = draw(frame, Design(**made.design), made.seed)
    again = {(one.contact, one.reason, one.stratum, one.inclusion) for one in result.drawn}
    rows = made.tasks.filter(in_place_of=None).exclude(reason=Task.Reason.CHOSEN)
    stored = set(rows.values_list("contact_id", "reason", "stratum", "inclusion"))
    missing = len(again - stored)
    return stored <= again and missing == made.short_of - sum(made.shortfalls.values())

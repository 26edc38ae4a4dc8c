"""Runs of the rules over stored conversations: started by a person, watched, stopped."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, conversations, published, visible_to
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import InspectionRun
from lingzhi.inspections.services.asking import asking
from lingzhi.inspections.services.inspecting import breathe, next_group, store, unjudged
from lingzhi.inspections.services.judging import judge, snapshot_now
from lingzhi.inspections.services.separating import require_supervision
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import advance, is_cancelled, start_run
from lingzhi_engine.inspect import Asking

CAPABILITY = "inspections.run"


class NothingToInspect(DomainError):
    message = _("No conversation fits these filters.")


class NoRules(DomainError):
    message = _("There is no rule in force or in shadow yet.")


def contacts_of(started: InspectionRun) -> QuerySet[Contact]:
    """The conversations a run is about, as far as the person who started it may see."""
    by = started.started_by
    rows = visible_to(by, CAPABILITY) if by else published()
    return Filters.from_json(started.filters).apply(conversations(rows))


@transaction.atomic
def start_inspection(filters: Filters, *, label: str, by: User) -> InspectionRun:
    """Queue a run of the rules in force and in shadow over the conversations that fit."""
    snapshot = snapshot_now()
    if not snapshot.version_ids:
        raise NoRules()
    rows = filters.apply(conversations(visible_to(by, CAPABILITY)))
    total = rows.count()
    if not total:
        raise NothingToInspect()
    require_supervision(by, rows)
    run: Run = start_run("inspections.run_inspection", label, by=by, total=total)
    started = InspectionRun.objects.create(
        run=run, snapshot=snapshot, filters=filters.as_json(), started_by=by
    )
    record(by, "inspections.run_started", started, after={"conversations": total})
    return started


def go_on(started: InspectionRun) -> None:
    """Judge group by group from where the run stands, until the end or until it is cancelled."""
    run, rows, asked = started.run, contacts_of(started), asking()
    while not is_cancelled(run):
        group = next_group(rows, int(run.position or 0))
        if not group:
            return
        _inspect_group(started, group, asked)
        breathe()


def _inspect_group(started: InspectionRun, group: list[Contact], asked: Asking) -> None:
    """What was found and how far the run is are one commit: a kill loses and doubles nothing."""
    fresh = unjudged(group, started.snapshot)
    judgement = judge(fresh, started.snapshot, asked=asked) if fresh else None
    with transaction.atomic():
        counts = store(judgement) if judgement else {}
        advance(started.run, done=len(group), counts=counts, position=str(group[-1].pk))

"""Urging (催办), and supervising (督办、提级督办): each exactly once, told and in the history."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, ClockKind, Supervision, Urge
from lingzhi.cases.queries.dispatch import (
    dispatch_settings,
    holders_of_post,
    holds_post,
    living_orders,
    people_of_order,
)
from lingzhi.cases.queries.people import concerned
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import call_off_clocks, meet_clocks, repeat_dues, start_promise
from lingzhi.cases.services.words import demanded
from lingzhi.cases.services.working import CaseClosed
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import settle_matter, tell

Kind = CaseEvent.Kind
CLOCK = ClockKind.SUPERVISION


class NotTheSupervisingPost(DomainError):
    message = _("Only who holds a post that supervises may do this.")


class Supervised(DomainError):
    message = _("The case is under supervision already: raise it to the next level instead.")


class SupervisionOver(DomainError):
    message = _("This supervision is over.")


class NoHigherLevel(DomainError):
    message = _("There is no higher level of supervision.")


class NoReportYet(DomainError):
    message = _("The report is still missing.")


@transaction.atomic
def urge_case(case: Case, words: str, *, by_customer: bool, seen: int, by: User) -> Urge:
    """The customer, or the desk, asks for haste: counted, and the units at work are told."""
    if case.is_over:
        raise CaseClosed()
    text = demanded(words, 500, field="words")
    claim(case, seen)
    urge = Urge.objects.create(
        case=case, cycle=case.cycle, by_customer=by_customer, words=text, at=now(), by=by
    )
    orders = list(living_orders(case).filter(answered_at=None))
    people = [one for order in orders for one in people_of_order(order)] or concerned(case)
    for order in orders:
        order.urges += 1
        order.save(update_fields=["urges"])
    note_event(case, Kind.URGED, by=by, text=text, step="customer" if by_customer else "desk")
    tell(
        dict.fromkeys(people), _("A case is urged"), body=f"{case.number} {text}",
        url=reverse("cases:case", args=[case.pk]),
    )  # fmt: skip
    record(by, "cases.urged", case, after={"by_customer": by_customer}, reason=text)
    return urge


@transaction.atomic
def supervise_case(case: Case, demand: str, *, days: int | None = None, by: User) -> Supervision:
    """A post that supervises wants a report within so many days."""
    settings = dispatch_settings()
    if not holds_post(by, *settings.supervising_posts):
        raise NotTheSupervisingPost()
    if case.is_over:
        raise CaseClosed()
    return _supervise(case, 1, demand, days or settings.supervision_days, by=by)


@transaction.atomic
def raise_supervision(found: Supervision, demand: str, *, by: User) -> Supervision:
    """To the next level (提级督办): its post hears at once, and the report is due anew."""
    settings = dispatch_settings()
    if not holds_post(by, *settings.supervising_posts):
        raise NotTheSupervisingPost()
    if found.level >= len(settings.supervising_posts):
        raise NoHigherLevel()
    _end(found, by=by, is_raised=True)
    call_off_clocks(found.case, [CLOCK], reason=demand, by=by)
    return _supervise(found.case, found.level + 1, demand, settings.supervision_days, by=by)


def _supervise(case: Case, level: int, demand: str, days: int, *, by: User) -> Supervision:
    words = demanded(demand, 500, field="demand")
    post = dispatch_settings().supervising_posts[level - 1]
    due_at = now() + timedelta(days=days)
    try:
        with transaction.atomic():
            found = Supervision.objects.create(
                case=case, level=level, post=post, demand=words, due_at=due_at,
                ordered_at=now(), ordered_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Supervised() from None
    start_promise(case, due_at, kind=CLOCK, by=by)
    repeat_dues(case)
    note_event(case, Kind.SUPERVISED, by=by, text=words, step=str(level), expected_at=due_at)
    people = [one for order in living_orders(case) for one in people_of_order(order)]
    people = people or concerned(case)
    if level > 1:
        people += holders_of_post(post)
    tell(
        dict.fromkeys(people),
        _("A case is under supervision: report on it"), is_todo=True, matter=_matter(found),
        body=f"{case.number} {words}", url=reverse("cases:case", args=[case.pk]),
    )  # fmt: skip
    record(by, "cases.supervised", case, after={"level": level, "post": post}, reason=words)
    return found


@transaction.atomic
def report_on(found: Supervision, report: str, *, by: User) -> None:
    """What whoever handles the case reports to the supervisor. A later word replaces it."""
    words = demanded(report, 2000, field="report")
    claimed = Supervision.objects.filter(pk=found.pk, ended_at=None).update(
        report=words, reported_at=now(), reported_by=by
    )
    if not claimed:
        raise SupervisionOver()
    meet_clocks(found.case, [CLOCK], by=by)
    repeat_dues(found.case)
    settle_matter(_matter(found))
    note_event(found.case, Kind.REPORTED, by=by, text=words)
    tell(
        [found.ordered_by], _("A report on a supervised case came in"), body=words[:200],
        url=reverse("cases:case", args=[found.case_id]),
    )  # fmt: skip
    record(by, "cases.reported", found.case, after={"level": found.level})


@transaction.atomic
def end_supervision(found: Supervision, *, by: User) -> None:
    """The report is enough."""
    if not holds_post(by, *dispatch_settings().supervising_posts):
        raise NotTheSupervisingPost()
    found.refresh_from_db()
    if not found.report:
        raise NoReportYet()
    _end(found, by=by)
    note_event(found.case, Kind.SUPERVISION_ENDED, by=by)
    record(by, "cases.supervision_ended", found.case, after={"level": found.level})


def _end(found: Supervision, *, by: User, is_raised: bool = False) -> None:
    claimed = Supervision.objects.filter(pk=found.pk, ended_at=None).update(
        ended_at=now(), ended_by=by, is_raised=is_raised
    )
    if not claimed:
        raise SupervisionOver()
    settle_matter(_matter(found))


def _matter(found: Supervision) -> str:
    return f"cases.supervision/{found.pk}"

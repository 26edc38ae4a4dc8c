"""The demo centre's rulebook: one pack in force since two months, read by most, with its reports.

The other packs stay free for whoever tries the adoption.
"""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conformity.services import count_kind, counted_kinds
from lingzhi.core.clock import midnight, today
from lingzhi.kpis.services import count_days, name_owner
from lingzhi.org.models import Assignment, Post, PostHolding, Unit
from lingzhi.org.services import change_unit, hold_post
from lingzhi.reports.models import USUAL_READERS, USUAL_SECTIONS, Plan
from lingzhi.reports.services import plan_report, write_due_reports
from lingzhi.rulebook import services
from lingzhi.rulebook.models import Control, Regulation, Version
from lingzhi.rulebook.queries import conflicts_of, quiz_of, unread_by

PACK = "s18"
MANAGER = "7002"
DAYS = 90
IN_FORCE_DAYS = 60
REPORT_DAYS = 7
OWNERS = {"K01": "supervisor", "K03": "team_leader", "K04": "team_leader"}  # indicator: post
UNREAD = 9  # of the people the regulation holds for: every ninth has not read it yet

ANSWERS: dict[str, dict[str, Any]] = {
    "connect": {"period": "weekly"},
    "handle": {"target": 60, "period": "weekly"},
    "archive": {"cadence": "monthly", "months": 24},
    "answer": {"target": 80, "period": "weekly"},
    "company-name": {"words": ["云栖生活", "云栖热线", "云栖"]},
    "followup": {"within": 3},
    "complaint-report": {"cadence": "monthly"},
    "survey": {"cadence": "quarterly"},
}


def seed_posts_held() -> None:
    """Everybody holds the post of the same name as the role, since the role began."""
    if PostHolding.objects.exists():
        return
    posts = {post.code: post for post in Post.objects.filter(withdrawn_at=None)}
    for one in Assignment.objects.select_related("person", "unit").order_by("pk"):
        if one.role in posts:
            hold_post(one.person, posts[one.role], one.unit, from_on=one.from_on, by=None)


def _name_responsible(centre: Unit, manager: User) -> None:
    """The manager heads the centre; each indicator of the pack has its post."""
    change_unit(centre, {"owner": manager}, by=manager)
    for code, post in OWNERS.items():
        name_owner(code, post, by=manager)


def seed_rulebook() -> None:
    """Adopt the pack for the centre, dated back, and let most people confirm it."""
    if Regulation.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    centre = Unit.objects.get(code="centre")
    _name_responsible(centre, manager)
    version = services.start_adoption(PACK, centre, by=manager)
    version = services.save_answers(version, ANSWERS, by=manager)
    for conflict in conflicts_of(version):
        reason = "两处口径不同，分别统计。"
        services.resolve_conflict(version, conflict.key, "keep", reason=reason, by=manager)
    since = today() - timedelta(days=IN_FORCE_DAYS)
    services.submit_version(version, effective_on=since, by=manager)
    for control in Control.objects.filter(clause__version=version).order_by("pk"):
        services.settle_control(control.pk)
    # as if somebody had put them to work on that day: what was done before that is not judged
    at_work = Control.objects.filter(clause__version=version, applied_at__isnull=False)
    at_work.update(applied_at=midnight(since))
    _confirm(Version.objects.get(pk=version.pk))


def _confirm(version: Version) -> None:
    right = [question.right for question in quiz_of(version)]
    for at, person in enumerate(unread_by(version).order_by("staff_no")):
        if at % UNREAD:
            services.confirm_reading(version, answers=right, by=person)


def seed_figures() -> None:
    """Count the indicators of all days, then what the rulebook's controls found."""
    if Plan.objects.filter(cadence="daily").exists():
        return
    last = today() - timedelta(days=1)
    count_days(last - timedelta(days=DAYS - 1), last)
    for kind in counted_kinds():
        count_kind(kind)


def seed_reports() -> None:
    """Daily, weekly and monthly reports of the centre."""
    if Plan.objects.filter(cadence="daily").exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    centre = Unit.objects.get(code="centre")
    for cadence in ("daily", "weekly", "monthly"):
        if not Plan.objects.filter(unit=centre, cadence=cadence, to_on=None).exists():
            plan_report(
                centre, cadence, from_on=today() - timedelta(days=REPORT_DAYS), by=manager,
                readers=list(USUAL_READERS), sections=list(USUAL_SECTIONS),
            )  # fmt: skip
    write_due_reports()

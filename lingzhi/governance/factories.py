"""Goals, plans, meetings and reviews for tests and the permission table."""

from datetime import date, time
from io import BytesIO
from typing import Any

from django.db.models import Model

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import (
    Document,
    DocumentVersion,
    Goal,
    Meeting,
    PlanTask,
    PolicyVersion,
    Review,
    Series,
    ServiceEntry,
    ServicePlan,
    ServicePromise,
)
from lingzhi.governance.queries.months import months_later
from lingzhi.governance.services.directory import keep_entry, keep_promise
from lingzhi.governance.services.documents import add_version, keep_document
from lingzhi.governance.services.goals import keep_goal
from lingzhi.governance.services.meetings import call_meeting
from lingzhi.governance.services.plans import keep_plan, keep_task
from lingzhi.governance.services.policies import keep_policy
from lingzhi.governance.services.reviews import keep_review
from lingzhi.governance.services.series import keep_series
from lingzhi.org.models import Unit


def this_year() -> dict[str, date]:
    """Its first and last day."""
    year = today().year
    return {"from_on": date(year, 1, 1), "to_on": date(year, 12, 31)}


def make_goal(unit: Unit, owner: User, judge: User, **more: Any) -> Goal:
    """One of this year, shown by hand unless an indicator is given."""
    year = this_year()
    facts: dict[str, Any] = {
        "title": "投诉当天答复", "words": "当天收到的投诉当天答复客户", "basis": "need",
        "basis_words": "客户访谈：等不到答复", "shown_by": "每月抽查十件的记录", "every_months": 3,
        "from_on": year["from_on"], "due_on": year["to_on"],
    }  # fmt: skip
    if "definition" in more:
        facts["shown_by"] = ""
    return keep_goal(Goal(unit=unit, owner=owner, judge=judge, **{**facts, **more}), by=judge)


def make_plan(unit: Unit, owner: User, **more: Any) -> ServicePlan:
    """A draft for this year with one task."""
    plan = ServicePlan(unit=unit, title="年度服务管理计划", words="提高接通", **this_year(), **more)
    keep_plan(plan, by=owner)
    task = PlanTask(plan=plan, title="午后增加坐席", owner=owner, due_on=plan.to_on)
    return keep_task(task, by=owner)


def make_series(unit: Unit, chair: User, *, by: User, **more: Any) -> Series:
    """Weekly meetings from today on, with a standing point."""
    members = {name: more.pop(name, []) for name in ("posts", "units", "people")}
    facts: dict[str, Any] = {
        "name": "每周例会", "kind": "weekly", "cadence": "weekly", "first_on": today(),
        "at": time(16), "minute_taker": chair, "standing": "上周工作回顾",
    }  # fmt: skip
    series = Series(unit=unit, chair=chair, **{**facts, **more})
    return keep_series(series, by=by, **members)


def make_meeting(unit: Unit, chair: User, *, by: User, **more: Any) -> Meeting:
    """The one of today, called."""
    series = make_series(unit, chair, by=by, **more)
    return call_meeting(series, series.first_on, by=by)


def make_review(unit: Unit, preparer: User, chair: User, *, by: User, **more: Any) -> Review:
    """One of the management, to be held today and every half year."""
    facts = {"kind": "management", "planned_on": today(), "every_months": 6, **more}
    return keep_review(Review(unit=unit, preparer=preparer, chair=chair, **facts), by=by)


def make_service(unit: Unit, owner: User, *, offered: bool = False, **more: Any) -> ServiceEntry:
    """A draft with one promise, or one that is offered; its next review is in a year."""
    facts = {"name": "投诉处理", "provided": "受理并答复投诉", "for_whom": "全体客户",
             "channels": ["phone"], **more}  # fmt: skip
    entry = keep_entry(ServiceEntry(unit=unit, owner=owner, **facts), by=owner)
    promise = ServicePromise(entry=entry, title="答复", value=2, stated_in="working_days")
    keep_promise(promise, by=owner)
    if offered:
        changed(entry, state="offered", approved_at=entry.kept_at, approved_by=owner,
                review_on=months_later(today(), 12))  # fmt: skip
    return entry


def make_policy(unit: Unit, owner: User, **more: Any) -> PolicyVersion:
    """A draft that is to hold from today."""
    facts = {"text": "按标准办事", "from_on": today(), **more}
    return keep_policy(PolicyVersion(unit=unit, owner=owner, **facts), by=owner)


def make_document(unit: Unit, owner: User, *, held: bool = False, **more: Any) -> DocumentVersion:
    """The first version of a document: a draft, or in force since today and reviewed in a year."""
    count = Document.objects.count()
    facts = {"number": f"QM-{count + 1:02}", "title": "投诉处理程序", "kind": "procedure", **more}
    document = keep_document(Document(unit=unit, owner=owner, **facts), by=owner)
    version = add_version(
        document, BytesIO("第一步".encode()), name="投诉处理程序.txt", change="", from_on=today(),
        by=owner,
    )  # fmt: skip
    if held:
        changed(version, state="approved", approved_at=version.kept_at, approved_by=owner,
                review_on=months_later(today(), 12))  # fmt: skip
    return version


def changed(row: Model, **facts: Any) -> None:
    """Set what the way there is not the matter of."""
    type(row)._default_manager.filter(pk=row.pk).update(**facts)
    row.refresh_from_db()

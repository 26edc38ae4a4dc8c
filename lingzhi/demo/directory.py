"""What the demo centre offers and promises, and its quality policy as leadership agreed to it."""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.core.clock import now, today
from lingzhi.governance.models import PolicyVersion, ServiceEntry, ServicePromise
from lingzhi.governance.services import directory, policies
from lingzhi.governance.services.directory_reviews import review_entry
from lingzhi.kpis.queries import headlines
from lingzhi.org.models import Post, Unit
from lingzhi.rulebook.models import Clause

TOP, MANAGER, SUPERVISOR = "7001", "7002", "7007"
POLICY = "按标准办事，用数据说话，有差错就改，改了要见效。"
SINCE = timedelta(days=200)  # ago the first versions were agreed to
DUE = timedelta(days=9)  # until one of them is to be looked at again
# name, what is provided, for whom, channels, hours, post, clauses, and promises: what, how much,
# stated in, code of the indicator, what that has to reach
SERVICES: tuple[tuple[Any, ...], ...] = (
    ("热线与在线咨询",
     "解答订单、配送、退换货和使用问题，能当场办的当场办。\n不含上门维修与技术改造。",
     "全体客户", ["phone", "chat"], "夜间只受理紧急报修", "agent", ("2.2.1", "3.1.1"),
     (("人工接起", 20, "seconds", "T02", 80.0), ("同一问题一次办好", 95, "percent", "K07", 95.0))),
    ("投诉处理", "受理投诉，查清事实，给出处理意见并回访。\n涉及赔偿的按授权办理。",
     "对服务或产品不满意的客户", ["phone", "chat"], "", "complaint_officer", ("4.1",),
     (("首次联系客户", 1, "days", "", None), ("给出处理结果", 7, "days", "K16", 95.0))),
    ("复杂问题跟进", "当场答复不了的问题由专人跟进，答复前每两天告知进展。",
     "已来电但未当场解决的客户", ["phone"], "", "team_leader", ("2.2.3", "3.2.3"),
     (("答复", 2, "working_days", "", None),)),
)  # fmt: skip
DRAFT = (
    "企业客户专席", "为签约企业提供专人对接和月度服务报告。", "签约企业客户", ["phone"], "",
    "agent", (), (("响应", 30, "minutes", "", None),),
)  # fmt: skip


def seed_directory() -> None:
    """Three services offered, one of them in its second version and one to be reviewed; a draft."""
    if ServiceEntry.objects.exists():
        return
    people = User.objects.in_bulk([TOP, MANAGER, SUPERVISOR], field_name="staff_no")
    top, manager, supervisor = (people[one] for one in (TOP, MANAGER, SUPERVISOR))
    centre = Unit.objects.get(code="centre")
    policy = policies.keep_policy(
        PolicyVersion(
            unit=centre, text=POLICY, change="补充改进要见效", from_on=today(), owner=manager
        ),
        by=manager,
    )  # fmt: skip
    policies.request_approval(policy, by=manager)
    policies.publish_policy(policy, _agreed(top))
    for told in SERVICES:
        entry = _written(told, centre, supervisor, manager)
        _offered(entry, manager, top)
        _dated_back(entry)
    _written(DRAFT, centre, supervisor, manager)
    first, second, third = ServiceEntry.objects.filter(state="offered").order_by("pk")
    review_entry(second, "kept", "近半年投诉按期办结，时限不变。", by=supervisor)
    ServiceEntry.objects.filter(pk=third.pk).update(review_on=today() + DUE)
    later = review_entry(first, "changed", "夜间受理范围写清楚", by=manager)
    later.hours = "夜间（22:00–8:00）只受理燃气、漏水等紧急报修"
    directory.keep_entry(later, by=manager)
    _offered(later, manager, top)


def _written(told: tuple[Any, ...], unit: Unit, owner: User, by: User) -> ServiceEntry:
    name, provided, for_whom, channels, hours, post, numbers, promises = told
    entry = directory.keep_entry(
        ServiceEntry(
            name=name, provided=provided, for_whom=for_whom, channels=channels, hours=hours,
            unit=unit, owner=owner, post=Post.objects.filter(code=post).first(),
        ),
        by=by,
    )  # fmt: skip
    for clause in Clause.objects.filter(version__regulation__unit=unit, number__in=numbers):
        directory.stand_on(entry, clause, by=by)
    ways = headlines()
    for title, value, stated_in, code, target in promises:
        way = ways.get(code)
        promise = ServicePromise(
            entry=entry, title=title, value=value, stated_in=stated_in, definition=way,
            target=target if way else None,
        )  # fmt: skip
        directory.keep_promise(promise, by=by)
    return entry


def _offered(entry: ServiceEntry, by: User, top: User) -> None:
    directory.request_approval(entry, by=by)
    directory.offer(entry, _agreed(top))


def _agreed(top: User) -> Approval:
    approval = Approval.objects.latest("pk")
    decide(approval, is_agreed=True, comment="同意。", by=top)
    return Approval.objects.get(pk=approval.pk)


def _dated_back(entry: ServiceEntry) -> None:
    """As if it had been agreed to in the spring, to be looked at again today."""
    ServiceEntry.objects.filter(pk=entry.pk).update(approved_at=now() - SINCE, review_on=today())

"""Channels the demo's centre publishes for complaints, and what its agents learned lately."""

from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, ComplaintChannel, Improvement, Summary
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.services.channels import keep_channel
from lingzhi.cases.services.summaries import (
    answer_summary,
    decide_improvement,
    set_cadence,
    submit_summary,
)
from lingzhi.core.clock import now, today
from lingzhi.org.queries import team_of

CHANNELS = (
    ("投诉热线", "400-800-2071 转 9", "每日 8:00–22:00", "全部产品与服务"),
    ("在线投诉", "官网“联系我们”—投诉建议", "全天，工作时间内受理", "全部产品与服务"),
    ("投诉信箱", "杭州市余杭区云栖路 1 号 客户关怀部", "邮政投递", "需提交书面材料的投诉"),
    ("现场接待", "一楼客户接待处", "工作日 9:00–17:30", "来访客户"),
)  # fmt: skip
LEARNED = (
    (
        "物流类问题最多，客户多次来电询问同一订单。",
        ("发货后自动短信告知物流单号", "物流异常满两天主动外呼"),
    ),
    ("安装预约改期说明不清，引起两次重开。", ("预约确认短信写明改期办法",)),
    ("退款时限答复不一致。", ("统一退款时限话术",)),
)  # fmt: skip


def seed_channels() -> None:
    """Four channels."""
    if ComplaintChannel.objects.exists():
        return
    for order, (name, how, hours, for_whom) in enumerate(CHANNELS):
        row = ComplaintChannel(name=name, how=how, hours=hours, for_whom=for_whom, order=order)
        keep_channel(row, by=None)


def seed_summaries() -> None:
    """About the last thirty days, from which the demo's cases are: three agents have handed in,
    one was answered, one is still asked.
    """
    if Summary.objects.exists():
        return
    set_cadence("monthly", by=None)
    first, last = today() - timedelta(days=29), today()
    handled = Case.objects.filter(handler__isnull=False).values("handler")
    people = User.objects.filter(pk__in=handled).order_by("staff_no")[: len(LEARNED) + 1]
    for number, person in enumerate(people):
        summary = Summary.objects.create(
            person=person, unit=team_of(person, last), from_on=first, to_on=last, asked_at=now()
        )
        if number < len(LEARNED):
            submit_summary(summary, *LEARNED[number], by=person)
    _answer(Summary.objects.filter(unit__isnull=False, submitted_at__isnull=False).first())


def _answer(summary: Summary | None) -> None:
    leaders = leaders_of(summary.unit) if summary and summary.unit else []
    leader = next((one for one in leaders if summary and one != summary.person), None)
    if summary is None or leader is None:
        return
    answer_summary(summary, "写得具体，第一条已安排。", by=leader)
    proposal = Improvement.objects.filter(summary=summary).order_by("pk").first()
    if proposal is not None:
        decide_improvement(proposal, "adopted", "下月起随发货短信告知", by=leader)

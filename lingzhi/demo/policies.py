"""The demo's settings of inspection, and what followed its released scores."""

from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Coaching, Policy, Review
from lingzhi.inspections.services import acknowledge_review
from lingzhi.inspections.services.coaching import finish_coaching, write_coaching
from lingzhi.inspections.services.policies import set_policy
from lingzhi.org.models import Assignment, Unit

PURPOSES = (
    "质检用于改进服务、发现流程与知识的缺陷、辅导坐席，并核实客户投诉。\n"
    "质检结果不单独作为薪酬依据；不满最小统计人数的数据不予发布。"
)
TALKS = ("先确认客户诉求，再说明时限。", "结束前复述一遍约定。", "听两段优秀录音，下周一起复盘。")


def seed_policy() -> None:
    """What monitoring is for in the demo's centre."""
    centre = Unit.objects.filter(code="centre").first()
    setter = _first("quality_manager")
    if centre is None or setter is None or Policy.objects.exists():
        return
    set_policy(centre, {"purposes": PURPOSES, "recheck_ratio": 0.15}, by=setter)


def seed_coaching() -> None:
    """Some agents have read their score, some leaders agreed on something with them."""
    if Coaching.objects.exists():
        return
    rows = Review.objects.filter(state=Review.State.RELEASED, agent__isnull=False)
    for number, review in enumerate(rows.select_related("agent", "unit").order_by("pk")):
        if number % 3 == 0 and review.agent is not None:
            acknowledge_review(review, by=review.agent)
        leader = review.unit.owner if review.unit else None
        leader = leader or _leader_of(review)
        if leader is not None and number % 5 == 1:
            note = TALKS[number % len(TALKS)]
            due = today() + timedelta(days=7)
            talk = write_coaching(review, note, due, by=leader)
            if number % 2:
                finish_coaching(talk, by=leader)


def _leader_of(review: Review) -> User | None:
    held = Assignment.objects.filter(role="team_leader", unit=review.unit_id)
    found = held.select_related("person").first()
    return found.person if found else None


def _first(role: str) -> User | None:
    held = Assignment.objects.filter(role=role).select_related("person")
    found = held.order_by("person__staff_no").first()
    return found.person if found else None

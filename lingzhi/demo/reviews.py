"""The demo centre's reviews: one closed with its decisions, one being held, two to come."""

from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import now, today
from lingzhi.governance.models import Review, ReviewDecision
from lingzhi.governance.services import review_decisions, reviews
from lingzhi.org.models import Unit

TOP, MANAGER, SUPERVISOR, INSPECTOR = "7001", "7002", "7007", "7003"
DAY = timedelta(days=1)
AGO = 14 * DAY
SAID = {
    "suitable": ("good", "方针、目标与三年规划一致；新开的在线渠道已纳入体系。"),
    "adequate": ("partly", "制度覆盖齐全；夜班与在线渠道的人手、工具仍有缺口。"),
    "effective": ("partly", "接通与质检合格稳定；一次解决与回访时效未达目标，已列整改。"),
    "people": ("bad", "午后高峰缺两席，新人占比高，排班与预测见上方各组人数。"),
    "equipment": ("good", "耳机本季度整批更换，备机充足，抽查无故障。"),
}
CONCLUSION = (
    "体系总体适宜、有效，充分性不足：夜班人手与在线渠道工具需补足。\n\n"
    "下半年改进方向：一次解决、回访时效、在线渠道。"
)


def seed_reviews() -> None:
    """Each in another state."""
    if Review.objects.exists():
        return
    numbers = [TOP, MANAGER, SUPERVISOR, INSPECTOR]
    people = User.objects.in_bulk(numbers, field_name="staff_no")
    company = Unit.objects.get(kind=Unit.Kind.COMPANY, parent=None)
    centre = Unit.objects.get(code="centre")
    held = _planned(company, "management", 3, people[MANAGER], people[TOP])
    _closed(held, people)
    resources = _planned(centre, "resources", 3, people[SUPERVISOR], people[MANAGER])
    _open(resources, people[MANAGER])
    goals = _planned(centre, "goals", 12, people[MANAGER], people[TOP], in_days=10)
    reviews.prepare_review(goals, by=people[MANAGER])
    _planned(centre, "service", 3, people[SUPERVISOR], people[MANAGER], in_days=40)
    _planned(centre, "rulebook", 12, people[INSPECTOR], people[MANAGER], in_days=75)


def _planned(
    unit: Unit, kind: str, every: int, preparer: User, chair: User, *, in_days: int = 0
) -> Review:
    review = Review(
        unit=unit, kind=kind, every_months=every, preparer=preparer, chair=chair,
        planned_on=today() + in_days * DAY,
    )  # fmt: skip
    return reviews.keep_review(review, by=preparer)


def _open(review: Review, by: User) -> None:
    """Prepared, opened, and judged as far as there are words for it."""
    reviews.prepare_review(review, by=by)
    reviews.hold_review(review, by=by)
    for line in review.lines.filter(question__in=SAID):
        reviews.judge_line(line, *SAID[line.question], by=by)


def _closed(review: Review, people: dict[str, User]) -> None:
    """Held two weeks ago; of three decisions one is done, one late, one to come."""
    top = people[TOP]
    _open(review, top)
    given = (
        ("在线渠道配齐知识检索与质检工具", MANAGER, 30), ("夜班增配两席", SUPERVISOR, 20),
        ("修订回访时限并重新宣贯", MANAGER, 60),
    )  # fmt: skip
    made = [
        review_decisions.decide(
            ReviewDecision(
                review=review, words=words, owner=people[who], due_on=today() + days * DAY
            ),
            by=top,
        )
        for words, who, days in given
    ]
    review_decisions.report_decision(made[0], "工具已上线，全员培训完成。", by=people[MANAGER])
    ReviewDecision.objects.filter(pk=made[1].pk).update(due_on=today() - 3 * DAY)
    reviews.close_review(review, CONCLUSION, by=top)
    then = now() - AGO
    Review.objects.filter(pk=review.pk).update(
        planned_on=today() - AGO, created_at=then - 30 * DAY, prepared_at=then - 7 * DAY,
        held_at=then, closed_at=then + 3 * DAY,
    )  # fmt: skip
    last = (today() - AGO - DAY).isoformat()
    for line in review.lines.exclude(source=""):
        line.facts["last"] = last
        line.save(update_fields=["facts"])
    reviews.plan_next()

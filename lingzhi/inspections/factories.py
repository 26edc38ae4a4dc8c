"""Rules, sheets and scores for tests, made through the same doors as real ones."""

from datetime import date
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.inspections.models import Draw, Plan, Review, RuleVersion, Sheet, SheetVersion, Task
from lingzhi.inspections.services import (
    activate_sheet,
    activate_version,
    create_rule,
    create_sheet,
    open_review,
    release_review,
    save_review,
    shadow_version,
    submit_review,
)
from lingzhi.inspections.services.plans import create_plan, start_plan
from lingzhi.org.models import Unit

SHIRKING: dict[str, Any] = {
    "id": "ownership.shirking",
    "title": {"zh-Hans": "推诿用语", "en": "Shirking"},
    "why": {"zh-Hans": "谁先接到，谁负责到底。", "en": "Who answers first owns the matter."},
    "dimension": "ownership",
    "severity": "severe",
    "scope": {"role": "agent"},
    "conditions": {"pushed": {"op": "text.keyword", "words": ["不归我们管"]}},
    "when": "pushed",
    "effect": {"kind": "violation", "points": -5},
    "tests": {"hit": [["agent: 这个不归我们管"]], "miss": [["agent: 我帮您查一下"]]},
}
LENGTH: dict[str, Any] = {
    "id": "time.too_long",
    "title": {"zh-Hans": "停顿过久", "en": "Long silence"},
    "dimension": "time",
    "severity": "moderate",
    "scope": {"role": "any"},
    "conditions": {"silent": {"op": "time.silence", "min_ms": 20000}},
    "when": "silent",
    "tests": {
        "hit": [["agent@0-1000: 稍等", "agent@30000-31000: 好了"]],
        "miss": [["agent@0-1000: 您好", "customer@1500-2000: 你好"]],
    },
}


JUDGED: dict[str, Any] = {
    "id": "ownership.judged",
    "title": {"zh-Hans": "推诿（大模型）", "en": "Shirking (model)"},
    "dimension": "ownership",
    "severity": "minor",
    "scope": {"role": "agent"},
    "conditions": {"j": {"op": "llm.judge", "criteria": ["座席推诿，说「不归我们管」"]}},
    "when": "j",
    "effect": {"kind": "signal"},
    "tests": {"hit": [["agent: 这个不归我们管"]], "miss": [["agent: 我帮您查一下"]]},
}


def make_rule(body: dict[str, Any] | None = None, *, state: str = "active", **own: Any) -> Any:
    """The first version of a rule in `state` (draft, shadow, active); `own` overrides its body."""
    version = create_rule({**(body or SHIRKING), **own}, by=None)
    if state != "draft":
        {"shadow": shadow_version, "active": activate_version}[state](version, by=None)
    return RuleVersion.objects.select_related("rule").get(pk=version.pk)


_YES_NO = [
    {"code": "yes", "title": "做到", "share": 1},
    {"code": "no", "title": "没做到", "share": 0},
]
SHEET: dict[str, Any] = {
    "title": "通话评分",
    "passes_at": 80,
    "sections": [
        {
            "code": "s",
            "title": "服务",
            "items": [
                {"code": "greet", "title": "问候", "points": 40, "answers": _YES_NO},
                {"code": "solve", "title": "解决", "points": 60, "answers": _YES_NO},
            ],
        }
    ],
}


def make_sheet(by: User, content: dict[str, Any] | None = None, code: str = "plain") -> Any:
    """A sheet in force of two yes-or-no items: `greet` (40 points) and `solve` (60)."""
    version = create_sheet(code, content or SHEET, by=by)
    activate_sheet(version, by=by)
    return SheetVersion.objects.select_related("sheet").get(pk=version.pk)


def make_review(
    contact: Contact, version: SheetVersion, *, by: User, lead: User | None = None, **answers: str
) -> Review:
    """A score that `by` gave; released where `lead` is named. What is not answered is "yes"."""
    review = open_review(contact, version, reason="for a test", by=by)
    given = {item.code: {"value": answers.get(item.code, "yes")} for item in version.read().items}
    save_review(review, given, {}, seen=0, summary="", by=by)
    submit_review(review, by=by)
    if lead is not None:
        release_review(review, by=lead)
    review.refresh_from_db()
    return review


def running_plan(unit: Unit, sheet: Sheet, *inspectors: User, by: User, **own: Any) -> Plan:
    """An active monthly plan of `unit`; `own` overrides its fields."""
    plan = Plan.objects.create(
        title="月度抽检", unit=unit, sheet=sheet, seed=7, from_on=today(), created_at=now(),
        state=Plan.State.ACTIVE, created_by=by, **own,
    )  # fmt: skip
    plan.inspectors.set(inspectors)
    return plan


def make_task(plan: Plan, contact: Contact, *, inspector: User | None = None, **own: Any) -> Task:
    """An open task of the plan's one draw of this month."""
    draw, _new = Draw.objects.get_or_create(
        plan=plan, from_on=today().replace(day=1),
        defaults={
            "to_on": today(), "seed": plan.seed, "frame_count": 1, "frame_sha256": "",
            "drawn_at": now(),
        },
    )  # fmt: skip
    given = {"reason": Task.Reason.RANDOM, "inclusion": 0.1, "created_at": now(), **own}
    return Task.objects.create(
        plan=plan, draw=draw, contact=contact, sheet=plan.sheet, inspector=inspector, **given
    )


def make_plan(cast: Any, sheet: SheetVersion, *, state: str = "active", **terms: Any) -> Plan:
    """A plan of Quan's over the hotline, running since November began; `terms` are its fields."""
    given = {
        "title": "月度质检", "unit": cast.hotline, "sheet": sheet.sheet, "method": "stratified",
        "strata": [], "size": 10, "nonhit_ratio": 0, "cadence": "month", "seed": 7,
        "from_on": date(2026, 11, 1), "inspectors": [cast.ines],
    }  # fmt: skip
    plan = create_plan({**given, **terms}, by=cast.quan)
    if state == "active":
        start_plan(plan, by=cast.quan)
    return plan

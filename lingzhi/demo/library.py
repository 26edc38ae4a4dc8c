"""Typical cases of the demo: good and bad ones in the library, one proposed, one retired."""

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Finding, Review, TypicalCase
from lingzhi.inspections.services.library import (
    CaseDraft,
    approve_case,
    propose_case,
    retire_case,
)
from lingzhi.org.models import Assignment

Kind = TypicalCase.Kind
BAD = (
    ("ownership.shirking", "推诿用语，未负责到底", "ownership", "首问负责，不推诿",
     "客户第一次来电即被推开。正确做法：登记诉求，说明由谁、何时回复，并跟进到办结。"),
    ("courtesy.impatient", "语气不耐烦", "courtesy", "用语礼貌、语气耐心",
     "客户反复询问时显出不耐烦。正确做法：先回应情绪，再换一种说法解释，并确认对方听懂。"),
)  # fmt: skip


def seed_library() -> None:
    """From scores and findings that are there, proposed by an inspector, approved by a lead."""
    inspector, lead = _holder("inspector"), _holder("quality_manager")
    if TypicalCase.objects.exists() or inspector is None or lead is None:
        return
    cases = [*_good(inspector), *_bad(inspector)]
    for case in cases[:-1]:
        approve_case(case, by=lead)
    if len(cases) > 3:
        retire_case(cases[1], reason="话术已更新，另有新案例。", by=lead)


def _holder(role: str) -> User | None:
    held = Assignment.objects.filter(role=role).select_related("person")
    first = held.order_by("person__staff_no").first()
    return first.person if first else None


def _good(by: User) -> list[TypicalCase]:
    rows = Review.objects.filter(state=Review.State.RELEASED, value__gte=95)
    titles = ("开场、核实、答复、收尾一气呵成", "主动说明时限并确认理解")
    scores = rows.select_related("contact__unit", "contact__agent").order_by("-value", "pk")
    return [
        propose_case(
            review.contact,
            CaseDraft(
                title, Kind.GOOD, "步骤完整，先复述诉求再给方案，每一步都让客户知道下一步是什么。",
                list(range(1, 13)), dimension="courtesy", item="倾听并确认客户的意思",
                tags=["开场", "复述", "时限"],
            ),
            review=review, by=by,
        )
        for title, review in zip(titles, scores, strict=False)
    ]  # fmt: skip


def _bad(by: User) -> list[TypicalCase]:
    found = []
    for code, title, dimension, item, why in BAD:
        rows = Finding.objects.filter(version__rule__code=code, verdict="hit", turn__isnull=False)
        hit = rows.select_related("inspection__contact__agent").order_by("pk").first()
        if hit is None or hit.turn is None:
            continue
        turns = list(range(max(1, hit.turn - 3), hit.turn + 4))
        draft = CaseDraft(title, Kind.BAD, why, turns, dimension, item, ["警示"])
        found.append(propose_case(hit.inspection.contact, draft, by=by))
    return found

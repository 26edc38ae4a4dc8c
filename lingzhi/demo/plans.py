"""The demo centre's inspection plans: a routine one by risk, and so many of each agent."""

from datetime import timedelta

from lingzhi.core.clock import today
from lingzhi.demo.scores import holders
from lingzhi.inspections.models import Plan, Sheet
from lingzhi.inspections.services.drawing import draw_due, draw_now
from lingzhi.inspections.services.plans import create_plan, start_plan
from lingzhi.org.models import Unit

WEEKS = 4


def seed_plans() -> None:
    """Two running plans over the last four weeks, each with its draws."""
    sheet = Sheet.objects.filter(code="call_rating", versions__state="active").first()
    centre = Unit.objects.filter(code="centre").first()
    manager = holders("quality_manager")[:1]
    if sheet is None or centre is None or not manager or Plan.objects.exists():
        return
    by, monday = manager[0], today() - timedelta(days=today().weekday() + 7 * WEEKS)
    shared = {
        "unit": centre,
        "sheet": sheet,
        "from_on": monday,
        "inspectors": holders("inspector"),
    }
    weekly = create_plan(
        {
            **shared, "title": "每周风险抽检",
            "content": "严重命中、新员工和重复来访多抽，留一成无命中会话看漏检。",
            "method": Plan.Method.RISK, "size": 20, "cadence": Plan.Cadence.WEEK, "hours": 4.0,
            "weights": {"severe": 9.0, "new_staff": 2.0, "repeat": 1.0},
            "musts": ["escalation"], "most_musts": 5, "leaves_out": ["silent", "misdialled"],
            "shortest_seconds": 20, "nonhit_ratio": 0.1, "seed": 20261123,
        },
        by=by,
    )  # fmt: skip
    start_plan(weekly, by=by)
    draw_due(weekly)
    each = create_plan(
        {
            **shared, "title": "每人两条专项检查", "content": "投诉受理与承诺时限。",
            "breadth": Plan.Breadth.SPECIAL, "method": Plan.Method.SPREAD, "per_agent": 2,
            "cadence": Plan.Cadence.ONCE, "to_on": today(), "seed": 20261124,
        },
        by=by,
    )  # fmt: skip
    start_plan(each, by=by)
    draw_now(each, by=by)

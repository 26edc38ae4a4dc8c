from datetime import date
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.inspections.models import OldScore
from tests.permissions.objects import Route, Whose


def old_score(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A score of an earlier system about the person."""
    made = OldScore.objects.create(
        source="old", number="1", scored_on=date(2026, 1, 5), agent_said=whose.person.staff_no,
        agent=whose.person, unit=whose.unit, value=90,
    )  # fmt: skip
    return {"pk": made.pk}


ROUTES = {
    "inspections:old_scores": Route(),
    "inspections:old_score": Route(old_score),
}

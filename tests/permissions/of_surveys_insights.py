"""Needs, benchmarks and pain points."""

from datetime import timedelta
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import today
from lingzhi.surveys.models import Insight
from lingzhi.surveys.services.insights import save_insight
from tests.permissions.objects import Route, Whose


def insight(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = Insight(
        kind="need", title="?", words="?", source="staff", evidence="/", unit=whose.unit,
        owner=whose.person, review_on=today() + timedelta(days=30),
    )  # fmt: skip
    return {"pk": save_insight(found, by=cast.quan).pk}


ROUTES = {
    "surveys:insights": Route(),
    "surveys:add_insight": Route(),
    "surveys:insight": Route(insight),
    "surveys:edit_insight": Route(insight),
    "surveys:review_insight": Route(insight),
}

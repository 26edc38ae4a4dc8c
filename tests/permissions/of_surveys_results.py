"""What surveys say."""

from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.surveys.models import WeakLink
from tests.permissions.objects import Route, Whose


def link(_cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": whose.unit.pk, "dimension": "attitude"}


def given(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = WeakLink.objects.create(
        unit=whose.unit, dimension="attitude", satisfied=10, asked=40, target=85, due_on=today(),
        told_at=now(), told_by=cast.quan,
    )  # fmt: skip
    return {"pk": row.pk}


ROUTES = {
    "surveys:weak_links": Route(),
    "surveys:weak_link": Route(given),
    "surveys:results": Route(),
    "surveys:result_answers": Route(),
    "surveys:bias": Route(),
    "surveys:signals": Route(),
    "surveys:tell_weak_link": Route(
        link, "post", missing={"pk": 999_999_999, "dimension": "attitude"}
    ),
}

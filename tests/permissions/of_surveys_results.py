"""What surveys say."""

from typing import Any

from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose


def link(_cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": whose.unit.pk, "dimension": "attitude"}


ROUTES = {
    "surveys:results": Route(),
    "surveys:result_answers": Route(),
    "surveys:bias": Route(),
    "surveys:signals": Route(),
    "surveys:tell_weak_link": Route(
        link, "post", missing={"pk": 999_999_999, "dimension": "attitude"}
    ),
}

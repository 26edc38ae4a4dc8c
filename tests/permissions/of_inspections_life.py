"""The life of a score after it is given, and the settings of human inspection."""

from typing import Any

from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose
from tests.permissions.of_inspections import review


def site(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The centre, whoever asks: its settings are no person's."""
    return {"pk": cast.hotline.pk}


ROUTES = {
    "inspections:policies": Route(),
    "inspections:policy": Route(site),
    "inspections:fair": Route(),
    "inspections:fair_at": Route(site),
    "inspections:recheck_review": Route(review("scored")),
    "inspections:release_reviews": Route(method="post"),
}

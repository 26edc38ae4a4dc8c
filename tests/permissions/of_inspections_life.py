"""The life of a score after it is given, and the settings of human inspection."""

from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.inspections.models import Review
from lingzhi.inspections.services.coaching import write_coaching
from tests.permissions.objects import Route, Whose
from tests.permissions.of_inspections import review


def site(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The centre, whoever asks: its settings are no person's."""
    return {"pk": cast.hotline.pk}


def coaching(cast: Cast, whose: Whose) -> dict[str, Any]:
    """What was agreed with the person about a released score."""
    made = Review.objects.get(pk=review("released")(cast, whose)["pk"])
    return {"pk": write_coaching(made, "Listen first.", today(), by=cast.quan).pk}


def closed(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A released score about the person whose month is closed."""
    made = review("released")(cast, whose)
    Review.objects.filter(pk=made["pk"]).update(closed_at=now())
    return made


ROUTES = {
    "inspections:closing": Route(),
    "inspections:close_month": Route(site, method="post", data={"month": "2020-01"}),
    "inspections:corrections": Route(),
    "inspections:correct_review": Route(closed),
    "inspections:own": Route(),
    "inspections:team_scores": Route(),
    "inspections:coach": Route(
        review("released"), method="post", data={"note": "Listen.", "due_on": "2100-01-01"}
    ),
    "inspections:finish_coaching": Route(coaching, method="post"),
    "inspections:policies": Route(),
    "inspections:policy": Route(site),
    "inspections:fair": Route(),
    "inspections:fair_at": Route(site),
    "inspections:recheck_review": Route(review("scored")),
    "inspections:release_reviews": Route(method="post"),
}

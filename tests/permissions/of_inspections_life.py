"""The life of a score after it is given, and the settings of human inspection."""

from io import BytesIO
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.files.services import store_file
from lingzhi.inspections.models import Photo, Review
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


def photo(state: str) -> Any:
    """A photo of a score about the person, in `state`."""

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        made = review(state)(cast, whose)
        by = Review.objects.get(pk=made["pk"]).inspector
        stored = store_file(BytesIO(b"\xff\xd8\xff"), name="a.jpg", purpose="photo", by=by)
        return {"pk": Photo.objects.create(review_id=made["pk"], item="greet", file=stored).pk}

    return make


def item(state: str) -> Any:
    """An item of a score about the person."""
    return lambda cast, whose: {**review(state)(cast, whose), "item": "greet"}


NO_ITEM = {"pk": 999_999_999, "item": "greet"}
ROUTES = {
    "inspections:note_heard": Route(review("draft"), method="post"),
    "inspections:similar_reviews": Route(item("released"), missing=NO_ITEM),
    "inspections:review_photos": Route(item("draft"), missing=NO_ITEM),
    "inspections:photo": Route(photo("released")),
    "inspections:remove_photo": Route(photo("draft"), method="post"),
    "inspections:closing": Route(),
    "inspections:close_month": Route(site, method="post", data={"month": "2020-01"}),
    "inspections:corrections": Route(),
    "inspections:late_scores": Route(),
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

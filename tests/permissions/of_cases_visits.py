from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Visit, VisitPhoto
from lingzhi.cases.services.visits import Appointment, plan_visit
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.files.models import StoredFile
from tests.permissions.objects import Route, Whose
from tests.permissions.of_cases import by_number


def a_visit(cast: Cast, whose: Whose) -> Visit:
    """A visit on which the person goes, for their own unit."""
    case = make_case(by=cast.nora, unit=whose.unit, type_code="repair")
    begins = now() + timedelta(hours=1)
    ends = begins + timedelta(hours=1)
    agreed = Appointment(whose.person, whose.unit, "?", "?", begins, ends, case)
    return plan_visit(agreed, by=cast.nora)


def visit(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_visit(cast, whose).pk}


def step(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_visit(cast, whose).pk, "step": "set-out"}


def a_photo(cast: Cast, whose: Whose) -> dict[str, Any]:

    stored_as = default_storage.save("visit/x", ContentFile(b"\xff\xd8\xff" + bytes(20)))
    file = StoredFile.objects.create(
        stored_as=stored_as, name="x.jpg", purpose="visit", size=23, sha256="0" * 64,
        stored_at=now(),
    )  # fmt: skip
    return {"pk": VisitPhoto.objects.create(visit=a_visit(cast, whose), file=file).pk}


ROUTES = {
    "cases:visits": Route(),
    "cases:my_visits": Route(),
    "cases:plan_maintenance": Route(),
    "cases:plan_visit": Route(by_number),
    "cases:visit": Route(visit),
    "cases:go_on_visit": Route(step, method="post", missing={"pk": 999_999_999, "step": "set-out"}),
    "cases:finish_visit": Route(visit, method="post"),
    "cases:give_up_visit": Route(visit, method="post"),
    "cases:rebook_visit": Route(visit, method="post"),
    "cases:add_visit_photo": Route(visit, method="post"),
    "cases:visit_photo": Route(a_photo),
}

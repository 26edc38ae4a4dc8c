from typing import Any

from lingzhi.cases.services.afterwards import begin_sheet, mark_major, open_process_review
from lingzhi.conftest import Cast
from tests.permissions.objects import Route, Whose
from tests.permissions.of_cases import a_case, by_number


def a_sheet(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": begin_sheet(a_case(cast, whose), cast.company, "?", by=whose.person).pk}


def a_major(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": mark_major(a_case(cast, whose), "?", by=cast.nora).pk}


def a_review(cast: Cast, whose: Whose) -> dict[str, Any]:
    case = a_case(cast, whose)
    reviewer = cast.sam if whose.person == cast.sol else cast.sol
    return {"pk": open_process_review(case, "?", reviewer, by=cast.nora).pk}


ROUTES = {
    "cases:sheets": Route(),
    "cases:begin_sheet": Route(by_number, method="post"),
    "cases:file_sheet": Route(a_sheet, method="post"),
    "cases:major_matters": Route(),
    "cases:mark_major": Route(by_number, method="post"),
    "cases:acknowledge_major": Route(a_major, method="post"),
    "cases:process_reviews": Route(),
    "cases:process_review": Route(a_review),
    "cases:open_process_review": Route(by_number, method="post"),
}

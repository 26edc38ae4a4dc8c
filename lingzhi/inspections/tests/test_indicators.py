"""Indicators of what people and rules judged, on made conversations, against counting by hand."""

from datetime import timedelta

import pytest

from lingzhi.core.clock import today
from lingzhi.inspections.factories import make_review, make_rule, make_sheet
from lingzhi.inspections.tests.test_trust import talks
from lingzhi.kpis.queries import Period, Scope, figure
from lingzhi.kpis.services import count_definition, ensure_definition

pytestmark = pytest.mark.django_db
ANSWERS = [
    {"code": "yes", "title": "做到", "share": 1}, {"code": "no", "title": "没做到", "share": 0},
]  # fmt: skip
POINTS = {"answer_right": 30, "solution": 30, "record": 10, "courtesy": 20, "hand_over": 10}
SHEET = {
    "title": "通话评分", "passes_at": 80,
    "sections": [{"code": "s", "title": "服务", "items": [
        {"code": code, "title": code, "points": points, "answers": ANSWERS}
        for code, points in POINTS.items()
    ]}],
}  # fmt: skip


def parts(cast, code, way="", **params):
    definition = ensure_definition(code, way, params, by=None)
    span = Period(today() - timedelta(days=1), today())
    count_definition(definition, span.first, span.last)
    found = figure(definition, Scope.of_unit(cast.company), span)
    return found.numerator, found.denominator, found.unknown


def test_accuracy_attitude_and_teamwork_come_from_items_of_sheets(cast):
    sheet = make_sheet(cast.quan, SHEET, code="call_rating")
    one, two, three = talks(3, "客户:我要退款\n客服:我帮您查一下")
    make_review(one, sheet, by=cast.ines, lead=cast.quan)
    make_review(two, sheet, by=cast.ines, lead=cast.quan, solution="no", courtesy="no")
    missed = {"answer_right": "no", "record": "no", "hand_over": "no"}
    make_review(three, sheet, by=cast.ines, lead=cast.quan, **missed)
    assert parts(cast, "K09") == (2, 3, 0)
    assert parts(cast, "K10") == (2, 3, 0)
    assert parts(cast, "K11") == (1, 3, 0)  # right in answer, solution and record: one of three
    points = 100 + 100 * 40 / 70 + 100 * 30 / 70
    assert parts(cast, "K11", "items_points") == (pytest.approx(points), 3, 0)
    assert parts(cast, "K25") == (200, 3, 0)
    assert parts(cast, "K26") == (200, 3, 0)


def test_phrases_process_and_records_come_from_rules(cast):
    for code, dimension, words in (
        ("courtesy.rude", "courtesy", "烦死了"),
        ("ownership.shirking", "ownership", "不归我们管"),
        ("ownership.no_callback_number", "ownership", "回头再说"),
    ):
        make_rule(
            id=code, dimension=dimension,
            conditions={"said": {"op": "text.keyword", "words": [words]}}, when="said",
            tests={"hit": [[f"agent: {words}"]], "miss": [["agent: 我帮您查一下"]]},
        )  # fmt: skip
    said = ("烦死了", "不归我们管", "烦死了不归我们管", "回头再说", "我帮您查")
    for at, words in enumerate(said):
        talks(1, f"客户:我要退款\n客服:{words}", start=at)
    assert parts(cast, "K20") == (3, 5, 0)
    assert parts(cast, "K21") == (2, 5, 0)
    assert parts(cast, "K21", "checks") == (7, 10, 0)
    assert parts(cast, "K22") == (4, 5, 0)

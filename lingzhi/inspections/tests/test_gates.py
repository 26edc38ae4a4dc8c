"""The quality gate: what has not passed does not leave the house."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import SHEET, make_sheet
from lingzhi.inspections.models import GateCheck
from lingzhi.inspections.queries.gates import Why, may_deliver
from lingzhi.inspections.services.correcting import AnswersMissing
from lingzhi.inspections.services.gates import (
    GateShut,
    NotBlocked,
    OwnCheck,
    check_deliverable,
    let_through,
    retire_gate,
    set_gate,
)

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
GOOD = {"greet": {"value": "yes"}, "solve": {"value": "yes"}}
BAD = {"greet": {"value": "yes"}, "solve": {"value": "no"}}


@pytest.fixture
def gate(cast):
    sheet = make_sheet(cast.quan).sheet
    return set_gate("reply", "书面答复", unit=cast.hotline, sheet=sheet, by=cast.quan)


def why(reference="R-1"):
    found = may_deliver("reply", reference)
    return found.is_given, found.why


def test_what_is_not_checked_is_blocked_and_what_passed_may_leave(cast, gate):
    assert why() == (False, Why.UNCHECKED)
    check_deliverable(gate, "R-1", GOOD, by=cast.ines)
    assert why() == (True, Why.PASSED)
    assert why("R-2") == (False, Why.UNCHECKED)
    assert Entry.objects.filter(action="inspections.gate_checked").count() == 1


def test_what_failed_is_blocked_until_a_later_check_passes(cast, gate):
    check_deliverable(gate, "R-1", BAD, by=cast.ines)
    assert why() == (False, Why.FAILED)
    check_deliverable(gate, "R-1", GOOD, by=cast.ines)
    assert why() == (True, Why.PASSED)
    check_deliverable(gate, "R-1", BAD, by=cast.ines)
    assert why() == (False, Why.FAILED)


def test_somebody_else_lets_it_through_with_a_reason_once(cast, gate):
    check = check_deliverable(gate, "R-1", BAD, by=cast.ines)
    with pytest.raises(BadInput):
        let_through(check, reason=" ", by=cast.quan)
    with pytest.raises(OwnCheck):
        let_through(check, reason="urgent", by=cast.ines)
    let_through(check, reason="the law's limit ends today", by=cast.quan)
    assert why() == (True, Why.RELEASED)
    with pytest.raises(NotBlocked):
        let_through(check, reason="again", by=cast.quan)


def test_only_the_newest_check_is_let_through(cast, gate):
    first = check_deliverable(gate, "R-1", BAD, by=cast.ines)
    check_deliverable(gate, "R-1", BAD, by=cast.ines)
    with pytest.raises(NotBlocked):
        let_through(first, reason="urgent", by=cast.quan)


def test_an_unfinished_check_is_none(cast, gate):
    with pytest.raises(AnswersMissing):
        check_deliverable(gate, "R-1", {"greet": {"value": "yes"}}, by=cast.ines)
    with pytest.raises(BadInput):
        check_deliverable(gate, " ", GOOD, by=cast.ines)
    assert not GateCheck.objects.exists()


def test_without_a_gate_nothing_is_blocked(cast, gate):
    assert may_deliver("letter", "1").why == Why.NO_GATE
    retire_gate(gate, by=cast.quan)
    assert why() == (True, Why.NO_GATE)
    with pytest.raises(GateShut):
        retire_gate(gate, by=cast.quan)


def test_a_sheet_without_a_passing_line_guards_nothing(cast):
    content = {name: value for name, value in SHEET.items() if name != "passes_at"}
    sheet = make_sheet(cast.quan, content).sheet
    with pytest.raises(BadInput):
        set_gate("reply", "x", unit=cast.hotline, sheet=sheet, by=cast.quan)


def test_its_pages(cast, as_, gate):
    client = as_(cast.ines)
    url = reverse("inspections:check_deliverable", args=[gate.pk])
    assert client.get(url, headers=ENGLISH).status_code == 200
    half = client.post(url, {"reference": "R-7", "answer-greet": "yes"}, headers=ENGLISH)
    assert half.status_code == 422
    data = {"reference": "R-7", "answer-greet": "yes", "answer-solve": "no"}
    made = client.post(url, data)
    page = client.get(made.url, headers=ENGLISH).content.decode()
    assert "Blocked" in page
    check = GateCheck.objects.get()
    release = reverse("inspections:let_through", args=[check.pk])
    assert client.post(release, {"reason": "x"}).status_code == 403
    assert as_(cast.quan).post(release, {"reason": "urgent"}).status_code == 302
    listed = as_(cast.quan).get(
        reverse("inspections:gates"), {"state": "released"}, headers=ENGLISH
    )
    assert [one.reference for one in listed.context["page"]] == ["R-7"]


def test_a_gate_is_set_on_its_page(cast, as_):
    sheet = make_sheet(cast.quan).sheet
    data = {"kind": "reply", "title": "书面答复", "unit": cast.hotline.pk, "sheet": sheet.pk}
    client = as_(cast.quan)
    assert client.post(reverse("inspections:new_gate"), data).status_code == 302
    assert client.post(reverse("inspections:new_gate"), data).status_code == 422
    assert as_(cast.ada).get(reverse("inspections:new_gate")).status_code == 403

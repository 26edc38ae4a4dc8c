"""Where service and supervision are separated, who serves inspects nobody (R-OR-09)."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import InspectionRun, RuleVersion
from lingzhi.org.services import assign_role, change_lines, create_unit

START = reverse("inspections:start_run")


@pytest.fixture
def _separated(cast):
    values = {"is_separated": True, "is_vertical": True, "is_direct": False}
    change_lines(values, by=cast.sol)
    make_contact("C1", agent="1002", turns="客服:不归我们管")
    make_contact("C2", agent="2002", turns="客服:不归我们管")


@pytest.fixture
def quality(cast):
    """A supervising department beside the centre, in which Ines and Quan work besides."""
    unit = create_unit(
        kind="department", name="质量管理部", parent=cast.company, line="supervision", by=cast.sol
    )
    for person, role in ((cast.ines, "inspector"), (cast.quan, "quality_manager")):
        assign_role(person, role, unit, from_on=date(2026, 1, 1), by=cast.sam)
    return unit


def started(client, **filters) -> int:
    return client.post(START, {"period": "all", **filters}).status_code


@pytest.mark.usefixtures("_separated")
def test_who_serves_starts_no_run(as_, cast):
    make_rule()
    assert started(as_(cast.ines)) == 409
    assert not InspectionRun.objects.exists()


@pytest.mark.usefixtures("_separated", "quality")
def test_a_supervisor_starts_a_run(as_, cast):
    make_rule()
    assert started(as_(cast.ines)) == 302


@pytest.mark.usefixtures("_separated", "quality")
def test_never_about_a_unit_one_works_in(as_, cast):
    make_rule()
    assign_role(cast.ines, "agent", cast.first, from_on=date(2026, 1, 1), by=cast.sam)
    assert started(as_(cast.ines)) == 409
    assert started(as_(cast.ines), unit=cast.second.pk) == 302


@pytest.mark.usefixtures("_separated")
def test_who_serves_puts_no_rule_into_force(as_, cast):
    version = make_rule(state="draft")
    url = reverse("inspections:activate", args=[version.rule_id, version.number])
    assert as_(cast.quan).post(url).status_code == 409
    assert RuleVersion.objects.get().state == "draft"


@pytest.mark.usefixtures("_separated", "quality")
def test_a_supervisor_puts_a_rule_into_force(as_, cast):
    version = make_rule(state="draft")
    url = reverse("inspections:activate", args=[version.rule_id, version.number])
    assert as_(cast.quan).post(url).status_code == 302
    assert RuleVersion.objects.get().state == "active"


def test_without_separation_everybody_with_the_right_may(as_, cast):
    make_rule()
    make_contact("C1", agent="1002", turns="客服:不归我们管")
    assert started(as_(cast.ines)) == 302

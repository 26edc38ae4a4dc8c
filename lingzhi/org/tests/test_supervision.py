from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.org.models import SupervisionArea, SupervisionLines
from lingzhi.org.queries import heads_above, may_appraise, may_supervise, superior_of
from lingzhi.org.services import assign_role, change_lines, change_unit, create_area, create_unit

DAY = date(2026, 6, 1)


@pytest.fixture
def heads(cast):
    """Ada heads the first team, Quan the centre, Nora the company."""
    for unit, head in (
        (cast.first, cast.ada),
        (cast.hotline, cast.quan),
        (cast.company, cast.nora),
    ):
        change_unit(unit, {"owner": head}, by=cast.sol)


@pytest.fixture
def quality(cast):
    """A supervising department of the company in which Bea works besides."""
    unit = create_unit(
        kind="department",
        name="质量管理部",
        code="quality",
        parent=cast.company,
        line="supervision",
        by=cast.sol,
    )
    assign_role(cast.ines, "inspector", unit, from_on=date(2026, 1, 1), by=cast.sam)
    return unit


def lines(cast, **values) -> None:
    default = {"is_separated": False, "is_vertical": True, "is_direct": False}
    change_lines(default | values, by=cast.sol)


@pytest.mark.usefixtures("heads")
def test_each_level_answers_upward(cast):
    assert heads_above(cast.bo, DAY) == [cast.ada, cast.quan, cast.nora]
    assert superior_of(cast.bo, DAY) == cast.ada
    assert superior_of(cast.ada, DAY) == cast.quan
    assert superior_of(cast.quan, DAY) == cast.nora


@pytest.mark.usefixtures("heads")
def test_each_level_appraises_downward_one_level(cast):
    assert may_appraise(cast.ada, cast.bo, DAY)
    assert not may_appraise(cast.quan, cast.bo, DAY)
    assert not may_appraise(cast.bo, cast.ada, DAY)
    assert not may_appraise(cast.ada, cast.ada, DAY)


@pytest.mark.usefixtures("heads")
def test_without_vertical_lines_any_head_above_appraises(cast):
    lines(cast, is_vertical=False)
    assert may_appraise(cast.quan, cast.bo, DAY)
    assert not may_appraise(cast.cai, cast.bo, DAY)


@pytest.mark.usefixtures("heads")
def test_supervision_may_report_to_the_leadership(cast, quality):
    change_unit(quality, {"owner": cast.cai}, by=cast.sol)
    cast.ines.assignments.filter(unit=cast.hotline).delete()
    assert superior_of(cast.ines, DAY) == cast.cai
    lines(cast, is_direct=True)
    assert superior_of(cast.ines, DAY) == cast.nora


def test_on_separated_lines_only_supervising_units_supervise(cast, quality):
    lines(cast, is_separated=True)
    assert may_supervise(cast.ines, cast.first, DAY)
    assert not may_supervise(cast.quan, cast.first, DAY)


def test_never_the_unit_one_works_in(cast, quality):
    lines(cast, is_separated=True)
    assert not may_supervise(cast.ines, quality, DAY)
    assert not may_supervise(cast.ines, cast.hotline, DAY)  # she works there too
    assign_role(cast.ines, "agent", cast.first, from_on=date(2026, 1, 1), by=cast.sam)
    assert not may_supervise(cast.ines, cast.first, DAY)


def test_never_the_unit_one_heads(cast, quality):
    lines(cast, is_separated=True)
    change_unit(cast.second, {"owner": cast.ines}, by=cast.sol)
    assert not may_supervise(cast.ines, cast.second, DAY)


def test_without_separation_everybody_may_who_has_the_right(cast):
    assert may_supervise(cast.quan, cast.first, DAY)


def test_the_lines_are_chosen_on_a_page(as_, cast):
    response = as_(cast.sol).post(reverse("org:lines"), {"is_separated": "on"})
    assert response.status_code == 302
    chosen = SupervisionLines.objects.get()
    assert (chosen.is_separated, chosen.is_vertical) == (True, False)
    entry = Entry.objects.get(action="org.lines_changed")
    assert entry.before == {"is_separated": False, "is_vertical": True, "is_direct": False}


def test_an_area_gets_its_owner(as_, cast):
    given = {"unit": cast.first.pk, "name": "受理区", "covers": "来电", "owner": cast.bo.pk}
    assert as_(cast.sol).post(reverse("org:area_create"), given).status_code == 302
    assert SupervisionArea.objects.get().owner == cast.bo
    assert as_(cast.sol).post(reverse("org:area_create"), given).status_code == 422


def test_an_area_without_owner_comes_back(as_, cast):
    given = {"unit": cast.first.pk, "name": "受理区"}
    assert as_(cast.sol).post(reverse("org:area_create"), given).status_code == 422


def test_an_area_changes_hands_and_closes_once(as_, cast):
    area = create_area(unit=cast.first, name="受理区", owner=cast.bo, by=cast.sol)
    client = as_(cast.sol)
    given = {"unit": cast.first.pk, "name": "受理区", "owner": cast.bea.pk}
    client.post(reverse("org:area_change", args=[area.pk]), given)
    assert Entry.objects.get(action="org.area_changed").after == {"owner": "1003"}
    close = reverse("org:area_close", args=[area.pk])
    assert client.post(close, {"reason": "撤并"}).status_code == 302
    assert client.post(close).status_code == 409

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Unit
from lingzhi.org.queries import step_of, unit_tree
from lingzhi.org.services import close_unit, create_unit


def given(cast, **fields):
    return {
        "parent": cast.hotline.pk,
        "name": "三组",
        "kind": "team",
        "line": "service",
        "time_slot": "早班 08-16",
        "business": "贵宾",
        **fields,
    }


def test_a_unit_is_made_below_another(as_, cast):
    assert as_(cast.sol).post(reverse("org:unit_create"), given(cast)).status_code == 302
    third = Unit.objects.get(name="三组")
    assert third.path == f"{cast.hotline.path}{third.pk:06}/"
    assert (third.time_slot, third.business, third.code) == (
        "早班 08-16",
        "贵宾",
        f"U{third.pk:04}",
    )
    assert Entry.objects.filter(action="org.unit_created").latest("id").actor_id == cast.sol.pk
    assert step_of(9) < step_of(10)  # so that they come in the order they were made


@pytest.mark.parametrize("fields", [{"name": "一组"}, {"code": "first"}, {"kind": "company"}])
def test_what_would_clash_comes_back(as_, cast, fields):
    response = as_(cast.sol).post(reverse("org:unit_create"), given(cast, **fields))
    assert response.status_code == 422


def test_there_is_one_company_at_the_root(cast):
    with pytest.raises((IntegrityError, ValidationError)):
        create_unit(kind="company", name="另一家", code="other", parent=None, by=None)


def test_the_root_is_the_company(db):
    with pytest.raises(BadInput):
        create_unit(kind="team", name="一组", code="first", parent=None, by=None)


def test_head_and_quality_representative_are_named(as_, cast):
    url = reverse("org:unit_change", args=[cast.first.pk])
    fields = given(cast, name="一组", owner=cast.ada.pk, quality_representative=cast.bo.pk)
    assert as_(cast.sol).post(url, fields).status_code == 302
    first = Unit.objects.get(pk=cast.first.pk)
    assert (first.owner, first.quality_representative) == (cast.ada, cast.bo)
    entry = Entry.objects.get(action="org.unit_changed")
    assert entry.after["owner"] == "1001"


def test_the_company_keeps_its_kind(as_, cast):
    url = reverse("org:unit_change", args=[cast.company.pk])
    as_(cast.sol).post(url, {"name": "云栖服务", "line": "service", "kind": "team"})
    company = Unit.objects.get(pk=cast.company.pk)
    assert (company.name, company.kind) == ("云栖服务", "company")


def test_an_empty_unit_is_closed_with_its_reason(as_, cast):
    team = create_unit(kind="team", name="三组", code="third", parent=cast.hotline, by=cast.sol)
    url = reverse("org:unit_close", args=[team.pk])
    assert as_(cast.sol).post(url, {"reason": "合并"}).status_code == 302
    team.refresh_from_db()
    assert (team.closed_by, team.closed_at is None) == (cast.sol, False)
    assert Entry.objects.get(action="org.unit_closed").reason == "合并"
    assert as_(cast.sol).post(url).status_code == 409


def test_a_unit_with_people_stays_open(as_, cast):
    assert as_(cast.sol).post(reverse("org:unit_close", args=[cast.first.pk])).status_code == 409


def test_a_closed_unit_does_not_change(as_, cast):
    team = create_unit(kind="team", name="三组", code="third", parent=cast.hotline, by=cast.sol)
    close_unit(team, by=cast.sol)
    url = reverse("org:unit_change", args=[team.pk])
    assert as_(cast.sol).post(url, given(cast, name="四组")).status_code == 409


def test_the_tree_counts_people_of_today(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        members = {unit.code: unit.members for unit in unit_tree()}
    assert members == {"yunqi": 3, "hotline": 2, "first": 3, "second": 2}


def test_the_page_names_a_centre_without_a_head(as_, cast):
    page = as_(cast.bo).get(reverse("org:units"))
    assert page.context["headless"] == [cast.hotline]


def test_an_agent_sees_units_but_not_their_people(as_, cast):
    page = as_(cast.bo).get(reverse("org:unit", args=[cast.second.pk]))
    assert page.status_code == 200
    assert page.context["people"] == []

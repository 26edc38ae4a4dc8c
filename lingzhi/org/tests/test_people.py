import pytest
from django.urls import reverse

from lingzhi.accounts.services import create_person
from lingzhi.org.services import assign_role, deactivate_person

URL = reverse("org:people")


def shown(response) -> list[str]:
    return [line.person.name for line in response.context["page"]]


def test_a_leader_sees_the_own_team(as_, cast):
    assert shown(as_(cast.ada).get(URL)) == ["Ada", "Bo", "Bea"]


def test_the_quality_manager_sees_the_centre(as_, cast):
    names = shown(as_(cast.quan).get(URL))
    assert {"Bo", "Chen", "Ines"} <= set(names)
    assert "Sol" not in names


def test_the_administrator_sees_people_without_a_role_too(as_, cast):
    assert "Nora" in shown(as_(cast.sol).get(URL))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "be"}, ["Bea"]),
        ({"q": "2002"}, ["Chen"]),
        ({"role": "team_leader"}, ["Ada", "Cai"]),
        ({"role": "team_leader", "q": "c"}, ["Cai"]),
        ({"state": "inactive"}, []),
        ({"role": "agent", "sort": "-name"}, ["Chen", "Bo", "Bea"]),
        ({"role": "emperor", "q": "zz"}, []),
    ],
)
def test_it_filters_and_sorts(as_, cast, query, names):
    assert shown(as_(cast.sol).get(URL, query)) == names


def test_a_unit_means_all_below_it(as_, cast):
    assert shown(as_(cast.sol).get(URL, {"unit": cast.second.pk})) == ["Cai", "Chen"]
    assert len(shown(as_(cast.sol).get(URL, {"unit": cast.hotline.pk}))) == 7


def test_those_without_a_password_can_be_found(as_, cast):
    create_person(staff_no="5001", name="Dai", by=cast.sol)
    assert shown(as_(cast.sam).get(URL, {"state": "no_access"})) == ["Dai"]


def test_inactive_people_are_hidden_until_asked_for(as_, cast):
    deactivate_person(cast.bo, by=cast.sol)
    client = as_(cast.sol)
    assert "Bo" not in shown(client.get(URL))
    assert shown(client.get(URL, {"state": "inactive"})) == ["Bo"]


def test_htmx_gets_the_rows_alone(as_, cast):
    page = as_(cast.sol).get(URL, headers={"HX-Request": "true"})
    assert b"<html" not in page.content
    assert b'id="rows"' in page.content


def test_its_queries_do_not_grow_with_its_rows(as_, cast, django_assert_max_num_queries):
    client = as_(cast.sol)
    client.get(URL)
    with django_assert_max_num_queries(12):
        client.get(URL)
    for number in range(20):
        person = create_person(staff_no=f"6{number:03}", name=f"P{number}", by=cast.sol)
        assign_role(person, "agent", cast.first, from_on=cast.bo.created_at.date(), by=cast.sam)
    with django_assert_max_num_queries(12):
        client.get(URL)


def test_the_export_holds_what_the_filters_leave(as_, cast):
    response = as_(cast.sol).get(reverse("org:people_export"), {"role": "team_leader"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["1001", "2001"]

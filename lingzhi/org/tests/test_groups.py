from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.org.models import Group
from lingzhi.org.services import create_group, join_group


def given(cast, **fields):
    return {
        "name": "联合稽查组",
        "kind": "temporary",
        "mandate": "联合检查",
        "unit": cast.hotline.pk,
        "from_on": "2026-01-01",
        "to_on": "2026-12-31",
        **fields,
    }


@pytest.fixture
def group(cast) -> Group:
    return create_group(
        name="服务改进小组",
        kind="standing",
        mandate="改进服务",
        unit=cast.hotline,
        from_on=date(2026, 1, 1),
        by=cast.sol,
    )


def test_it_works_and_leaves_its_audit_row(as_, cast):
    assert as_(cast.sol).post(reverse("org:group_create"), given(cast)).status_code == 302
    assert Entry.objects.get(action="org.group_created").after["to"] == "2026-12-31"


@pytest.mark.parametrize("fields", [{"to_on": ""}, {"to_on": "2025-01-01"}, {"mandate": ""}])
def test_a_temporary_group_needs_term_and_mandate(as_, cast, fields):
    response = as_(cast.sol).post(reverse("org:group_create"), given(cast, **fields))
    assert response.status_code == 422


def test_colleagues_and_guests_join(as_, cast, group):
    client = as_(cast.sol)
    url = reverse("org:group_join", args=[group.pk])
    ours = {"person": cast.bo.pk, "part": "technology", "from_on": "2026-02-01"}
    guest = {"guest": "客户代表甲", "part": "customers", "from_on": "2026-02-01"}
    assert client.post(url, ours).status_code == 302
    assert client.post(url, guest).status_code == 302
    assert client.post(url, ours).status_code == 422
    assert group.memberships.count() == 2
    assert all("客户代表甲" not in str(entry.after) for entry in Entry.objects.all())


@pytest.mark.parametrize("who", [{}, {"guest": "甲", "person": "bo"}])
def test_a_member_is_a_person_or_a_guest(as_, cast, group, who):
    fields = {name: cast.bo.pk if value == "bo" else value for name, value in who.items()}
    url = reverse("org:group_join", args=[group.pk])
    response = as_(cast.sol).post(url, {"part": "member", "from_on": "2026-02-01", **fields})
    assert response.status_code == 422


def test_a_group_that_has_ended_takes_nobody(as_, cast, group):
    Group.objects.filter(pk=group.pk).update(to_on=date(2026, 1, 31))
    url = reverse("org:group_join", args=[group.pk])
    response = as_(cast.sol).post(
        url, {"person": cast.bo.pk, "part": "member", "from_on": "2026-02-01"}
    )
    assert response.status_code == 409


def test_a_member_leaves(as_, cast, group):
    row = join_group(group, person=cast.bo, part="lead", from_on=date(2026, 1, 1), by=cast.sol)
    assert as_(cast.sol).post(reverse("org:group_leave", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.to_on is not None


def test_it_changes(as_, cast, group):
    url = reverse("org:group_change", args=[group.pk])
    as_(cast.sol).post(url, given(cast, name="服务改进小组", mandate="新的任务"))
    assert Entry.objects.get(action="org.group_changed").after["mandate"] == "新的任务"

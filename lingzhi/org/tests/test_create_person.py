from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry

URL = reverse("org:person_create")


def given(cast, **fields):
    return {
        "staff_no": "5001",
        "name": "代宁",
        "role": "agent",
        "unit": cast.first.pk,
        "from_on": "2026-01-01",
        "email": "dai@example.com",
        **fields,
    }


def test_it_works_and_the_log_names_no_personal_data(as_, cast):
    response = as_(cast.sol).post(URL, given(cast))
    dai = User.objects.get(staff_no="5001")
    assert response["Location"] == reverse("org:person", args=[dai.pk])
    assert dai.roles == {"employee", "agent"}
    assert not dai.has_usable_password()
    entry = Entry.objects.get(action="accounts.person_created")
    assert "dai@example.com" not in str(entry.after)


def test_somebody_of_another_department_is_entered_as_employee(as_, cast):
    as_(cast.sol).post(URL, given(cast, role="employee"))
    dai = User.objects.get(staff_no="5001")
    assert (dai.roles, dai.can("contacts.read")) == ({"employee"}, False)


def test_a_wide_role_comes_back(as_, cast):
    assert as_(cast.sol).post(URL, given(cast, role="team_leader")).status_code == 422


def test_a_taken_staff_number_comes_back_however_it_is_spelt(as_, cast):
    User.objects.create_user("A77", name="Kai")
    assert as_(cast.sol).post(URL, given(cast, staff_no="a77")).status_code == 422


def test_a_strange_staff_number_comes_back(as_, cast):
    assert as_(cast.sol).post(URL, given(cast, staff_no="一 二")).status_code == 422


def test_a_missing_unit_comes_back(as_, cast):
    assert as_(cast.sol).post(URL, given(cast, unit="")).status_code == 422


def test_the_security_administrator_may_not(as_, cast):
    assert as_(cast.sam).post(URL, given(cast)).status_code == 403

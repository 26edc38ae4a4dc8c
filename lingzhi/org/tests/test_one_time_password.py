import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from lingzhi.accounts.models import User
from lingzhi.accounts.services import create_person
from lingzhi.audit.models import Entry


def test_it_is_shown_once_and_opens_the_sign_in(client, as_, cast):
    page = as_(cast.sam).post(reverse("org:password", args=[cast.bo.pk]))
    password = page.context["password"]
    bo = User.objects.get(pk=cast.bo.pk)
    assert bo.check_password(password)
    assert bo.must_change_password
    entry = Entry.objects.get(action="accounts.one_time_password_issued")
    assert password not in str(vars(entry))


def test_nobody_hands_one_to_themselves(as_, cast):
    assert as_(cast.sam).post(reverse("org:password", args=[cast.sam.pk])).status_code == 403


def test_the_system_administrator_may_not(as_, cast):
    assert as_(cast.sol).post(reverse("org:password", args=[cast.bo.pk])).status_code == 403


def test_everybody_without_one_gets_one_in_a_table(as_, cast):
    for number in range(3):
        create_person(staff_no=f"500{number}", name=f"P{number}", by=cast.sol)
    response = as_(cast.sam).post(reverse("org:passwords"))
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert [row[0] for row in rows[1:]] == ["5000", "5001", "5002"]
    assert all(User.objects.get(staff_no=row[0]).check_password(row[2]) for row in rows[1:])


def test_who_has_one_keeps_it(as_, cast):
    as_(cast.sam).post(reverse("org:passwords"))
    assert User.objects.get(pk=cast.bo.pk).check_password("correct horse")


@pytest.mark.parametrize("name", ["org:password", "org:unlock", "org:end_sessions"])
def test_a_link_does_nothing(as_, cast, name):
    assert as_(cast.sam).get(reverse(name, args=[cast.bo.pk])).status_code == 405

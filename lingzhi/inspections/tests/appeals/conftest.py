"""A score of Bo, an appeal against it, and who decides."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Appeal, Policy
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.deciding_appeals import (
    Opinion,
)
from lingzhi.org.services import assign_role

ENGLISH = {"Accept-Language": "en"}
YES, STANDS = Opinion("solved in turn 2", {"value": "yes"}), Opinion("it was not solved")


@pytest.fixture
def lead(cast):
    return held(cast, "5001", "Lea", "lead_inspector")


def held(cast, staff_no, name, role):
    user = type(cast.bo).objects.create_user(staff_no, "correct horse", name=name)
    assign_role(user, role, cast.hotline, from_on=LONG_AGO, by=None)
    return user


@pytest.fixture
def score(cast):
    talk = make_contact("BO-1", agent="1002", turns="客户:我要退款\n客服:马上为您办")
    return make_review(talk, make_sheet(cast.quan), by=cast.ines, lead=cast.quan, solve="no")


@pytest.fixture
def appeal(cast, score, lead):
    return open_appeal(score, [Point("solve", "我当场办了，电话13800002071", [2])], by=cast.bo)


def policy(cast, **settings):
    return Policy.objects.create(unit=cast.hotline, changed_at=now(), **settings)


def late(appeal):
    Appeal.objects.filter(pk=appeal.pk).update(due_at=now() - timedelta(hours=1))


def url(name, *args):
    return reverse(f"inspections:{name}", args=args)


def html(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())

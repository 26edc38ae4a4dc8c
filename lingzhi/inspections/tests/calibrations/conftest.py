"""A calibration of Ines, Ivo and Quan: in draft, begun, discussed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.inspections.factories import make_sheet
from lingzhi.inspections.services import calibrating, calibration_scoring, concluding
from lingzhi.inspections.services.calibrating import Choice, Setting

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def ivo(cast, hold):
    person = User.objects.create_user("3003", "correct horse", name="Ivo")
    hold(person, "inspector", cast.hotline)
    return person


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def talks(cast):
    return [make_contact(f"BO-{n}", agent="1002") for n in range(3)]


def setting(cast, sheet, people, **changes):
    given = {
        "title": "一月校准", "version": sheet, "unit": cast.hotline, "is_blind": True,
        "rounds": 2, "due_on": today() + timedelta(days=3), "people": people, "expert": None,
    }  # fmt: skip
    return Setting(**given | changes)


@pytest.fixture
def draft(cast, sheet, talks, ivo):
    return calibrating.create_calibration(
        setting(cast, sheet, [cast.ines, ivo, cast.quan], expert=cast.quan),
        Choice(numbers=["BO-0", "BO-1"]), by=cast.quan,
    )  # fmt: skip


@pytest.fixture
def begun(draft, cast):
    calibrating.invite(draft, by=cast.quan)
    return draft


def give(calibration, person, position=1, **answers):
    """`person` scores the conversation at `position`; what is not answered is "yes"."""
    talk = calibration.talks.get(position=position)
    mine = calibration_scoring.open_calibration_score(talk, by=person)
    given = {code: {"value": answers.get(code, "yes")} for code in ("greet", "solve")}
    calibration_scoring.save_calibration_score(
        mine, given, {"greet": [1]}, seen=mine.revision, summary=""
    )
    calibration_scoring.submit_calibration_score(mine, by=person)
    return mine


@pytest.fixture
def discussed(begun, cast, ivo):
    give(begun, cast.ines, 1, greet="no")
    give(begun, ivo, 1)
    give(begun, cast.quan, 1)
    give(begun, cast.ines, 2)
    give(begun, ivo, 2, solve="no")
    concluding.open_discussion(begun, by=cast.quan)
    return begun


def url(name, pk):
    return reverse(f"inspections:{name}", args=[pk])


def html(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())

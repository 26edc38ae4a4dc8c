"""Keys after a call come in once, also before the conversation itself was delivered."""

from datetime import timedelta

import pytest

from lingzhi.accounts.factories import headers_of
from lingzhi.core.clock import now
from lingzhi.surveys.factories import make_rule, served
from lingzhi.surveys.models import Answering, Invitation
from lingzhi.surveys.services.inviting import invite


@pytest.fixture
def rule(cast):
    return make_rule(by=cast.quan, mode="ivr")


@pytest.fixture
def press(cast, client, rule):
    token, moment = headers_of(cast.quan), (now() - timedelta(minutes=50)).isoformat()

    def call(key="", **more):
        body = {
            "rule": rule.pk, "source": "test", "contact": "A1",
            "asked_at": moment, "digits": {"overall": "5"},
        } | more  # fmt: skip
        headers = token | ({"idempotency-key": key} if key else {})
        return client.post(
            "/api/v1/surveys/digits", body, content_type="application/json", headers=headers
        )

    return call


def test_keys_before_the_conversation_belong_to_it_later(cast, press):
    assert press(key="1").json() == {"state": "sent", "answered": True}
    assert press(key="1").status_code == 201  # the same call again
    assert press().status_code == 409  # answered already
    contact = served(agent="1002")
    invite()
    [row] = Invitation.objects.all()
    assert (row.contact, row.agent, row.mode) == (contact, cast.bo, "ivr")
    assert Answering.objects.get().mode == "ivr"


def test_asked_and_hung_up_is_asked(press):
    assert press(digits={}).json() == {"state": "sent", "answered": False}
    assert press(digits={"overall": "9"}).status_code == 422
    assert press(digits={"overall": "2"}).json()["answered"]


def test_no_such_rule(press, rule):
    assert press(rule=rule.pk + 1).status_code == 422

"""Tokens of the API: what they open, for how long, and that nobody sees them twice."""

import re
from datetime import timedelta

import pytest

from lingzhi.accounts.factories import Caller, headers_of
from lingzhi.accounts.models import KeptAnswer, Token
from lingzhi.accounts.services.tokens import forget_answers, make_token
from lingzhi.accounts.tasks import prune_sessions
from lingzhi.audit.models import Entry
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.core.rest.limits import Limits, TooManyCalls

FORM = {"name": "ERP", "days": 30, "capabilities": ["cases.read"]}


def test_a_token_is_shown_once_and_kept_as_a_hash(as_, cast):
    client = as_(cast.bo)
    page = client.post("/me/tokens/", FORM).content.decode()
    text = re.search(r"<code>(lz_[\w-]{43})</code>", page).group(1)
    again = client.get("/me/tokens/").content.decode()
    assert text not in again
    assert "ERP" in again
    token = Token.objects.get()
    assert text not in str(token.__dict__)
    assert Entry.objects.filter(action="accounts.token_made").count() == 1
    assert Caller({"Authorization": f"Bearer {text}"}).get("/cases").status_code == 200


def test_nobody_gives_a_token_more_than_they_have(as_, cast):
    assert (
        as_(cast.bo).post("/me/tokens/", {**FORM, "capabilities": ["cases.assign"]}).status_code
        == 422
    )
    with pytest.raises(BadInput):
        make_token(cast.bo, name="x", capabilities=["cases.assign"], days=1)
    with pytest.raises(BadInput):
        make_token(cast.bo, name="x", capabilities=["cases.read"], days=366)


def test_a_token_does_no_more_than_it_was_given(cast):
    caller = Caller(headers_of(cast.ada, ["cases.read"]))
    assert caller.get("/cases").status_code == 200
    assert caller.get("/contacts").status_code == 403
    answer = caller.post("/cases", {"type": "enquiry", "title": "x", "unit": "first"})
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_a_right_that_is_lost_is_lost_to_the_token_too(cast):
    caller = Caller(headers_of(cast.bo))
    cast.bo.assignments.all().delete()
    assert caller.get("/cases").status_code == 403


@pytest.mark.parametrize("change", ["revoked", "expired", "inactive", "unknown"])
def test_a_token_that_is_over_opens_nothing(as_, cast, change):
    headers = headers_of(cast.bo)
    token = Token.objects.get()
    if change == "revoked":
        as_(cast.bo).post(f"/me/tokens/{token.pk}/revoke/")
        assert as_(cast.bo).post(f"/me/tokens/{token.pk}/revoke/").status_code == 409
    elif change == "expired":
        Token.objects.update(created_at=now() - timedelta(2), expires_at=now() - timedelta(1))
    elif change == "inactive":
        cast.bo.is_active = False
        cast.bo.save()
    else:
        headers = {"Authorization": "Bearer lz_guess"}
    answer = Caller(headers).get("/cases")
    assert answer.status_code == 401
    assert answer.json()["code"] == "no_token"


def test_a_session_of_the_pages_does_not_open_the_api(as_, cast):
    assert as_(cast.ada).get("/api/v1/cases").status_code == 401


def test_nobody_revokes_the_token_of_somebody_else(as_, cast):
    headers_of(cast.bo)
    pk = Token.objects.get().pk
    assert as_(cast.ada).post(f"/me/tokens/{pk}/revoke/").status_code == 404


def test_its_use_is_noted_once_a_minute(cast, django_assert_num_queries):
    caller = Caller(headers_of(cast.bo))
    caller.get("/case-types")
    first = Token.objects.get().used_at
    caller.get("/case-types")
    assert first is not None
    assert Token.objects.get().used_at == first


def test_who_calls_too_often_is_told_when_to_come_back(cast, settings, monkeypatch):
    monkeypatch.setattr("lingzhi.accounts.rest.calls", Limits())
    settings.API_CALLS = 2
    caller = Caller(headers_of(cast.bo))
    answers = [caller.get("/case-types") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 30


def test_a_bucket_fills_again(monkeypatch):
    moment = [100.0]
    monkeypatch.setattr("lingzhi.core.rest.limits.time.monotonic", lambda: moment[0])
    limits = Limits()
    for _ in range(60):
        limits.take("one", 60)
    with pytest.raises(TooManyCalls):
        limits.take("one", 60)
    limits.take("other", 60)
    moment[0] += 1
    limits.take("one", 60)


def test_answers_are_forgotten_after_a_week(cast):
    headers_of(cast.bo)
    for days in (1, 8):
        KeptAnswer.objects.create(
            token=Token.objects.get(), key=str(days), request_sha256="", status=201, body="{}",
            at=now() - timedelta(days=days),
        )  # fmt: skip
    prune_sessions()
    assert [one.key for one in KeptAnswer.objects.all()] == ["1"]
    assert forget_answers() == 0

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from lingzhi.cases.factories import in_work, step
from lingzhi.cases.models import Case, CaseEvent, Complaint
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.cases.services.working import note_on_case
from lingzhi.core.rest.limits import Limits
from lingzhi.portal.models import Submission
from lingzhi.portal.services import limits
from lingzhi.portal.tests.test_submitting import code_in

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"portal:{name}", args=args)


def text_of(client, code: str) -> str:
    return client.get(page("follow", code)).content.decode()


def test_the_customer_reads_what_is_public_and_nobodys_name(cast, send, client):
    answer = send()
    code = code_in(answer)
    case = Case.objects.get()
    assert case.number in client.get(answer["Location"]).content.decode()
    in_work(case, by=cast.bo)
    note_on_case(case, "内部：客户情绪激动", by=cast.bo)
    note_on_case(case, "配件已寄出", is_public=True, by=cast.bo)
    shown = text_of(client, code)
    assert "配件已寄出" in shown
    assert "内部" not in shown
    assert "Bo" not in shown
    assert "1002" not in shown


def test_the_result_is_confirmed_or_opened_again(cast, send, client):
    code = code_in(send("complaint"))
    case = Case.objects.get()
    answers = page("follow_answer", code)
    assert client.post(answers, {"satisfaction": "satisfied"}).status_code == 409  # nothing told
    step(case, "withdraw", by=cast.bo)
    tell_customer(case, Told("已换新"), seen=case.revision, by=cast.bo)
    assert "已换新" in text_of(client, code)
    assert client.post(answers, {"satisfaction": "objects"}).status_code == 422
    client.post(answers, {"satisfaction": "objects", "objection": "新的也漏"})
    case.refresh_from_db()
    assert (case.kind, case.cycle) == (Case.Kind.OPEN, 2)
    step(case, "withdraw", by=cast.bo)
    tell_customer(case, Told("已退款"), seen=case.revision, by=cast.bo)
    client.post(answers, {"satisfaction": "accepted", "handling": "satisfied"})
    case.refresh_from_db()
    assert case.satisfaction == Case.Satisfaction.ACCEPTED
    assert Complaint.objects.get().handling_satisfaction == "satisfied"
    step(case, "close_withdrawn", by=cast.bo)
    client.post(page("follow_reopen", code), {"objection": "又坏了"})
    case.refresh_from_db()
    assert (case.kind, case.cycle) == (Case.Kind.OPEN, 3)


def test_words_are_added(send, client):
    code = code_in(send())
    assert client.post(page("follow_write", code), {"text": ""}).status_code == 422
    client.post(page("follow_write", code), {"text": "漏得更厉害了"})
    assert CaseEvent.objects.filter(text="漏得更厉害了", by=None, is_public=True).exists()
    assert "漏得更厉害了" in text_of(client, code)


def test_whatever_is_wrong_gets_one_and_the_same_answer(send, client):
    code = code_in(send())
    number, other = Case.objects.get().number, "0" * 20
    found = client.post(page("find"), {"number": number, "code": code})
    assert urlsplit(found["Location"]).path == page(
        "follow", "-".join(code[at : at + 4] for at in range(0, 20, 4))
    )
    tries = [
        client.post(page("find"), {"number": number, "code": other}),
        client.post(page("find"), {"number": "2026119999", "code": code}),
        client.post(page("find"), {"number": "x", "code": "x"}),
        client.get(page("follow", other)),
        client.post(page("follow_write", other), {"text": "?"}),
        client.post(page("follow_answer", other)),
        client.post(page("follow_reopen", other)),
    ]
    assert {one.status_code for one in tries} == {404}
    assert all(
        "Nothing fits" in one.content.decode() or "没有" in one.content.decode() for one in tries
    )


def test_guessing_is_slow(portal, client, monkeypatch):
    monkeypatch.setattr(limits, "LOOKS", 3)
    monkeypatch.setattr(limits, "looks", Limits())
    answers = [client.get(page("follow", "0" * 20)).status_code for _ in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_the_panel_says_that_it_came_in_here(cast, send, as_):
    send()
    case = Submission.objects.get().case
    shown = as_(cast.bo).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert page("issue_code", case.pk) in shown

import re

import pytest
from django.core import mail
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.accounts.services import take_try
from lingzhi.jobs.models import Job

URL = reverse("account_reset_password")
NEW = "Sunny-Harbour-42"


@pytest.fixture(autouse=True)
def _with_mail(settings, cast):
    settings.EMAIL_HOST = "mail.example"
    User.objects.filter(pk=cast.bo.pk).update(email="bo@example.com")


def link_for(client, run_jobs, email="bo@example.com") -> str:
    assert client.post(URL, {"email": email}).status_code == 302
    run_jobs()
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)


def test_the_link_comes_by_mail_and_sets_a_password(client, cast, run_jobs):
    form = client.get(link_for(client, run_jobs), follow=True)
    url = form.request["PATH_INFO"]
    response = client.post(url, {"password1": NEW, "password2": NEW})
    assert response["Location"] == reverse("account_reset_password_from_key_done")
    assert User.objects.get(pk=cast.bo.pk).check_password(NEW)


def test_a_used_link_opens_nothing(client, cast, run_jobs):
    link = link_for(client, run_jobs)
    url = client.get(link, follow=True).request["PATH_INFO"]
    client.post(url, {"password1": NEW, "password2": NEW})
    assert client.get(link, follow=True).context["token_fail"]


def test_the_queue_holds_no_link(client, cast):
    client.post(URL, {"email": "bo@example.com"})
    assert set(Job.objects.get().kwargs) == {"person_id", "site", "language"}


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, run_jobs):
    known = client.post(URL, {"email": "bo@example.com"})
    unknown = client.post(URL, {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    run_jobs()
    assert [message.to for message in mail.outbox] == [["bo@example.com"]]


def test_an_inactive_person_gets_no_mail(client, cast, run_jobs):
    User.objects.filter(pk=cast.bo.pk).update(is_active=False)
    client.post(URL, {"email": "bo@example.com"})
    run_jobs()
    assert mail.outbox == []


def test_a_new_password_ends_the_lock(client, cast, run_jobs):
    for _ in range(6):
        take_try("1002")
    url = client.get(link_for(client, run_jobs), follow=True).request["PATH_INFO"]
    client.post(url, {"password1": NEW, "password2": NEW})
    assert take_try("1002")


def test_without_mail_nothing_is_queued(client, settings):
    settings.EMAIL_HOST = ""
    client.post(URL, {"email": "bo@example.com"})
    assert not Job.objects.exists()

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.imports.models import Batch
from lingzhi.imports.tests.conftest import BAD, GOOD, HALF
from lingzhi.jobs.models import Job


def accept(client, batch):
    return client.post(reverse("imports:accept", args=[batch.pk]))


def test_the_good_rows_are_published(as_, cast, brought, run_jobs):
    batch = brought(HALF)
    assert accept(as_(cast.quan), batch).status_code == 302
    assert Job.objects.get(name="imports.publish").kwargs["batch_id"] == batch.pk
    assert Entry.objects.get(action="imports.accepted").after == {"bad": 1, "good": 1}
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.published_rows) == (Batch.State.FINISHED, 1)
    assert batch.accepted_by == cast.quan


def test_not_before_the_file_is_read(as_, cast, started):
    assert accept(as_(cast.quan), started(HALF)).status_code == 409


@pytest.mark.parametrize("content", [GOOD, BAD])
def test_only_where_there_is_something_to_decide(as_, cast, brought, content):
    assert accept(as_(cast.quan), brought(content)).status_code == 409


def test_only_once(as_, cast, brought):
    batch = brought(HALF)
    accept(as_(cast.quan), batch)
    assert accept(as_(cast.quan), batch).status_code == 409
    assert Job.objects.filter(name="imports.publish").count() == 1


def test_who_only_watches_the_work_is_refused(as_, watcher, brought):
    batch = brought(HALF)
    assert accept(as_(watcher), batch).status_code == 403


def test_another_s_import_is_not_found(as_, cast, brought):
    assert accept(as_(cast.bo), brought(HALF)).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, brought):
    answer = accept(client, brought(HALF))
    assert answer.status_code == 302
    assert not Entry.objects.filter(action="imports.accepted").exists()


def test_it_must_be_sent(as_, cast, brought):
    url = reverse("imports:accept", args=[brought(HALF).pk])
    assert as_(cast.quan).get(url).status_code == 405

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.imports.models import Batch
from lingzhi.imports.services import accept_batch
from lingzhi.imports.tests.conftest import GOOD, HALF
from lingzhi.jobs.models import Job
from lingzhi.jobs.services import cancel_run


def resume(client, batch):
    return client.post(reverse("imports:resume", args=[batch.pk]))


@pytest.fixture
def stopped(cast, started):
    batch = started()
    cancel_run(batch.run, by=cast.sol)
    return batch


def test_it_goes_on_with_reading(as_, cast, stopped, run_jobs):
    assert resume(as_(cast.quan), stopped).status_code == 302
    assert Entry.objects.filter(action="imports.resumed").count() == 1
    waiting = Job.objects.filter(name="imports.stage", state=Job.State.QUEUED)
    assert waiting.count() == 1
    run_jobs()  # finds the message of the discarded job
    run_jobs()
    stopped.refresh_from_db()
    assert (stopped.state, stopped.published_rows) == (Batch.State.FINISHED, 2)


def test_it_goes_on_with_publishing(as_, cast, brought, run_jobs):
    batch = brought(HALF)
    accept_batch(batch, by=cast.quan)
    cancel_run(batch.run, by=cast.sol)
    resume(as_(cast.quan), batch)
    run_jobs()
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.published_rows) == (Batch.State.FINISHED, 1)


@pytest.mark.parametrize("content", [GOOD, HALF])
def test_what_has_not_stopped_needs_no_going_on(as_, cast, brought, content):
    assert resume(as_(cast.quan), brought(content)).status_code == 409


def test_twice_does_not_work_twice(as_, cast, stopped):
    resume(as_(cast.quan), stopped)
    assert resume(as_(cast.quan), stopped).status_code == 409


def test_who_only_watches_the_work_is_refused(as_, watcher, stopped):
    assert resume(as_(watcher), stopped).status_code == 403


def test_another_s_import_is_not_found(as_, cast, stopped):
    assert resume(as_(cast.bo), stopped).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, stopped):
    assert resume(client, stopped).status_code == 302
    assert not Entry.objects.filter(action="imports.resumed").exists()


def test_it_must_be_sent(as_, cast, stopped):
    assert as_(cast.quan).get(reverse("imports:resume", args=[stopped.pk])).status_code == 405

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.files.models import StoredFile
from lingzhi.imports.models import Batch, StagedRow
from lingzhi.imports.services import TakenOver, publish_batch, stage_batch
from lingzhi.imports.tests.conftest import GOOD, HALF
from lingzhi.jobs.models import Job, Run


def drop(client, batch):
    return client.post(reverse("imports:drop", args=[batch.pk]))


def test_file_and_rows_are_deleted(as_, cast, brought, run_jobs):
    batch = brought(HALF)
    stored_as = batch.file.stored_as
    assert drop(as_(cast.quan), batch).status_code == 302
    assert Job.objects.filter(name="imports.clear").count() == 1
    assert Entry.objects.get(action="imports.dropped").after == {"rows": 2}
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.dropped_by, batch.file) == (Batch.State.DROPPED, cast.quan, None)
    assert not StagedRow.objects.exists()
    assert not StoredFile.objects.filter(purpose="import").exists()
    assert not default_storage.exists(stored_as)


def test_while_it_is_read_its_work_is_stopped(as_, cast, started, run_jobs):
    batch = started()
    drop(as_(cast.quan), batch)
    run_jobs()
    assert Run.objects.get().state == Run.State.CANCELLED
    assert not StagedRow.objects.exists()


@pytest.mark.parametrize("content", [GOOD, HALF])
def test_a_step_that_runs_at_that_moment_writes_nothing_more(as_, cast, started, content):
    batch = started(content)
    other = Batch.objects.select_related("file").get(pk=batch.pk)
    drop(as_(cast.quan), batch)
    with pytest.raises(TakenOver):
        stage_batch(other)
    assert not StagedRow.objects.exists()


def test_what_is_published_cannot_be_dropped_any_more(as_, cast, brought):
    batch = brought()
    assert drop(as_(cast.quan), batch).status_code == 409
    Batch.objects.filter(pk=batch.pk).update(finished_at=None)
    assert drop(as_(cast.quan), batch).status_code == 409


def test_dropped_before_the_first_group_nothing_is_published(as_, cast, started):
    batch = started()
    stage_batch(batch)
    other = Batch.objects.get(pk=batch.pk)
    drop(as_(cast.quan), batch)
    with pytest.raises(TakenOver):
        publish_batch(other)
    batch.refresh_from_db()
    assert batch.published_rows == 0


def test_only_once(as_, cast, received):
    batch = received()
    drop(as_(cast.quan), batch)
    assert drop(as_(cast.quan), batch).status_code == 409


def test_who_only_watches_the_work_is_refused(as_, watcher, received):
    batch = received()
    assert drop(as_(watcher), batch).status_code == 403


def test_another_s_import_is_not_found(as_, cast, received):
    assert drop(as_(cast.bo), received()).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, received):
    assert drop(client, received()).status_code == 302
    assert Batch.objects.get().dropped_at is None


def test_it_must_be_sent(as_, cast, received):
    url = reverse("imports:drop", args=[received().pk])
    assert as_(cast.quan).get(url).status_code == 405

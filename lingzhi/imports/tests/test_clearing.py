from datetime import timedelta

import pytest

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now
from lingzhi.files.models import StoredFile
from lingzhi.imports.models import Batch, StagedRow
from lingzhi.imports.services import clear_batch
from lingzhi.imports.tasks import forget_abandoned
from lingzhi.imports.tests.conftest import HALF


def test_an_open_import_keeps_its_file_and_rows(brought):
    batch = brought(HALF)
    clear_batch(batch)
    assert StagedRow.objects.count() == 1
    assert StoredFile.objects.filter(purpose="import").count() == 1


def test_clearing_twice_changes_nothing(brought):
    batch = brought()
    clear_batch(batch)
    clear_batch(batch)
    assert Entry.objects.filter(action="files.deleted").count() == 1


@pytest.mark.parametrize("content", [None, HALF])
def test_what_nobody_decides_is_dropped_after_two_weeks(
    received, brought, run_jobs, time_machine, content
):
    batch = brought(content) if content else received()
    time_machine.move_to(now() + timedelta(days=13))
    forget_abandoned()
    batch.refresh_from_db()
    assert batch.dropped_at is None
    time_machine.move_to(now() + timedelta(days=2))
    forget_abandoned()
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.dropped_by, batch.file) == (Batch.State.DROPPED, None, None)
    assert not StagedRow.objects.exists()


def test_what_is_finished_stays(brought, time_machine):
    batch = brought()
    time_machine.move_to(now() + timedelta(days=100))
    forget_abandoned()
    batch.refresh_from_db()
    assert batch.state == Batch.State.FINISHED


def test_files_without_an_import_are_deleted_after_a_day(received, time_machine):
    batch = received()
    Batch.objects.filter(pk=batch.pk).delete()
    forget_abandoned()
    assert StoredFile.objects.count() == 1
    time_machine.move_to(now() + timedelta(days=2))
    forget_abandoned()
    assert StoredFile.objects.count() == 0

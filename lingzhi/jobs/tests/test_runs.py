import pytest
from django.db import transaction

from lingzhi.audit.models import Entry
from lingzhi.jobs.models import Job, Run
from lingzhi.jobs.services import (
    RunIsFinished,
    advance,
    cancel_run,
    fail_run,
    finish_run,
    is_cancelled,
    start_run,
)
from lingzhi.jobs.tests import trials


@pytest.fixture
def run(cast) -> Run:
    return start_run("jobs.count_to", "Count to 4", by=cast.quan, total=4, last=4)


def test_it_works_and_leaves_its_audit_row(run, cast):
    assert (run.state, run.started_by_id, run.started_by_label) == ("queued", cast.quan.pk, "3001")
    assert run.jobs.get().queue == "long"
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.object_id) == ("jobs.run_started", str(run.pk))


def test_it_ends_when_its_function_returns(run, run_jobs):
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done, run.percent) == ("done", 4, 100)
    assert run.queued_at <= run.started_at <= run.finished_at


def test_progress_is_shown_in_whole_percent(run):
    assert run.percent == 0
    advance(run, done=1)
    assert run.percent == 25
    assert Run(total=None).percent is None


def test_a_waiting_run_is_cancelled_at_once(run, run_jobs, cast):
    cancel_run(run, by=cast.sol)
    assert (run.state, run.cancel_requested_by) == ("cancelled", "9001")
    assert run.jobs.get().state == Job.State.DISCARDED
    assert run_jobs() == 0
    assert trials.effects() == []
    assert Entry.objects.latest("id").action == "jobs.run_cancelled"


def test_a_running_one_stops_after_its_group(run, run_jobs, cast, monkeypatch):
    def ask_to_stop(row):
        if row.done == 2 and not is_cancelled(row):
            cancel_run(row, by=cast.sol)
        return is_cancelled(row)

    monkeypatch.setattr(trials, "is_cancelled", ask_to_stop)
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done) == ("cancelled", 2)
    assert trials.effects() == ["from 0"]


def test_a_finished_run_cannot_be_cancelled_or_ended_again(run, run_jobs, cast):
    run_jobs()
    with pytest.raises(RunIsFinished):
        cancel_run(run, by=cast.sol)
    with pytest.raises(RunIsFinished):
        finish_run(run)
    with pytest.raises(RunIsFinished):
        advance(run, done=1)


def test_a_function_may_fail_its_run_with_a_sentence(run, run_jobs, monkeypatch):
    monkeypatch.setattr(trials, "is_cancelled", lambda row: fail_run(row, "The file is gone.") or 1)
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "The file is gone.")
    assert run.jobs.get().state == Job.State.DONE


def test_figures_of_the_end_replace_those_of_the_way(run):
    advance(run, done=1, counts={"hits": 2, "rows": 1})
    finish_run(run, counts={"hits": 9})
    assert run.counts == {"hits": 9, "rows": 1}


def test_an_advance_belongs_to_its_transaction(run):
    @transaction.atomic
    def break_off():
        advance(run, done=3)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    run.refresh_from_db()
    assert run.done == 0

from datetime import timedelta

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Run
from lingzhi.jobs.services import later, pruning, start_run
from lingzhi.jobs.tasks import prune


def test_jobs_that_are_over_are_forgotten_after_a_day(cast, run_jobs, time_machine, monkeypatch):
    monkeypatch.setattr(pruning, "GROUP", 2)
    for number in range(5):
        later("jobs.note", label=str(number))
    start_run("jobs.count_to", "Kept", by=cast.sol, last=2)
    run_jobs()
    later("jobs.note", label="waiting", run_after=now() + timedelta(days=9))
    prune()
    assert Job.objects.count() == 7
    time_machine.move_to(now() + timedelta(days=1, seconds=1))
    prune()
    assert list(Job.objects.values_list("state", flat=True)) == ["queued"]
    assert Run.objects.filter(label="Kept", state="done").exists()


def test_what_was_given_up_is_not_forgotten(run_jobs, time_machine):
    later("jobs.fail")
    for _ in range(5):
        run_jobs(failing=True)
        time_machine.move_to(now() + timedelta(minutes=2))
    time_machine.move_to(now() + timedelta(days=30))
    prune()
    assert Job.objects.get().state == Job.State.DEAD

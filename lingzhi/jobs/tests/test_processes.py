"""Real workers and schedulers, killed at awkward moments: every effect exactly once."""

import itertools
import signal
import time
from collections import Counter

import pytest

from lingzhi.jobs.models import Job, Worker
from lingzhi.jobs.services import later
from lingzhi.jobs.tests import trials

pytestmark = [pytest.mark.processes, pytest.mark.slow]


def all_ended() -> bool:
    return not Job.objects.filter(finished_at=None).exclude(name="jobs.tick").exists()


def child_pid() -> int | None:
    row = Worker.objects.filter(kind="worker", stopped_at=None).order_by("-started_at").first()
    return row.pid if row else None


def once_each(labels: list[str]) -> None:
    assert Counter(trials.effects()) == Counter(labels)


@pytest.mark.parametrize(
    "point", ["before", "in the transaction", "before the commit", "after the commit"]
)
def test_a_job_whose_worker_is_killed_has_exactly_one_effect(house, until, point):
    later("jobs.die_once", label="one", point=point)
    house.start("worker", "--queue", "short")
    until(all_ended)
    once_each(["one"])
    assert Job.objects.get().tries == (1 if point == "after the commit" else 2)
    until(lambda: "SIGKILL" in house.log())


def test_random_kills_lose_and_double_nothing(house, until, kill):
    labels = [str(number) for number in range(60)]
    for label in labels:
        later("jobs.sleep", label=label, seconds=0.05)
    house.start("worker", "--queue", "short")
    for pause in (0.03, 0.21, 0.42):
        until(lambda: child_pid() is not None)
        time.sleep(pause)
        victim = child_pid()
        kill(victim)
        until(lambda victim=victim: child_pid() not in {victim, None})
    until(all_ended)
    once_each(labels)


def test_when_the_whole_worker_is_killed_another_takes_up_its_job(house, until, kill):
    later("jobs.sleep", label="slow", seconds=3)
    first = house.start("worker", "--queue", "short")
    until(lambda: Job.objects.get().state == Job.State.RUNNING)
    house.start("worker", "--queue", "short")
    kill(first.pid)
    until(all_ended)
    once_each(["slow"])


def test_two_workers_and_two_schedulers_do_each_job_once(house, until):
    labels = [str(number) for number in range(80)]
    for label in labels:
        later("jobs.note", label=label)
    for command in ("worker", "scheduler", "worker", "scheduler"):
        house.start(command)
    until(lambda: Job.objects.filter(name="jobs.tick").count() >= 4)
    until(all_ended)
    house.stop()
    effects = Counter(trials.effects())
    ticks = Job.objects.filter(name="jobs.tick").order_by("queued_at")
    assert effects.pop("tick") == ticks.filter(state=Job.State.DONE).count()
    assert effects == Counter(labels)
    times = list(ticks.values_list("queued_at", flat=True))
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(times)]
    assert min(gaps) >= 0.9


def test_asked_to_stop_it_ends_its_job_and_starts_no_other(house, until):
    later("jobs.sleep", label="first", seconds=1.5)
    later("jobs.sleep", label="second", seconds=0)
    worker = house.start("worker", "--queue", "short")
    until(lambda: Job.objects.filter(state=Job.State.RUNNING).exists())
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    once_each(["first"])
    assert Job.objects.get(kwargs__label="second").state == Job.State.QUEUED
    assert not Worker.objects.filter(stopped_at=None).exists()


def test_a_job_that_hangs_is_stopped_and_others_run(house, until):
    later("jobs.hang_once", label="hung")
    later("jobs.note", label="other")
    house.start("worker", "--queue", "short")
    until(all_ended)
    assert trials.effects() == ["other", "hung"]
    assert "It took longer than the 5 seconds its queue allows." in house.log()

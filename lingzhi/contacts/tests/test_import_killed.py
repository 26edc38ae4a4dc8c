"""Workers killed at twenty random points of imports: nothing lost, nothing doubled, nothing seen
before its time.
"""

import io
import random
from collections import Counter

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.intake import KIND
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import published
from lingzhi.imports.models import Batch
from lingzhi.imports.samples import propose
from lingzhi.imports.services import file_path, receive_file, resume_batch, start_batch
from lingzhi.jobs.models import Job
from lingzhi.jobs.tests.nursery import kill_when, start_nursery

pytestmark = [pytest.mark.processes, pytest.mark.slow]

KILLS = 20
ROWS = 2500
TALK = '"客服：您好，云栖热线\n客户：我要退款，手机13800002071\n客服：好的，马上为您登记"'


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.contacts.tests.process_settings"


def receive(name: str) -> Batch:
    lines = [f"{name}-{number},电话,呼入,13800002071,{TALK}" for number in range(ROWS)]
    content = "\n".join(["编号,渠道,方向,客户电话,对话内容", *lines]).encode()
    batch = receive_file(KIND, io.BytesIO(content), name=f"{name}.csv", source="pbx", by=None)
    proposal = propose(KIND, file_path(batch), batch.options, None)
    start_batch(batch, columns=proposal.columns, options=proposal.options, by=None)
    return batch


def state_of(batch: Batch) -> Batch.State:
    return Batch.objects.select_related("run").get(pk=batch.pk).state


def is_at_work() -> bool:
    return Job.objects.filter(state=Job.State.RUNNING, name__startswith="imports.").exists()


def place(batch: Batch) -> tuple[int, int]:
    """How far the steps of an import have come."""
    found = Batch.objects.get(pk=batch.pk)
    return found.staged_to, found.published_rows


def test_killed_workers_lose_and_double_nothing(house, until, kill):
    chance = random.Random(20)
    batches = [receive("B0")]
    places = set()
    start_nursery(house, "long")
    for _kill in range(KILLS):
        if state_of(batches[-1]) == Batch.State.FINISHED:
            batches.append(receive(f"B{len(batches)}"))
        _resume_if_stopped(batches[-1])
        before, groups = place(batches[-1]), chance.randint(0, 2)
        until(is_at_work, 60)
        until(lambda: _groups_since(before, batches[-1]) >= groups, 60)  # noqa: B023
        kill_when(lambda: True, kill, chance.uniform(0, 0.15))
        places.add((len(batches), *place(batches[-1])))
        _only_finished_ones_are_seen()
    assert len(places) > KILLS // 4
    house.start("worker")  # one of all queues: another removes the files
    until(lambda: _is_finished(batches), 120)
    until(lambda: not Batch.objects.exclude(file=None).exists(), 60)
    house.stop()
    _each_once(batches)


def _groups_since(before: tuple[int, int], batch: Batch) -> int:
    """How many groups were written since; any number once the import is finished."""
    staged, published_ = place(batch)
    if state_of(batch) == Batch.State.FINISHED:
        return KILLS
    return (staged - before[0]) // 250 + (published_ - before[1]) // 100


def _resume_if_stopped(batch: Batch) -> None:
    """After five tries the run is given up, and a person goes on with it."""
    found = Batch.objects.select_related("run").get(pk=batch.pk)
    if found.state == Batch.State.STOPPED:
        resume_batch(found, by=None)


def _is_finished(batches: list[Batch]) -> bool:
    _resume_if_stopped(batches[-1])
    return all(state_of(batch) == Batch.State.FINISHED for batch in batches)


def _only_finished_ones_are_seen() -> None:
    """Another worker goes on meanwhile: an import may end between two looks."""
    before = Batch.objects.exclude(finished_at=None).count()
    seen = published().count()
    assert seen % ROWS == 0
    assert before * ROWS <= seen <= Batch.objects.exclude(finished_at=None).count() * ROWS


def _each_once(batches: list[Batch]) -> None:
    every = {f"B{at}-{number}" for at in range(len(batches)) for number in range(ROWS)}
    assert Counter(Contact.objects.values_list("external_id", flat=True)) == Counter(every)
    assert Turn.objects.count() == 3 * len(every)
    assert published().count() == len(every)
    finished = Entry.objects.filter(action="imports.finished")
    assert finished.count() == len(batches)
    for batch in Batch.objects.all():
        assert (batch.staged_rows, batch.published_rows, batch.problem_rows) == (ROWS, ROWS, 0)
        assert batch.file is None

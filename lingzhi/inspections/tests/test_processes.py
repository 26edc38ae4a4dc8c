"""Real workers, killed at ten random points of an inspection: nothing lost, nothing doubled."""

import random

import pytest

from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.core.clock import now
from lingzhi.imports.models import Batch
from lingzhi.inspections.factories import LENGTH, make_rule
from lingzhi.inspections.models import Finding, Inspection, InspectionRun
from lingzhi.inspections.services import snapshot_now
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import later, start_run
from lingzhi.jobs.tests.nursery import is_over, kill_when, start_nursery

pytestmark = [pytest.mark.processes, pytest.mark.slow]
CONTACTS = 600


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


def seed() -> Batch:
    """Every conversation hits one rule and cannot be judged by the other."""
    make_rule()
    make_rule(LENGTH)
    moments = dict.fromkeys(("created_at", "staged_at", "finished_at"), now())
    batch = Batch.objects.create(kind="contacts", source="x", **moments)
    turns = "客服:您好\n客户:退款\n客服:这个不归我们管"
    records = [
        {"external_id": f"K{number}", "channel": "phone", "turns": turns}
        for number in range(CONTACTS)
    ]
    publish_group(source_named("test"), [read_delivery(one) for one in records], batch=batch)
    return batch


def each_once() -> None:
    assert Inspection.objects.count() == Contact.objects.count() == CONTACTS
    assert set(Inspection.objects.values_list("verdicts", "is_latest")) == {("hu", True)}
    assert Finding.objects.filter(verdict="hit").count() == CONTACTS
    assert Finding.objects.filter(verdict="unknown").count() == CONTACTS


def kill_at_random(house, until, kill, *, times: int, start: int) -> int:
    """Kill the worker `times` times, each time after it judged a little more."""
    chance = random.Random(start)
    killed = 0
    start_nursery(house, "long")
    while killed < times and not is_over():
        judged = Inspection.objects.count()
        until(lambda judged=judged: Inspection.objects.count() > judged or is_over())
        if is_over():
            break
        kill_when(lambda: True, kill, chance.uniform(0, 0.12))
        killed += 1
    until(is_over, 60)
    return killed


@pytest.mark.parametrize("start", [1, 2])
def test_a_run_survives_three_kills(house, until, kill, start):
    seed()
    run = start_run("inspections.run_inspection", "all", by=None, total=CONTACTS)
    InspectionRun.objects.create(run=run, snapshot=snapshot_now(), filters=Filters().as_json())
    assert kill_at_random(house, until, kill, times=3, start=start) == 3
    each_once()
    run = Run.objects.get()
    assert (run.state, run.done) == ("done", CONTACTS)
    assert run.counts == {"conversations": CONTACTS, "turns": 3 * CONTACTS, "hits": CONTACTS}


def test_the_inspection_of_an_import_survives_four_kills(house, until, kill):
    batch = seed()
    later("inspections.inspect_batch", queue="long", batch_id=batch.pk)
    assert kill_at_random(house, until, kill, times=4, start=3) == 4
    each_once()

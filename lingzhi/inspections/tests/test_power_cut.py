"""The whole server dies at random points, as in a power cut, while a file that was sent in through
its pages is imported and then inspected: nothing lost, nothing doubled.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import published
from lingzhi.core.tests.served import Site, is_running
from lingzhi.core.tests.visitor import Visitor
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.mapping_page import MappingPage
from lingzhi.imports.models import Batch
from lingzhi.inspections.factories import LENGTH, make_rule
from lingzhi.inspections.models import Finding, Inspection
from lingzhi.jobs.models import Run
from lingzhi.org.services import assign_role, create_unit

pytestmark = [pytest.mark.processes, pytest.mark.slow]

ROWS = 1000
CUTS = 2  # of each: the import and the inspection
TALK = '"客服：您好，云栖热线\n客户：我要退款，手机13800002071\n客服：这个不归我们管"'


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


@pytest.fixture
def site(house, until) -> Site:
    """The program of a centre with a quality manager and two rules."""
    company = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    quan = User.objects.create_user("3001", "correct horse", name="Quan")
    assign_role(quan, "quality_manager", company, from_on=date(2020, 1, 1), by=None)
    make_rule()
    make_rule(LENGTH)
    site = Site(house)
    site.start()
    until(lambda: site.status() == "ready", 60)
    return site


@pytest.fixture
def visitor(site) -> Visitor:
    """The quality manager, signed in."""
    visitor = Visitor(site.address)
    visitor.sign_in("3001", "correct horse")
    return visitor


def test_power_cuts_lose_and_double_nothing(site, visitor, until):
    chance = random.Random(7)
    bring_in(visitor)
    for _cut in range(CUTS):
        cut(site, until, chance, rows_in)
        assert published().count() == 0  # nothing is seen before all is there
    until(lambda: Batch.objects.get().state == Batch.State.FINISHED, 60)
    each_contact_once()
    until(lambda: site.status() == "ready", 60)
    run_page = visitor.post("/inspections/runs/new/", {"period": "all"})
    for _cut in range(CUTS):
        cut(site, until, chance, Inspection.objects.count)
    until(lambda: not Run.objects.filter(finished_at=None).exists(), 60)
    each_inspection_once()
    until(lambda: site.status() == "ready", 60)
    assert str(ROWS) in visitor.get(run_page)  # who was signed in still is
    site.house.run("verify", "--all")


def bring_in(visitor: Visitor) -> None:
    """Send the file in and take the proposed mapping, as in the browser."""
    lines = [f"K{number},电话,呼入,13800002071,{TALK}" for number in range(ROWS)]
    content = "\n".join(["编号,渠道,方向,客户电话,对话内容", *lines]).encode()
    fields = {"source": "pbx", "kind": "contacts"}
    path = visitor.upload("/imports/new/", fields, name="calls.csv", content=content)
    batch = Batch.objects.get()
    page = MappingPage(kind_named(batch.kind), batch, None, is_final=False)
    given = {
        bound.html_name: bound.value() for form in (page.reading, page.mapping) for bound in form
    }
    shown = {name: value for name, value in given.items() if value is not None}
    assert visitor.post(path, shown | {"action": "start"}) == f"/imports/{batch.pk}/"


def cut(site: Site, until, chance: random.Random, measure: Callable[[], int]) -> None:
    """Let the work get on a little, cut the power, switch it on again."""
    before = measure()
    until(lambda: measure() > before, 60)
    time.sleep(chance.uniform(0, 0.25))
    site.cut_power()
    until(lambda: not any(map(is_running, site.pids())))
    assert not is_over()
    site.start()


def rows_in() -> int:
    """Rows that the two steps of the import have written."""
    batch = Batch.objects.get()
    return batch.staged_rows + batch.published_rows


def is_over() -> bool:
    return not Run.objects.filter(finished_at=None).exists()


def each_contact_once() -> None:
    every = [f"K{number}" for number in range(ROWS)]
    assert Counter(Contact.objects.values_list("external_id", flat=True)) == Counter(every)
    assert Turn.objects.count() == 3 * ROWS
    assert published().count() == ROWS
    batch = Batch.objects.get()
    assert (batch.staged_rows, batch.published_rows, batch.problem_rows) == (ROWS, ROWS, 0)
    assert Entry.objects.filter(action="imports.finished").count() == 1


def each_inspection_once() -> None:
    assert set(Inspection.objects.values_list("verdicts", "is_latest")) == {("hu", True)}
    assert Inspection.objects.count() == ROWS
    assert Finding.objects.filter(verdict="hit").count() == ROWS
    assert Finding.objects.filter(verdict="unknown").count() == ROWS
    run = Run.objects.get(kind="inspections.run_inspection")
    assert (run.state, run.done) == (Run.State.DONE, ROWS)
    assert run.counts == {"conversations": ROWS, "turns": 3 * ROWS, "hits": ROWS}

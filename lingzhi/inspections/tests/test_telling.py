"""The quality representative receives what is severe about the unit (R-OR-08)."""

from datetime import timedelta

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters
from lingzhi.core.clock import now
from lingzhi.imports.models import Batch
from lingzhi.inspections import services, tasks
from lingzhi.inspections.factories import make_rule
from lingzhi.notifications.models import Notice
from lingzhi.org.services import change_unit, record_presence

PUSHED = "客服:不归我们管"


@pytest.fixture
def contacts(cast):
    make_rule()
    return [make_contact(f"C{at}", agent=agent, turns=PUSHED)
            for at, agent in enumerate(["1002", "1003", "2002"])]  # fmt: skip


def represent(cast, **representatives) -> None:
    for unit, person in representatives.items():
        change_unit(getattr(cast, unit), {"quality_representative": person}, by=cast.sol)


def run(cast, run_jobs) -> list[Notice]:
    services.start_inspection(Filters(), label="all", by=cast.quan)
    run_jobs()
    return list(Notice.objects.filter(is_todo=True).order_by("person__staff_no"))


def test_after_a_run_each_representative_has_one_to_do(cast, contacts, run_jobs):
    represent(cast, first=cast.bea, hotline=cast.nora)
    of_bea, of_nora = run(cast, run_jobs)
    assert (of_bea.person, of_nora.person) == (cast.bea, cast.nora)
    assert of_bea.matter == f"inspections.severe/{cast.first.pk}"
    assert "2" in of_bea.title, "both conversations of the first team"
    assert of_nora.matter == f"inspections.severe/{cast.hotline.pk}", "the second team has none"


def test_the_to_do_leads_to_the_conversations(as_, cast, contacts, run_jobs):
    represent(cast, first=cast.ada)
    [todo] = run(cast, run_jobs)
    page = as_(cast.ada).get(todo.url)
    assert {row.contact.external_id for row in page.context["page"]} == {"C0", "C1"}


def test_while_it_is_open_nobody_is_told_again(cast, contacts, run_jobs):
    represent(cast, first=cast.bea)
    run(cast, run_jobs)
    make_contact("later", agent="1002", turns=PUSHED)
    assert len(run(cast, run_jobs)) == 1


def test_what_an_earlier_run_found_is_not_told_of_again(cast, contacts, run_jobs):
    represent(cast, first=cast.bea)
    run(cast, run_jobs)
    Notice.objects.update(ended_at=now())
    assert [todo.ended_at for todo in run(cast, run_jobs) if todo.ended_at is None] == []


def test_after_an_import_too(cast, contacts):
    represent(cast, first=cast.bea)
    batch = Batch.objects.create(kind="contacts", source="test", created_at=now())
    Contact.objects.update(batch=batch)
    tasks.inspect_batch(batch.pk)
    tasks.inspect_batch(batch.pk)
    assert Notice.objects.get().person == cast.bea


def test_what_is_not_severe_or_not_in_force_is_not_told(cast, run_jobs):
    represent(cast, first=cast.bea)
    make_rule(severity="minor")
    make_rule(id="ownership.shadow", state="shadow")
    make_contact(agent="1002", turns=PUSHED)
    assert run(cast, run_jobs) == []


def test_whoever_stands_in_is_told(cast, contacts, run_jobs):
    represent(cast, first=cast.bea)
    change_unit(cast.first, {"owner": cast.ada}, by=cast.sol)
    hour = timedelta(hours=1)
    record_presence(cast.bea, kind="leave", from_at=now() - hour, to_at=now() + hour, by=cast.ada)
    assert [todo.person for todo in run(cast, run_jobs)] == [cast.ada]


def test_without_a_representative_nobody_is_told(cast, contacts, run_jobs):
    assert run(cast, run_jobs) == []

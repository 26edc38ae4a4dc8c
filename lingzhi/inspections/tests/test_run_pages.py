"""Starting, watching and stopping a run in the browser."""

import pytest
from django.urls import reverse

from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.queries import Filters
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import Inspection, InspectionRun
from lingzhi.jobs.models import Job, Run
from lingzhi.org.services import assign_role

RUNS, START = reverse("inspections:runs"), reverse("inspections:start_run")
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def contacts(cast):
    make_rule()
    return [make_contact(f"C{at}", agent=agent, turns="客服:不归我们管")
            for at, agent in enumerate(["1002", "1003", "2002"])]  # fmt: skip


@pytest.fixture
def started(cast, contacts) -> InspectionRun:
    return services.start_inspection(Filters(), label="Inspection: all", by=cast.quan)


def url(name, started) -> str:
    return reverse(f"inspections:{name}", args=[started.pk])


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_count_stands_before_it_starts(as_, cast, contacts):
    client = as_(cast.ines)
    assert "<b>3</b> conversations will be inspected" in text(client.get(START, headers=ENGLISH))
    narrowed = client.get(START, {"agent": "2002"}, headers={**ENGLISH, "HX-Request": "true"})
    assert text(narrowed).startswith('<p class="lz-full" id="count"')
    assert "<b>1</b> conversation will be inspected" in text(narrowed)


def test_it_starts_and_queues_its_task(as_, cast, contacts, run_jobs):
    answer = as_(cast.ines).post(START, {"period": "all", "agent": "2002"})
    started = InspectionRun.objects.get()
    assert (answer.status_code, answer.url) == (302, url("run", started))
    assert (started.run.total, started.filters) == (1, {"agent": "2002"})
    assert Job.objects.filter(name="inspections.run_inspection").count() == 1
    run_jobs()
    assert Inspection.objects.count() == 1


def test_a_wrong_filter_starts_nothing(as_, cast, contacts):
    answer = as_(cast.ines).post(START, {"period": "all", "from_on": "yesterday"})
    assert answer.status_code == 422
    assert not Run.objects.exists()


def test_with_nothing_to_inspect_it_is_refused(as_, cast, contacts):
    answer = as_(cast.ines).post(START, {"period": "all", "agent": "nobody"})
    assert answer.status_code == 409


def test_without_rules_it_is_refused(as_, cast):
    make_contact(agent="1002")
    assert as_(cast.ines).post(START, {"period": "all"}).status_code == 409


def test_it_is_listed_and_watched(as_, cast, started, run_jobs):
    client = as_(cast.ines)
    assert "Inspection: all" in text(client.get(RUNS))
    waiting = text(client.get(url("run", started)))
    assert url("run_progress", started) in waiting
    assert url("cancel_run", started) not in waiting, "offered to who started it"
    assert url("cancel_run", started) in text(as_(cast.quan).get(url("run", started)))
    run_jobs()
    done = text(as_(cast.quan).get(url("run", started), headers=ENGLISH))
    assert "Done" in done
    assert url("cancel_run", started) not in done
    assert client.get(url("run_progress", started))["HX-Refresh"] == "true"


def test_its_bar_is_asked_for(as_, cast, started):
    page = text(as_(cast.ines).get(url("run_progress", started)))
    assert 'max="3"' in page
    assert "<html" not in page


def test_it_is_cancelled_once_by_who_started_it(as_, cast, started):
    client = as_(cast.quan)
    assert client.post(url("cancel_run", started)).status_code == 302
    started.run.refresh_from_db()
    assert started.run.state == "cancelled"
    assert client.post(url("cancel_run", started)).status_code == 409


def test_nobody_cancels_the_run_of_another(as_, cast, started):
    assert as_(cast.ines).post(url("cancel_run", started)).status_code == 403
    started.run.refresh_from_db()
    assert started.run.cancel_requested_at is None


def test_who_looks_after_background_work_may_cancel_it(as_, cast, started):
    assign_role(cast.ines, "system_admin", cast.company, from_on=LONG_AGO, by=None)
    assert as_(cast.ines).post(url("cancel_run", started)).status_code == 302


def test_it_is_refused_without_the_right(as_, cast, started):
    client = as_(cast.ada)
    for address in (RUNS, START, url("run", started), url("run_progress", started)):
        assert client.get(address).status_code == 403
    assert client.post(START, {"period": "all"}).status_code == 403
    assert client.post(url("cancel_run", started)).status_code == 403


def test_a_missing_one_does_not_exist(as_, cast):
    for name in ("run", "run_progress"):
        address = reverse(f"inspections:{name}", args=[999_999])
        assert as_(cast.ines).get(address).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, cast, started):
    for address in (RUNS, START, url("run", started)):
        assert client.get(address).status_code == 302


def test_wrong_methods_are_refused(as_, cast, started):
    client = as_(cast.ines)
    assert client.post(RUNS).status_code == 405
    assert client.get(url("cancel_run", started)).status_code == 405


def test_the_number_of_queries_does_not_grow(as_, cast, contacts, django_assert_max_num_queries):
    for _at in range(8):
        services.start_inspection(Filters(), label="all", by=cast.quan)
    client = as_(cast.ines)
    client.get(RUNS)
    with django_assert_max_num_queries(15):
        client.get(RUNS)

"""A run over stored conversations: progress, cancel, going on, and what it may see."""

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.queries import Filters
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import Inspection
from lingzhi.jobs.services import cancel_run


@pytest.fixture(autouse=True)
def small_groups(settings):
    settings.INSPECTION_GROUP = 2


@pytest.fixture
def contacts(cast):
    make_rule()
    agents = ["1002", "1002", "1003", "2002", "2002"]
    return [
        make_contact(f"C{at}", agent=agent, turns="客服:不归我们管")
        for at, agent in enumerate(agents)
    ]


def start(cast, by="quan", **filters):
    return services.start_inspection(Filters(**filters), label="all", by=getattr(cast, by))


def test_it_judges_everything_and_counts(cast, contacts, run_jobs):
    started = start(cast)
    assert started.run.total == 5
    run_jobs()
    started.run.refresh_from_db()
    assert (started.run.state, started.run.done) == ("done", 5)
    assert started.run.counts == {"conversations": 5, "turns": 5, "hits": 5}
    assert Entry.objects.filter(action="inspections.run_started").count() == 1


def test_filters_narrow_it(cast, contacts, run_jobs):
    start(cast, agent="2002")
    run_jobs()
    assert Inspection.objects.count() == 2


def test_it_reaches_as_far_as_the_person_who_started_it(cast, contacts, run_jobs):
    with pytest.raises(services.NothingToInspect):
        start(cast, by="ada")  # a team leader does not run inspections


def test_what_is_judged_already_is_passed_over(cast, contacts, run_jobs):
    services.inspect_contacts(contacts[:2], services.snapshot_now())
    started = start(cast)
    run_jobs()
    started.run.refresh_from_db()
    assert (started.run.done, started.run.counts["conversations"]) == (5, 3)


def test_a_cancelled_run_stops_between_groups(cast, contacts, run_jobs, monkeypatch):
    started = start(cast)
    stop = lambda: cancel_run(started.run, by=cast.quan)  # noqa: E731
    monkeypatch.setattr("lingzhi.inspections.services.running.breathe", stop)
    run_jobs()
    started.run.refresh_from_db()
    assert (started.run.state, started.run.done, Inspection.objects.count()) == ("cancelled", 2, 2)


def test_a_new_try_goes_on_where_the_last_one_ended(cast, contacts, run_jobs, monkeypatch):
    started = start(cast)

    def fall_over() -> None:
        raise RuntimeError("no power")

    with monkeypatch.context() as patched:
        patched.setattr("lingzhi.inspections.services.running.breathe", fall_over)
        run_jobs(failing=True)
    services.go_on(type(started).objects.get(pk=started.pk))
    started.run.refresh_from_db()
    assert started.run.done == Inspection.objects.count() == 5
    assert started.run.counts["hits"] == 5


def test_without_rules_there_is_no_run(cast):
    make_contact()
    with pytest.raises(services.NoRules):
        start(cast)


def test_without_conversations_there_is_no_run(cast):
    make_rule()
    with pytest.raises(services.NothingToInspect):
        start(cast, agent="1002")

"""A back-test: what another version would find, over stored conversations, counting for nobody."""

from datetime import date

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.queries import Filters
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.inspections.measures import cells
from lingzhi.inspections.models import BackTest, Finding, Inspection
from lingzhi.jobs.services import cancel_run
from lingzhi_engine.inspect import Difference
from lingzhi_engine.inspect.difference import Kind

WIDER = {
    **SHIRKING,
    "conditions": {"pushed": {"op": "text.keyword", "words": ["不归我们管", "不是我们部门"]}},
}
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def small_groups(settings):
    settings.INSPECTION_GROUP = 2


@pytest.fixture
def contacts(cast):
    said = [
        "客服:不归我们管",
        "客服:不是我们部门",
        "客服:您好",
        "客服:不是我们部门",
        "客服:不归我们管",
    ]
    agents = ["1002", "1002", "1003", "2002", "2002"]
    return [
        make_contact(f"C{at}", agent=agent, turns=turns)
        for at, (agent, turns) in enumerate(zip(agents, said, strict=True))
    ]


@pytest.fixture
def pair(cast, contacts):
    before = make_rule()
    return before, services.save_draft(before.rule, WIDER, by=cast.ines)


def start(cast, pairs, by="quan", **filters) -> BackTest:
    return services.start_back_test(pairs, Filters(**filters), label="look", by=getattr(cast, by))


def rule_of(test):
    test.refresh_from_db()
    (found,) = Difference.from_json(test.result)
    return found


def test_it_says_what_is_gained_and_lost(cast, pair, run_jobs):
    test = start(cast, [pair])
    run_jobs()
    found = rule_of(test)
    assert found.pairs.as_json() == {"miss": {"miss": 1, "hit": 2}, "hit": {"hit": 2}}
    test.run.refresh_from_db()
    assert (test.run.state, test.run.done) == ("done", 5)
    assert test.run.counts == {"gained": 2, "lost": 0, "other": 0}
    assert not test.parts.exists()
    entry = Entry.objects.get(action="inspections.back_test_started")
    assert entry.after == {"rules": 1, "conversations": 5}


def test_it_knows_people_and_teams(cast, pair, run_jobs):
    test = start(cast, [pair])
    run_jobs()
    found = rule_of(test)
    assert set(found.groups["agent"]) == {str(one.pk) for one in (cast.bo, cast.bea, cast.chen)}
    assert found.groups["unit"][str(cast.first.pk)].changed(Kind.GAINED) == 1


def test_samples_name_conversations_and_places(cast, pair, contacts, run_jobs):
    test = start(cast, [pair])
    run_jobs()
    samples = {one.conversation: one for one in rule_of(test).samples[Kind.GAINED]}
    assert set(samples) == {str(contacts[1].pk), str(contacts[3].pk)}
    evidence = samples[str(contacts[1].pk)].after.evidence[0]
    assert (evidence.turn, evidence.start, evidence.end) == (1, 0, 6)


def test_a_rule_that_is_new_has_nothing_before(cast, contacts, run_jobs):
    test = start(cast, [(None, make_rule(state="draft"))])
    run_jobs()
    assert rule_of(test).pairs.as_json() == {"na": {"miss": 3, "hit": 2}}


def test_several_rules_at_once(cast, pair, run_jobs):
    test = start(cast, [pair, (None, make_rule(LENGTH, state="draft"))])
    run_jobs()
    test.refresh_from_db()
    assert [one.compared.rule for one in Difference.from_json(test.result)] == [
        "ownership.shirking", "time.too_long",
    ]  # fmt: skip


def test_filters_and_reach_narrow_it(cast, pair, run_jobs):
    test = start(cast, [pair], agent="2002")
    run_jobs()
    assert rule_of(test).pairs.as_json() == {"miss": {"hit": 1}, "hit": {"hit": 1}}
    with pytest.raises(services.NothingToInspect):
        start(cast, [pair], by="ada")


def test_it_compares_what_the_draft_was_when_it_began(cast, pair, run_jobs):
    test = start(cast, [pair])
    services.discard_draft(pair[1], by=cast.ines)
    run_jobs()
    assert rule_of(test).pairs.changed(Kind.GAINED) == 2


def test_a_kill_in_between_loses_and_doubles_nothing(cast, pair, run_jobs, monkeypatch):
    test = start(cast, [pair])

    def fall_over() -> None:
        raise RuntimeError("no power")

    with monkeypatch.context() as patched:
        patched.setattr("lingzhi.inspections.services.backtesting.breathe", fall_over)
        run_jobs(failing=True)
    test.refresh_from_db()
    assert (test.result, test.parts.count()) == (None, 1)
    services.go_on_comparing(BackTest.objects.get(pk=test.pk))
    found = rule_of(test)
    test.run.refresh_from_db()
    assert (test.run.done, int(found.pairs.counts.sum())) == (5, 5)
    services.go_on_comparing(BackTest.objects.get(pk=test.pk))
    assert rule_of(test).as_json() == found.as_json()


def test_what_a_cancelled_one_compared_is_kept(cast, pair, run_jobs, monkeypatch):
    test = start(cast, [pair])
    stop = lambda: cancel_run(test.run, by=cast.quan)  # noqa: E731
    monkeypatch.setattr("lingzhi.inspections.services.backtesting.breathe", stop)
    run_jobs()
    test.run.refresh_from_db()
    assert (test.run.state, int(rule_of(test).pairs.counts.sum())) == ("cancelled", 2)


def test_without_versions_there_is_nothing_to_compare(cast, contacts):
    with pytest.raises(services.NothingToCompare):
        start(cast, [])


def judged() -> list[tuple[object, ...]]:
    return [
        *Inspection.objects.order_by("pk").values_list("pk", "snapshot", "verdicts", "is_latest"),
        *Finding.objects.order_by("pk").values_list("pk", "version", "turn", "start", "end"),
    ]


@pytest.mark.parametrize("per", ["conversation", "check"])
def test_figures_of_past_days_stay_until_somebody_inspects_again(cast, pair, run_jobs, per):
    """K20 and its like count what the version in force at the time said."""
    services.start_inspection(Filters(), label="all", by=cast.quan)
    run_jobs()
    params = {"dimensions": ["ownership"], "per": per}
    figures, before = list(cells(params, DAY, DAY)), judged()
    assert sum(cell.numerator for cell in figures) == 3
    start(cast, [pair])
    run_jobs()
    assert (list(cells(params, DAY, DAY)), judged()) == (figures, before)
    services.activate_version(pair[1], by=cast.quan)
    assert (list(cells(params, DAY, DAY)), judged()) == (figures, before)


def test_inspecting_again_adds_judgements_and_changes_none(cast, pair, run_jobs):
    services.start_inspection(Filters(), label="all", by=cast.quan)
    run_jobs()
    old = list(Inspection.objects.order_by("pk").values_list("pk", "verdicts", "inspected_at"))
    services.activate_version(pair[1], by=cast.quan)
    services.start_inspection(Filters(), label="again", by=cast.quan)
    run_jobs()
    kept = Inspection.objects.filter(pk__in=[row[0] for row in old]).order_by("pk")
    assert list(kept.values_list("pk", "verdicts", "inspected_at")) == old
    assert Inspection.objects.filter(is_latest=True, verdicts="h").count() == 4

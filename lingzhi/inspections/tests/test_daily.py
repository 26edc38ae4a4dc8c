"""The figures of a past day stay: each rule counts as it was in force on that day."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import midnight, today
from lingzhi.core.measures import Place, measures
from lingzhi.inspections import services
from lingzhi.inspections.factories import SHIRKING, make_rule
from lingzhi.inspections.measures import cells, rows
from lingzhi.inspections.models import Inspection, Rule, RuleVersion
from lingzhi.inspections.queries import by_rule, contacts_with, tallies_of
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.services import (
    revise,
    save_answers,
    settle_controls,
    submit_version,
    withdraw_version,
)

DAYS = (5, 4, 2, 1)
DIMENSIONS = ["courtesy", "ownership"]
OTHER = {
    **SHIRKING,
    "conditions": {"pushed": {"op": "text.keyword", "words": ["抱歉"]}},
    "tests": {"hit": [["agent: 抱歉"]], "miss": [["agent: 您好"]]},
}


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def say(words: str, days: int, agent: str = "1002") -> Contact:
    day = ago(days)
    make_contact(
        f"{agent}-{days}-{words}",
        agent=agent,
        turns=f"客服:{words}\n客户:我要退款",
        started_at=f"{day} 00:00:01",
        answered_at=f"{day} 00:00:02",
        ended_at=f"{day} 00:00:03",
    )
    return Contact.objects.get(external_id=f"{agent}-{days}-{words}")


def counted(dimensions=DIMENSIONS) -> dict[int, tuple[float, float]]:
    """`{days ago: (kept, judged)}`, by conversation."""
    found: dict[int, tuple[float, float]] = {}
    params = {"dimensions": dimensions, "per": "conversation"}
    for cell in cells(params, ago(9), today()):
        days = (today() - cell.day).days
        kept, judged = found.get(days, (0, 0))
        found[days] = (kept + cell.numerator, judged + cell.denominator)
    behind = rows(params, Place(), ago(9), today())
    assert sum(behind.numerators) == sum(kept for kept, _judged in found.values())
    return found


def judge_again() -> None:
    services.inspect_all(Contact.objects.all())


def in_force(version: RuleVersion, since: datetime, until: datetime | None = None) -> None:
    RuleVersion.objects.filter(pk=version.pk).update(activated_at=since, retired_at=until)


@pytest.fixture
def packs(settings) -> None:
    settings.PACKS = Path(__file__).parent / "packs"


# --- rules that a clause names ------------------------------------------------------------------


@pytest.fixture
def named(cast, packs, run_jobs):
    """Every day somebody of each team shirks; the first team forbids it since three days."""
    for days in DAYS:
        for agent in ("1002", "2002"):
            say("这个不归我们管", days, agent)
    adopted = make_version("named", cast.first, by=cast.quan, effective_on=ago(3))
    run_jobs()
    judge_again()
    return adopted


def test_a_named_rule_counts_from_the_first_day_of_its_clause(named):
    assert Inspection.objects.count() == 8  # it judges every conversation
    assert counted() == {2: (0, 1), 1: (0, 1)}


def test_results_count_a_named_rule_where_its_clause_holds(named):
    [line] = by_rule(tallies_of(Contact.objects.all()))
    assert (line.key.rule.code, line.tally.hits) == ("ownership.shirking", 2)
    rules = list(Rule.objects.values_list("pk", flat=True))
    assert contacts_with(Contact.objects.all(), rules).count() == 2


def test_a_named_rule_that_a_person_took_over_is_looked_back_from(named, cast):
    services.change_owner(Rule.objects.get(), cast.quan, by=cast.quan)
    assert counted() == {days: (0, 2) for days in DAYS}


def test_days_of_a_clause_that_ended_stay(named, cast, run_jobs):
    before = counted()
    withdraw_version(named, reason="It is needed no more", by=cast.quan)
    settle_controls()
    run_jobs()
    assert RuleVersion.objects.get().state == "retired"
    make_rule({**OTHER, "id": "structure.other", "dimension": "structure"})
    judge_again()
    assert counted() == before


# --- words of a clause --------------------------------------------------------------------------


def test_days_under_the_old_words_stay_when_the_words_are_revised(cast, packs, run_jobs):
    for days in (*DAYS, 0):
        say("您好", days)
    adopted = make_version("words", cast.first, by=cast.quan, effective_on=ago(3))
    run_jobs()
    before = counted()
    assert before == {2: (0, 1), 1: (0, 1), 0: (0, 1)}
    draft = revise(adopted.regulation, reason_kind="feedback", reason="Others", by=cast.quan)
    save_answers(draft, {"greeting": {"words": ["随便"]}}, by=cast.quan)
    submit_version(draft, effective_on=today(), reason_kind="feedback", reason="x", by=cast.quan)
    settle_controls()
    run_jobs()
    judge_again()
    assert sorted(RuleVersion.objects.values_list("number", "state")) == [
        (1, "retired"), (2, "active"),
    ]  # fmt: skip
    assert Inspection.objects.filter(is_latest=True).values("snapshot").distinct().count() == 1
    assert counted() == {**before, 0: (1, 1)}
    late = say("随便", 2)
    judge_again()
    assert late.inspections.count() == 1
    assert counted() == {**before, 0: (1, 1)}  # the old words never judged it, the new do not count


# --- rules of persons ---------------------------------------------------------------------------


@pytest.fixture
def two_versions(cast):
    """A rule in force since four days, of which a second version is in force since yesterday."""
    for days in DAYS:
        say("不归我们管", days)
    first = make_rule()
    judge_again()
    draft = services.save_draft(first.rule, OTHER, by=None)
    services.activate_version(draft, by=None)
    second = RuleVersion.objects.get(pk=draft.pk)
    in_force(first, midnight(ago(4)), midnight(ago(1)))
    in_force(second, midnight(ago(1)))
    judge_again()
    return first, second


def test_each_day_counts_by_the_version_in_force_on_it(two_versions):
    assert counted() == {5: (1, 1), 4: (0, 1), 2: (0, 1), 1: (1, 1)}


def test_before_the_first_version_the_latest_judgement_counts(two_versions):
    first, second = two_versions
    in_force(first, midnight(today()), midnight(today()))
    in_force(second, midnight(today()))
    assert counted() == {days: (1, 1) for days in DAYS}


def test_what_came_in_late_counts_by_the_version_that_judged_it(two_versions):
    say("抱歉", 4)
    judge_again()
    assert counted()[4] == (0, 2)


def test_a_retired_rule_counts_on_the_days_on_which_it_was_in_force(two_versions, cast):
    before = counted()
    services.retire_version(two_versions[1], reason="wrong", by=cast.quan)
    assert counted() == {days: figures for days, figures in before.items() if days < 5}


def test_only_versions_of_the_dimension_count(two_versions):
    RuleVersion.objects.filter(pk=two_versions[1].pk).update(dimension="opening")
    assert counted(["ownership"]) == {4: (0, 1), 2: (0, 1)}
    assert counted(["opening"]) == {5: (1, 1), 1: (1, 1)}


def test_a_version_in_shadow_counts_on_no_day(db):
    make_rule(state="shadow")
    say("不归我们管", 1)
    judge_again()
    assert counted() == {}


def test_reading_does_not_grow_with_conversations(two_versions, django_assert_num_queries):
    with django_assert_num_queries(4):
        list(cells({"dimensions": DIMENSIONS, "per": "check"}, ago(9), today()))
    for agent in ("1002", "1003", "2002"):
        say("您好", 1, agent)
    judge_again()
    with django_assert_num_queries(4):
        list(cells({"dimensions": DIMENSIONS, "per": "check"}, ago(9), today()))


def test_dimensions_and_rules_have_words_before_any_rule_is_in_force(db):
    params = {param.name: param for param in measures()["inspections.kept"].params}
    with translation.override("en"):
        dimensions, rules = (dict(params[name].choices()) for name in ("dimensions", "rules"))
        assert dimensions["opening"] == "Opening"
        assert rules["ownership.shirking"] == "Shirking"
    make_rule({**OTHER, "dimension": "own_words"})
    assert ("own_words", "own_words") in list(params["dimensions"].choices())

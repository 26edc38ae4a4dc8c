"""Which verdicts count: versions of one rule, shadow, retired, what was not judged."""

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.inspections.models import Rule
from lingzhi.inspections.queries import (
    Tally,
    by_group,
    by_rule,
    by_version,
    contacts_with,
    number_of_hits,
    overall,
    share_unknown,
    tallies_of,
    tallies_of_versions,
    trend_of,
)

pytestmark = pytest.mark.django_db
SORRY = {
    **SHIRKING,
    "conditions": {"pushed": {"op": "text.keyword", "words": ["抱歉"]}},
    "tests": {"hit": [["agent: 抱歉"]], "miss": [["agent: 您好"]]},
}


def inspect() -> None:
    services.inspect_all(Contact.objects.all())


def tallies() -> dict[str, Tally]:
    return {line.key.rule.code: line.tally for line in by_rule(tallies_of(Contact.objects.all()))}


def hits(**rule) -> int:
    rules = list(Rule.objects.values_list("pk", flat=True))
    return contacts_with(Contact.objects.all(), rules, **rule).count()


def test_hits_and_misses_count_and_unknown_counts_as_neither():
    make_rule()
    make_rule(LENGTH)
    make_contact("A", turns="客服:不归我们管")
    make_contact("B", turns="客服:您好")
    inspect()
    assert tallies() == {
        "ownership.shirking": Tally(hits=1, misses=1),
        "time.too_long": Tally(unknown=2),
    }
    assert share_unknown(tallies_of(Contact.objects.all())) == 0.5
    assert overall(tallies_of(Contact.objects.all())) == Tally(hits=1, misses=1)


def test_a_version_in_shadow_counts_for_nobody():
    make_rule(state="shadow")
    make_contact(turns="客服:不归我们管")
    inspect()
    assert tallies() == {}
    assert hits() == 0
    assert number_of_hits() == 0


def test_where_it_did_not_judge_yet_the_version_before_it_counts():
    first = make_rule()
    make_contact("A", turns="客服:不归我们管")
    make_contact("B", turns="客服:抱歉")
    inspect()
    second = services.save_draft(first.rule, SORRY, by=None)
    services.activate_version(second, by=None)
    make_contact("C", turns="客服:抱歉")
    inspect_only_new = services.inspect_contacts
    inspect_only_new(list(Contact.objects.filter(external_id="C")), services.snapshot_now())
    assert tallies()["ownership.shirking"] == Tally(hits=2, misses=1)
    assert hits() == 2
    inspect()
    assert tallies()["ownership.shirking"] == Tally(hits=2, misses=1)
    assert hits() == 2


def test_a_shadow_that_came_into_force_counts_once_where_both_judged():
    first = make_rule()
    second = services.save_draft(first.rule, SORRY, by=None)
    services.shadow_version(second, by=None)
    make_contact("A", turns="客服:抱歉,不归我们管")
    make_contact("B", turns="客服:抱歉")
    inspect()
    assert tallies()["ownership.shirking"] == Tally(hits=1, misses=1)
    versions = tallies_of_versions(Contact.objects.all(), first.rule)
    assert (versions[first.pk].hits, versions[second.pk].hits) == (1, 2)
    assert by_version(tallies_of(Contact.objects.all())) == versions
    services.activate_version(second, by=None)
    assert tallies()["ownership.shirking"] == Tally(hits=2)
    assert hits() == 2


def test_a_retired_rule_no_longer_counts(cast):
    version = make_rule()
    make_contact(turns="客服:不归我们管")
    inspect()
    services.retire_version(version, reason="wrong", by=cast.quan)
    assert tallies() == {}
    assert hits() == 0


@pytest.mark.parametrize(("verdict", "number"), [("hit", 1), ("miss", 1), ("unknown", 0)])
def test_lists_hold_exactly_what_the_figure_says(verdict, number):
    make_rule()
    make_contact("A", turns="客服:不归我们管")
    make_contact("B", turns="客服:您好")
    make_contact("C", turns="客服:您好", channel="chat")
    services.inspect_contacts(
        list(Contact.objects.filter(external_id__in="AB")), services.snapshot_now()
    )
    assert hits(verdict=verdict) == number


def test_groups_are_counted_by_conversation():
    make_rule()
    make_rule({**SORRY, "id": "courtesy.sorry"})
    make_contact("A", turns="客服:抱歉,不归我们管", started_at="2026-11-19 10:00:00")
    make_contact("B", turns="客服:您好", started_at="2026-11-20 10:00:00")
    inspect()
    tallies = tallies_of(Contact.objects.all())
    days = {line.key.isoformat(): line.tally for line in by_group(tallies, "day")}
    assert days == {"2026-11-19": Tally(hits=1), "2026-11-20": Tally(misses=1)}
    assert overall(tallies) == Tally(hits=1, misses=1)


def test_a_trend_has_every_day_between_the_first_and_the_last():
    make_rule()
    make_contact("A", turns="客服:不归我们管", started_at="2026-11-16 10:00:00")
    make_contact("B", turns="客服:您好", started_at="2026-11-18 10:00:00")
    make_contact("C", turns="客服:您好", started_at="", answered_at="", ended_at="")
    inspect()
    trend = trend_of(tallies_of(Contact.objects.all()), "day")
    assert [day.day for day in trend.days] == [16, 17, 18]
    assert (trend.hits, trend.judged, trend.ratios) == ([1, 0, 0], [1, 0, 1], [1.0, None, 0.0])
    weeks = trend_of(tallies_of(Contact.objects.all()), "week")
    assert [day.isoformat() for day in weeks.days] == ["2026-11-16"]


def test_without_judgements_there_is_nothing_to_say():
    make_rule()
    make_contact()
    found = tallies_of(Contact.objects.all())
    assert (found.inspected, overall(found), share_unknown(found)) == (0, Tally(), None)
    assert by_group(found, "agent") == []
    assert Tally().ratio is None
    assert Tally().interval is None


def test_thirty_are_enough():
    assert not Tally(hits=1, misses=28).is_enough
    assert Tally(hits=1, misses=29).is_enough

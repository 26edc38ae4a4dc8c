"""Clauses about inspection by people: who is asked, and how it is counted that they are kept."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.inspections.factories import SHEET, make_review, make_sheet
from lingzhi.inspections.models import Review, Watch
from lingzhi.inspections.queries.people_keeping import ended, samples_kept, sheets_kept
from lingzhi.inspections.queries.sheets import example_sheet
from lingzhi.inspections.services.asking_people import demand_samples, demand_sheet, stop_asking
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
ASPECTS = ("沟通能力", "业务熟练度", "问题解决能力", "规范遵守情况")


def binding(unit, **values) -> Binding:
    return Binding(
        control_id=7, reference="s01 4.1.2 review", kind="sampling", title={"en": "Samples"},
        values=values, unit_id=unit.pk, unit_path=unit.path, from_on=date(2026, 1, 1),
    )  # fmt: skip


def talk(number, agent, day=5):
    return make_contact(
        f"T-{number}", agent=agent, turns="客户:您好\n客服:您好",
        started_at=datetime(2026, 10, day, 3, tzinfo=UTC),
    )  # fmt: skip


def two_each(unit):
    return binding(unit, method="random", size=2, per="agent", cadence="monthly")


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


def test_each_agent_needs_so_many_scores_in_a_month_that_is_over(cast, sheet):
    for number in range(3):
        make_review(talk(f"bo{number}", "1002"), sheet, by=cast.ines)
    make_review(talk("bea1", "1003"), sheet, by=cast.ines)
    talk("bea2", "1003")
    [days] = samples_kept([two_each(cast.hotline)], FIRST, LAST)
    assert days == {LAST: Evidence(kept=1, broken=1)}


def test_whoever_had_fewer_conversations_needs_only_those(cast, sheet):
    make_review(talk("bo1", "1002"), sheet, by=cast.ines)
    [days] = samples_kept([two_each(cast.hotline)], FIRST, LAST)
    assert days == {LAST: Evidence(kept=1)}


def test_a_draft_is_no_score(cast, sheet):
    made = make_review(talk("bo1", "1002"), sheet, by=cast.ines)
    Review.objects.filter(pk=made.pk).update(state="draft")
    [days] = samples_kept([two_each(cast.hotline)], FIRST, LAST)
    assert days == {LAST: Evidence(broken=1)}


def test_a_team_is_counted_as_a_whole_and_only_within_the_binding(cast, sheet):
    make_review(talk("bo1", "1002"), sheet, by=cast.ines)
    make_review(talk("bea1", "1003"), sheet, by=cast.ines)
    talk("chen", "2002")
    per_team = binding(cast.hotline, method="random", size=2, per="team", cadence="monthly")
    whole, first_only = samples_kept(
        [per_team, replace(per_team, unit_id=cast.first.pk, unit_path=cast.first.path)],
        FIRST, LAST,
    )  # fmt: skip
    assert whole == {LAST: Evidence(kept=1, broken=1)}
    assert first_only == {LAST: Evidence(kept=1)}


def test_listening_in_is_counted_by_the_month_where_the_clause_does_not_say(cast):
    talks = [talk("bo1", "1002"), talk("bea1", "1003")]
    Watch.objects.create(
        person=cast.ada, source=talks[0].source, external_id="T-bo1", agent=cast.bo,
        unit=cast.first, from_at=talks[0].started_at, until_at=talks[0].started_at,
    )  # fmt: skip
    asked = binding(cast.hotline, method="live", per="agent")
    assert samples_kept([asked], FIRST, LAST) == [{LAST: Evidence(kept=1, broken=1)}]
    demand_samples(asked, by=cast.quan)
    assert not Notice.objects.filter(matter="rulebook.control/7").exists()


def test_a_period_that_is_not_over_is_not_counted(cast, sheet):
    talk("bo1", "1002")
    assert samples_kept([two_each(cast.hotline)], FIRST, date(2026, 10, 30)) == [{}]


def test_a_quarter_and_a_year_end_with_their_last_month():
    def lasts(cadence):
        return [(one.first, one.last) for one in ended(cadence, date(2025, 9, 1), LAST)]

    quarters = [(date(2025, 7, 1), date(2025, 9, 30)), (date(2025, 10, 1), date(2025, 12, 31))]
    assert lasts("quarterly")[:2] == quarters
    assert lasts("yearly") == [(date(2025, 1, 1), date(2025, 12, 31))]
    assert lasts("each") == []


def test_a_score_keeps_the_clause_if_its_sheet_has_every_section(cast):
    plain = make_sheet(cast.quan)
    whole = make_sheet(cast.quan, example_sheet("four_aspects"), code="four")
    for version, number in ((plain, 1), (whole, 2), (whole, 3)):
        contact = talk(number, "1002")
        Review.objects.create(
            contact=contact, version=version, inspector=cast.ines, agent=cast.bo, unit=cast.first,
            state="scored", started_at=contact.started_at, scored_at=contact.started_at,
        )  # fmt: skip
    named = [{"zh-Hans": name, "en": "An aspect"} for name in ASPECTS]
    [days] = sheets_kept([binding(cast.hotline, method="points", sections=named)], FIRST, LAST)
    assert days == {date(2026, 10, 5): Evidence(kept=2, broken=1)}


def test_who_can_is_asked_once_and_no_more_when_the_clause_ends(cast):
    asked = binding(cast.hotline, method="points", sections=list(ASPECTS))
    for _again in range(2):
        demand_sheet(asked, by=cast.quan)
    notices = Notice.objects.filter(matter="rulebook.control/7", ended_at=None)
    assert [one.person_id for one in notices] == [cast.quan.pk]
    stop_asking(asked, by=cast.quan)
    assert not notices.all().exists()


def test_nobody_is_asked_for_a_sheet_that_is_there(cast):
    make_sheet(cast.quan, {**SHEET, "title": "x"})
    demand_sheet(binding(cast.hotline, method="points", sections=["服务"]), by=cast.quan)
    assert not Notice.objects.filter(matter="rulebook.control/7").exists()


def test_a_clause_about_samples_asks_for_a_plan(cast):
    demand_samples(two_each(cast.hotline), by=cast.quan)
    assert Notice.objects.filter(matter="rulebook.control/7", person=cast.quan).count() == 1


def test_both_kinds_run():
    kinds = control_kinds()
    assert kinds["sampling"].runs
    assert kinds["scorecard"].runs

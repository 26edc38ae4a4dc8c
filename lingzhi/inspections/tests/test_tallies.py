"""Sums that are kept say the same as the conversations themselves, and are not used when stale."""

from datetime import date

import numpy as np
import pytest

from lingzhi.contacts.factories import make_contact, make_contacts
from lingzhi.contacts.models import Contact, Source
from lingzhi.contacts.queries import Filters
from lingzhi.contacts.services import match_agent
from lingzhi.core.clock import now
from lingzhi.imports.models import Batch
from lingzhi.inspections import services
from lingzhi.inspections.access import READ
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_review, make_rule, make_sheet
from lingzhi.inspections.models import CountedDay, DayTally
from lingzhi.inspections.queries import (
    RuleFilters,
    Tally,
    by_group,
    by_rule,
    gaps_of,
    overall,
    tallies_of,
    tallies_visible_to,
)
from lingzhi.inspections.queries.columns import Columns
from lingzhi.inspections.queries.results import GROUPINGS
from lingzhi.inspections.queries.tallies import stale_days
from lingzhi.inspections.queries.tallying import cells_of, packed, unpacked
from lingzhi.inspections.services.adding_up import add_up_days
from lingzhi.org.services import assign_role

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)
PUSHED, KIND = "客服:不归我们管", "客服:您好"
SORRY = {
    **SHIRKING,
    "id": "courtesy.sorry",
    "conditions": {"pushed": {"op": "text.keyword", "words": ["您好"]}},
    "tests": {"hit": [["agent: 您好"]], "miss": [["agent: 抱歉"]]},
}


@pytest.fixture
def centre(cast):
    """Three days, two teams, one contact without a time and one that nobody answered."""
    for rule in (SHIRKING, LENGTH, SORRY):
        make_rule(rule)
    make_contacts(
        {
            "external_id": f"{day}-{number}",
            "turns": PUSHED if (day + number) % 2 else KIND,
            "started_at": f"2026-11-{day} 10:00:00",
            "agent": agent,
        }
        for day in (16, 17, 18)
        for number, agent in enumerate(("1002", "2002", ""))
    )
    make_contact("undated", turns=PUSHED, started_at="", answered_at="", ended_at="")
    services.inspect_all(Contact.objects.all())
    return cast


def said(tallies):
    """Everything that pages show of it."""
    questions = [RuleFilters(), RuleFilters(kind="violation"), RuleFilters(dimension="time")]
    return (
        {line.key.rule.code: line.tally for line in by_rule(tallies)},
        [
            sorted((str(line.key), line.tally) for line in by_group(tallies, by, asked))
            for by in GROUPINGS
            for asked in questions
        ],
        [overall(tallies, asked) for asked in questions],
        [(gap.version.pk, gap.unknown, gap.reasons) for gap in gaps_of(tallies)],
        (tallies.talks, tallies.unanswered, tallies.inspected),
    )


@pytest.mark.parametrize("who", ["quan", "ada", "bo"])
@pytest.mark.parametrize(
    "asked", [{}, {"from_on": "2026-11-17"}, {"channel": "chat"}, {"agent": "1002"}]
)
def test_kept_sums_say_what_the_conversations_say(centre, who, asked):
    person = getattr(centre, who)
    filters = Filters.from_json(asked)
    before = said(tallies_visible_to(person, READ, filters))
    assert add_up_days() == 4
    assert stale_days(Columns.now()) == []
    assert said(tallies_visible_to(person, READ, filters)) == before


def test_who_sees_everything_reads_nothing_else(centre):
    assign_role(centre.quan, "quality_manager", centre.company, from_on=LONG_AGO, by=None)
    whole = said(tallies_of(Contact.objects.all()))
    add_up_days()
    assert said(tallies_visible_to(centre.quan, READ, Filters())) == whole
    for kept in DayTally.objects.filter(inspected__gt=0):
        cell = unpacked([kept.numbers], len(Columns.now()))
        kept.numbers = packed(cell.astype(np.uint32) * 100)
        kept.save()
    hits = overall(tallies_visible_to(centre.quan, READ, Filters())).hits
    assert hits == 100 * whole[2][0].hits > 0


@pytest.mark.parametrize("largest", [[0, 255], [0, 256], [70_000]])
def test_what_is_packed_is_unpacked(largest):
    cells = [np.full((3, 4), n, np.uint32) for n in largest]
    found = unpacked([packed(one) for one in cells], 3)
    assert found.tolist() == [one.tolist() for one in cells]


def new_contact(centre):
    make_contact("later", turns=PUSHED, started_at="2026-11-17 11:00:00", agent="1002")


def judged_anew(centre):
    new_contact(centre)
    add_up_days()
    services.inspect_all(Contact.objects.all())


def agent_found(centre):
    make_contact("odd", turns=PUSHED, started_at="2026-11-17 11:00:00", agent="somebody")
    add_up_days()
    source = Source.objects.get(contact__external_id="odd")
    match_agent(source, "somebody", centre.bo, by=centre.quan)


@pytest.mark.parametrize("change", [new_contact, judged_anew, agent_found])
def test_a_day_that_changed_is_counted_anew(centre, change):
    assign_role(centre.quan, "quality_manager", centre.company, from_on=LONG_AGO, by=None)
    add_up_days()
    change(centre)
    assert [day.day for day in stale_days(Columns.now())] == [17]
    now = said(tallies_of(Contact.objects.all()))
    assert said(tallies_visible_to(centre.quan, READ, Filters())) == now
    assert add_up_days() == 1
    assert said(tallies_visible_to(centre.quan, READ, Filters())) == now


def test_a_score_is_added_to_sums_that_hold(centre):
    """Scores come all day long: a day is not counted anew for each."""
    assign_role(centre.quan, "quality_manager", centre.company, from_on=LONG_AGO, by=None)
    talk, later = Contact.objects.filter(turn_count__gt=0)[:2]
    sheet = make_sheet(centre.quan)
    make_review(talk, sheet, by=centre.ines)
    add_up_days()
    for contact, inspector in ((later, centre.ines), (talk, centre.ada)):
        make_review(contact, sheet, by=inspector)
    assert stale_days(Columns.now()) == []
    assert tallies_visible_to(centre.quan, READ, Filters()).scored == 2
    assert tallies_of(Contact.objects.all()).scored == 2


def test_a_score_while_its_day_is_added_up_makes_the_sums_stale(centre, monkeypatch):
    talk = Contact.objects.filter(turn_count__gt=0)[0]
    sheet = make_sheet(centre.quan)

    def scored_meanwhile(contacts, columns):
        found = cells_of(contacts, columns)
        if contacts.filter(pk=talk.pk).exists() and not talk.reviews.exists():
            make_review(talk, sheet, by=centre.ines)
        return found

    monkeypatch.setattr("lingzhi.inspections.services.adding_up.cells_of", scored_meanwhile)
    add_up_days()
    assert len(stale_days(Columns.now())) == 1
    add_up_days()
    assert sum(DayTally.objects.values_list("scored", flat=True)) == 1


def test_rules_that_mean_something_else_make_all_sums_stale(centre):
    add_up_days()
    make_rule({**SORRY, "id": "courtesy.kind"})
    assert len(stale_days(Columns.now())) == 4
    found = tallies_visible_to(centre.ada, READ, Filters())
    [fresh] = [line for line in by_rule(found) if line.key.rule.code == "courtesy.kind"]
    assert fresh.tally == Tally()


def test_a_day_of_an_import_that_goes_on_waits(centre):
    batch = Batch.objects.create(
        kind="contacts", source="s", created_at=now(), created_by=centre.quan
    )
    make_contact("coming", turns=PUSHED, started_at="2026-11-18 11:00:00")
    Contact.objects.filter(external_id="coming").update(batch=batch)
    add_up_days()
    assert [day.day for day in stale_days(Columns.now())] == [18]
    assert CountedDay.objects.count() == 3

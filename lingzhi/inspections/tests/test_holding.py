"""The words of a clause judge only where and when a clause with these words holds."""

from datetime import timedelta
from pathlib import Path

import pytest

from lingzhi.contacts.factories import make_contact, make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.inspections import services
from lingzhi.inspections.measures import cells
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.presenting.findings import shown_judgement
from lingzhi.inspections.queries import (
    Tally,
    by_rule,
    contacts_with,
    hits_of,
    tallies_of,
    verdicts_of,
)
from lingzhi.inspections.queries.results import overall
from lingzhi.rulebook.factories import make_version

RULE = "phrases.words_greeting"
SINCE = 3  # days since the first team's regulation is in force


@pytest.fixture
def words(cast, settings, run_jobs):
    """「您好」 is forbidden to the first team for three days; both teams say it every day."""
    settings.PACKS = Path(__file__).parent / "packs"
    make_contacts(
        {
            "external_id": f"{agent}-{days}",
            "agent": agent,
            "turns": "客服:您好\n客户:我要退款",
            "started_at": f"{today() - timedelta(days=days)} 10:00:00",
            "answered_at": f"{today() - timedelta(days=days)} 10:00:05",
            "ended_at": f"{today() - timedelta(days=days)} 10:04:05",
        }
        for days in (5, 4, 2, 1)
        for agent in ("1002", "2002")
    )
    make_contact("no-time", agent="1002", turns="客服:您好", started_at="", answered_at="",
                 ended_at="")  # fmt: skip
    adopted = make_version(
        "words", cast.first, by=cast.quan, effective_on=today() - timedelta(days=SINCE)
    )
    run_jobs()
    services.inspect_all(Contact.objects.all())
    return adopted


def tally() -> Tally:
    [line] = by_rule(tallies_of(Contact.objects.all()))
    assert line.key.rule.code == RULE
    return line.tally


def listed(verdict: str = "hit") -> set[str]:
    rules = list(Rule.objects.values_list("pk", flat=True))
    return set(
        contacts_with(Contact.objects.all(), rules, verdict).values_list("external_id", flat=True)
    )


def test_words_of_a_team_count_for_it_since_its_first_day(words):
    assert tally() == Tally(hits=2)
    assert listed() == {"1002-2", "1002-1"}
    hits = hits_of(Contact.objects.all())
    assert sum(map(len, hits.values())) == 2


def test_columns_that_were_asked_for_stay_as_they_are(words):
    verdicts = verdicts_of(Contact.objects.all(), ("contact__external_id",))
    assert list(verdicts.keys) == ["contact__external_id"]
    assert len(verdicts.keys["contact__external_id"]) == len(verdicts) == 9
    assert overall(tallies_of(Contact.objects.all())) == Tally(hits=2)


@pytest.mark.parametrize("per", ["conversation", "check"])
def test_days_before_the_regulation_do_not_move(words, per):
    found = list(
        cells(
            {"dimensions": ["courtesy"], "per": per}, today() - timedelta(days=9), today()
        )
    )  # fmt: skip
    assert {(cell.day, cell.unit_id) for cell in found} == {
        (today() - timedelta(days=days), words.regulation.unit_id) for days in (2, 1)
    }
    assert [(cell.numerator, cell.denominator) for cell in found] == [(0, 1), (0, 1)]


def test_a_person_who_takes_the_rule_over_judges_everybody(words, cast):
    services.change_owner(Rule.objects.get(), cast.quan, by=cast.quan)
    assert tally() == Tally(hits=9)
    assert len(listed()) == 9


def test_another_team_with_the_same_words_is_judged_since_its_own_day(words, cast, run_jobs):
    make_version("words", cast.second, by=cast.quan, effective_on=today() - timedelta(days=1))
    run_jobs()
    assert RuleVersion.objects.count() == 1
    assert listed() == {"1002-2", "1002-1", "2002-1"}
    assert tally() == Tally(hits=3)


def test_words_for_the_company_count_for_conversations_of_no_team(words, cast, run_jobs):
    day = today() - timedelta(days=1)
    make_contact("nobody", agent="unknown", turns="客服:您好", started_at=f"{day} 10:00:00",
                 answered_at=f"{day} 10:00:05", ended_at=f"{day} 10:04:05")  # fmt: skip
    services.inspect_all(Contact.objects.all())
    assert "nobody" not in listed()
    make_version("words", cast.company, by=cast.quan, effective_on=day)
    assert "nobody" in listed()
    assert tally() == Tally(hits=4)


def test_the_page_of_a_conversation_leaves_the_words_of_others_out(words, cast):
    def shown(number: str) -> list[str]:
        contact = Contact.objects.get(external_id=number)
        judgement = shown_judgement(contact.inspections.get(is_latest=True), contact, cast.quan)
        return [one.version.rule.code for one in judgement.hits]

    assert shown("1002-1") == [RULE]
    assert shown("1002-5") == [RULE]  # a clause is looked back at
    assert shown("2002-1") == []

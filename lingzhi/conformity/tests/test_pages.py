"""The pages: who sees what, what they say, and where they lead."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.conformity import services
from lingzhi.conformity.models import DayEvidence, Threshold
from lingzhi.conformity.tests.conftest import talks
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.tests.needed import needs_pdf
from lingzhi.inspections import services as inspections
from lingzhi.org.services import assign_role, change_unit, create_unit
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Control

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def _counted(settled):
    for kind in ("inspection_rule", "phrases", "post"):
        services.count_kind(kind)


@pytest.fixture
def counted(_counted, house):
    return house


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"conformity:{name}", args=args), query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def states(answer) -> dict[str, str]:
    lines = [line for chapter in answer.context["chapters"] for line in chapter.lines]
    return {line.standing.clause.number: line.standing.state.value for line in lines}


def opened(client, house, **query):
    url = reverse("conformity:regulation", args=[house.regulation.pk])
    return client.get(url, query, headers=ENGLISH)


def test_each_clause_has_its_state(as_, cast, counted):
    answer = opened(as_(cast.quan), counted)
    assert states(answer) == {
        "1.1": "statement",
        "2.1": "too_few",
        "2.2": "too_few",
        "2.3": "broken",
        "2.4": "unenforced",
        "2.5": "unenforced",
    }
    assert [tile.number for tile in answer.context["tiles"]] == [0, 1, 2, 2]


def test_days_before_the_first_are_shown_apart(as_, cast, counted):
    """Three of seven conversations in force were pushed away; one more, before, was not counted."""
    html = page(as_(cast.quan), "clause", counted.regulation.pk, "2.1")
    assert "4 of 7" in html
    assert "before its first day: 66.7% (2 of 3)" in html


def test_without_evidence_in_force_it_looks_back(as_, cast, counted):
    counted.version.effective_on = today()
    counted.version.save()
    answer = opened(as_(cast.quan), counted)
    assert answer.context["looking_back"] > 0
    assert "what would have been found" in answer.content.decode()


def test_enough_evidence_says_kept(as_, cast, counted):
    talks(today() - timedelta(days=1), kept=95)
    inspections.inspect_all(Contact.objects.all())
    services.count_kind("inspection_rule")
    services.count_kind("phrases")
    assert states(opened(as_(cast.quan), counted))["2.2"] == "kept"
    services.set_threshold(0.5, reason="lenient", by=cast.quan)
    assert states(opened(as_(cast.quan), counted))["2.1"] == "kept"


def test_tabs_of_one_title_name_their_units(as_, cast, counted):
    assert opened(as_(cast.quan), counted).context["regulations"] == [
        (counted.regulation, "Small hotline")
    ]
    make_version("house", cast.second, by=cast.quan, answers={"company": {"words": ["云栖"]}})
    html = opened(as_(cast.quan), counted).content.decode()
    assert "Small hotline · 热线中心" in html
    assert "Small hotline · 二组" in html


def test_a_team_leader_sees_the_own_team(as_, cast, counted):
    answer = opened(as_(cast.ada), counted)
    assert answer.context["place"] == cast.first
    assert states(answer)["2.3"] == "kept"
    html = page(as_(cast.ada), "clause", counted.regulation.pk, "2.1")
    assert "3 of 4" in html
    other = opened(as_(cast.ada), counted, unit=cast.second.pk)
    assert other.context["place"] == cast.first


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"state": "broken"}, {"2.3"}),
        ({"state": "open"}, {"2.1", "2.2"}),
        ({"state": "kept"}, set()),
        ({"state": "nonsense"}, {"1.1", "2.1", "2.2", "2.3", "2.4", "2.5"}),
    ],
)
def test_filters_narrow(as_, cast, counted, query, shown):
    assert set(states(opened(as_(cast.quan), counted, **query))) == shown


def test_htmx_gets_the_lines_only(as_, cast, counted):
    url = reverse("conformity:regulation", args=[counted.regulation.pk])
    answer = as_(cast.quan).get(url, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="rows"' in answer.content


def test_broken_cases_show_masked_words_and_lead_to_them(as_, cast, counted):
    html = page(as_(cast.quan), "clause", counted.regulation.pk, "2.1")
    assert "不归我们管" in html
    contact = Contact.objects.filter(agent=cast.chen).latest("pk")
    assert reverse("contacts:detail", args=[contact.pk]) in html
    team = page(as_(cast.ada), "clause", counted.regulation.pk, "2.1")
    assert reverse("contacts:detail", args=[contact.pk]) not in team


def test_the_figures_lead_to_just_their_conversations(as_, cast, counted):
    client = as_(cast.quan)
    url = reverse("conformity:clause", args=[counted.regulation.pk, "2.1"])
    [shown] = client.get(url).context["controls"]
    for verdict, number in (("broken", 3), ("kept", 4), ("unknown", 0)):
        found = client.get(shown.urls[verdict]).context["page"]
        assert found.paginator.count == number, verdict


def test_by_team_adds_up_to_the_whole(as_, cast, counted):
    url = reverse("conformity:clause", args=[counted.regulation.pk, "2.1"])
    context = as_(cast.quan).get(url).context
    teams = {team.unit: team.figure.evidence for team in context["teams"]}
    assert (teams[cast.first].kept, teams[cast.first].broken) == (3, 1)
    assert (teams[cast.second].kept, teams[cast.second].broken) == (1, 2)


def test_gaps_are_named(as_, cast, counted):
    Control.objects.filter(key="company").update(problem="It cannot run.", applied_at=None)
    DayEvidence.objects.filter(control__key="shirking").delete()
    html = page(as_(cast.quan), "gaps", counted.regulation.pk)
    for words in ("Agents smile.", "It explains.", "It cannot run.", "No shirking", "waits for"):
        assert words in html
    url = reverse("conformity:gaps", args=[counted.regulation.pk])
    assert "2.1" in {one.clause.number for one in as_(cast.quan).get(url).context["unowned"]}
    change_unit(cast.hotline, {"owner": cast.quan}, by=cast.quan)
    assert as_(cast.quan).get(url).context["unowned"] == []


def test_a_clause_shows_twelve_periods_its_last_evidence_and_what_is_open(as_, cast, counted):
    url = reverse("conformity:clause", args=[counted.regulation.pk, "2.1"])
    context = as_(cast.quan).get(url, {"period": "7"}).context
    days = {point.last: point.figure.checked for point in context["twelve"]}
    assert len(days) == 12
    assert days[today()] == 7
    assert context["standing"].last_on == today() - timedelta(days=2)
    assert context["actions"] == []
    assert "improvement" in context["action_url"]
    assert as_(cast.ines).get(url).context["actions"] == []


@pytest.mark.parametrize("number", ["1.1", "2.1", "2.2", "2.3", "2.4", "2.5"])
def test_every_clause_opens_with_evidence_and_without(as_, cast, counted, number):
    for who in (cast.quan, cast.ada):
        assert number in page(as_(who), "clause", counted.regulation.pk, number)
    DayEvidence.objects.all().delete()
    assert number in page(as_(cast.quan), "clause", counted.regulation.pk, number)


def test_heading_unknown_clause_and_unknown_regulation_are_not_there(as_, cast, counted):
    client = as_(cast.quan)
    for args in ([counted.regulation.pk, "2"], [counted.regulation.pk, "9.9"], [999, "2.1"]):
        assert client.get(reverse("conformity:clause", args=args)).status_code == 404


def test_rules_of_another_centre_are_not_seen(as_, cast, counted):
    other = create_unit(kind="centre", name="二中心", code="b", parent=cast.company, by=None)
    stranger = User.objects.create_user("5001", "correct horse", name="Una")
    assign_role(stranger, "quality_manager", other, from_on=today(), by=None)
    url = reverse("conformity:regulation", args=[counted.regulation.pk])
    assert as_(stranger).get(url).status_code == 404
    assert "No rulebook in force" in page(as_(stranger), "overview")


@pytest.mark.parametrize(
    ("who", "status"), [("quan", 200), ("ada", 200), ("ines", 200), ("bo", 403), ("sam", 403)]
)
def test_who_may_read(as_, cast, counted, who, status):
    for name in ("regulation", "gaps", "table"):
        url = reverse(f"conformity:{name}", args=[counted.regulation.pk])
        assert as_(getattr(cast, who)).get(url).status_code == status, name


def test_anonymous_signs_in_and_posts_are_refused(client, as_, cast, counted):
    url = reverse("conformity:regulation", args=[counted.regulation.pk])
    assert client.get(url).status_code == 302
    assert as_(cast.quan).post(url).status_code == 405


def test_the_table_has_a_row_a_clause(as_, cast, counted):
    url = reverse("conformity:table", args=[counted.regulation.pk])
    answer = as_(cast.quan).get(url, headers=ENGLISH)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert list(rows) == ["1.1", "2.1", "2.2", "2.3", "2.4", "2.5"]
    assert rows["2.1"][3:8] == ("Too little evidence", "No shirking", 7, 4, 3)
    assert rows["2.1"][-1] == "R-CH-08"
    assert Entry.objects.get(action="conformity.exported").after == {"form": "xlsx"}


@needs_pdf
def test_the_pdf_is_one(as_, cast, counted):
    answer = as_(cast.quan).get(reverse("conformity:pdf", args=[counted.regulation.pk]))
    assert answer.content.startswith(b"%PDF")
    assert "conformity-house" in answer["Content-Disposition"]


def test_the_rulebooks_page_of_a_clause_shows_it(as_, cast, counted):
    url = reverse("rulebook:clause", args=[counted.regulation.pk, "2.1"])
    html = as_(cast.quan).get(url, headers=ENGLISH).content.decode()
    assert "Conformity in the last 30 days" in html
    assert "Conformity in" not in as_(cast.bo).get(url, headers=ENGLISH).content.decode()


def test_queries_do_not_grow_with_clauses(as_, cast, counted, django_assert_max_num_queries):
    client = as_(cast.quan)
    opened(client, counted)
    with django_assert_max_num_queries(40):
        opened(client, counted)


# --- the share that is needed -------------------------------------------------------------------

THRESHOLD = reverse("conformity:threshold")


def test_setting_the_share_leaves_its_trace(as_, cast, counted):
    given = {"percent": "90", "reason": "as agreed"}
    assert as_(cast.quan).post(THRESHOLD, given).status_code == 302
    assert Threshold.objects.get().share == 0.9
    entry = Entry.objects.get(action="conformity.threshold_set")
    assert (entry.before, entry.after, entry.reason) == (
        {"share": 0.95},
        {"share": 0.9},
        "as agreed",
    )


@pytest.mark.parametrize("percent", ["0", "101", "x", ""])
def test_a_share_that_is_none_is_refused(as_, cast, counted, percent):
    answer = as_(cast.quan).post(THRESHOLD, {"percent": percent, "reason": "r"})
    assert answer.status_code == 422
    assert not Threshold.objects.exists()


def test_only_who_writes_every_rulebook_sets_it(as_, cast, counted):
    for who in (cast.ada, cast.ines, cast.bo, cast.sol):
        assert as_(who).get(THRESHOLD).status_code == 403

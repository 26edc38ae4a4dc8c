"""Results by rule, agent, team, channel and day, within the own reach, as page and as file."""

import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact, make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule

URL = reverse("inspections:results")
EXPORT = reverse("inspections:export_results")
FINDINGS = reverse("inspections:export_findings")
ENGLISH = {"Accept-Language": "en"}


def page(client, **query) -> str:
    answer = client.get(URL, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def table(client, **query) -> list[dict[str, str]]:
    answer = client.get(EXPORT, query, headers=ENGLISH)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def counts(rows, name) -> dict[str, tuple[str, str]]:
    return {row[name]: (row["Hits"], row["Judged"]) for row in rows}


def test_by_rule_with_the_named_interval(as_, cast, judged):
    html = page(as_(cast.quan))
    assert "Shirking" in html
    assert "Clopper–Pearson" in html
    assert "[9.4, 99.2]" in html  # 2 of 3


@pytest.mark.parametrize(
    ("by", "column", "expected"),
    [
        ("rule", "Rule", {"Shirking": ("2", "3")}),
        ("agent", "Agent", {"Bo": ("1", "1"), "Bea": ("0", "1"), "Chen": ("1", "1")}),
        ("unit", "Team", {"一组": ("1", "2"), "二组": ("1", "1")}),
        ("channel", "Channel", {"Phone": ("2", "3")}),
        ("day", "Day", {"2026-11-20": ("2", "3")}),
    ],
)
def test_each_grouping_counts_conversations(as_, cast, judged, by, column, expected):
    client = as_(cast.quan)
    assert counts(table(client, by=by), column) == expected
    assert client.get(URL, {"by": by}).status_code == 200


def test_a_leader_sees_the_own_team_and_an_agent_the_own_work(as_, cast, judged):
    assert counts(table(as_(cast.ada), by="agent"), "Agent") == {
        "Bo": ("1", "1"), "Bea": ("0", "1"),
    }  # fmt: skip
    assert counts(table(as_(cast.bo), by="agent"), "Agent") == {"Bo": ("1", "1")}


@pytest.mark.parametrize(
    ("filters", "judged_number"),
    [
        ({"agent": "1002"}, "1"),
        ({"channel": "phone"}, "3"),
        ({"from_on": "2026-11-21"}, None),
        ({"to_on": "2026-11-20"}, "3"),
        ({"severity": "severe"}, "3"),
        ({"severity": "minor"}, None),
        ({"dimension": "ownership"}, "3"),
        ({"kind": "credit"}, None),
    ],
)
def test_filters_narrow(as_, cast, judged, filters, judged_number):
    rows = [row["Judged"] for row in table(as_(cast.quan), **filters)]
    assert [number for number in rows if number != "0"] == (
        [judged_number] if judged_number else []
    )


def test_a_wrong_filter_is_named_and_narrows_nothing(as_, cast, judged):
    client = as_(cast.quan)
    assert "Shirking" in page(client, unit="nonsense", from_on="yesterday", by="x", sort="x")


def test_problems_are_shown_unless_asked_otherwise(as_, cast, judged):
    make_rule({**SHIRKING, "id": "praise.some", "title": {"en": "Praise"},
               "effect": {"kind": "credit"}})  # fmt: skip
    services.inspect_all(Contact.objects.all())
    client = as_(cast.quan)
    assert [row["Rule"] for row in table(client)] == ["Shirking"]
    assert {row["Rule"] for row in table(client, kind="")} == {"Shirking", "Praise"}
    assert [row["Rule"] for row in table(client, kind="credit")] == ["Praise"]


def test_lines_sort(as_, cast, judged):
    make_rule({**LENGTH, "dimension": "ownership", "id": "ownership.silence"})
    services.inspect_all(Contact.objects.all())
    client = as_(cast.quan)
    rows = [row["Rule"] for row in table(client, sort="hits", kind="")]
    assert rows == ["Long silence", "Shirking"]
    assert [row["Rule"] for row in table(client, sort="-hits")] == rows[::-1]


def test_a_line_leads_to_its_conversations(as_, cast, judged):
    html = page(as_(cast.quan), by="agent")
    address = next(part for part in html.split('"') if "agent=1002" in part)
    assert address.startswith(reverse("inspections:conversations"))
    assert {"kind=violation", "verdict=hit"} <= set(address.split("?")[1].split("&amp;"))


def test_few_are_too_few_to_say(as_, cast, judged):
    client = as_(cast.quan)
    assert "too few to say (n = 3)" in page(client)
    assert [row["Too few to say"] for row in table(client)] == ["yes"]


def test_unknown_counts_as_neither(as_, cast):
    make_rule(LENGTH)
    make_contact(agent="1002", turns="客服:您好")
    services.inspect_all(Contact.objects.all())
    (row,) = table(as_(cast.quan))
    assert (row["Hits"], row["Judged"], row["Rate"], row["Cannot be judged"]) == ("0", "0", "", "1")


def test_it_exports_a_workbook(as_, cast, judged):
    answer = as_(cast.quan).get(EXPORT, {"by": "agent", "form": "xlsx"}, headers=ENGLISH)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Staff number", "Agent", "Hits", "Judged")
    assert len(rows) == 4


def test_findings_leave_as_lines_and_leave_a_trace(as_, cast, judged):
    answer = as_(cast.quan).get(FINDINGS)
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [line["conversation"] for line in lines] == ["BO-1", "CHEN-1"]
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.after) == ("inspections.findings_exported", {"conversations": 3})


def test_findings_are_the_same_bytes_twice(as_, cast, judged):
    client = as_(cast.quan)
    first, second = (b"".join(client.get(FINDINGS).streaming_content) for _ in range(2))
    assert first == second != b""


@pytest.mark.parametrize("who", ["ada", "ines", "nora"])
def test_findings_leave_only_with_the_right_to_export(as_, cast, judged, who):
    assert as_(getattr(cast, who)).get(FINDINGS).status_code == 403


@pytest.mark.parametrize("url", [URL, EXPORT])
def test_who_may_not_see_findings_is_refused(as_, cast, url):
    assert as_(cast.nora).get(url).status_code == 403


@pytest.mark.parametrize("url", [URL, EXPORT, FINDINGS])
def test_anonymous_is_sent_to_sign_in(client, cast, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("url", [URL, EXPORT, FINDINGS])
def test_it_only_reads(as_, cast, url):
    assert as_(cast.quan).post(url).status_code == 405


@pytest.mark.parametrize("by", ["rule", "agent", "unit", "channel", "day"])
def test_the_number_of_queries_does_not_grow(as_, cast, django_assert_max_num_queries, by):
    for number in range(6):
        make_rule({**SHIRKING, "id": f"ownership.n{number}"})
    for number in range(12):
        make_contact(f"N{number}", agent=["1002", "1003", "2002"][number % 3],
                     turns="客服:不归我们管")  # fmt: skip
    services.inspect_all(Contact.objects.all())
    client = as_(cast.quan)
    page(client, by=by)
    with django_assert_max_num_queries(30):
        page(client, by=by)


def test_htmx_gets_the_rows_alone(as_, cast, judged):
    html = as_(cast.quan).get(URL, headers={"HX-Request": "true"}).content.decode()
    assert html.lstrip().startswith('<div id="rows">')


def test_enough_are_shown_with_rate_and_graphic(as_, cast):
    make_rule()
    words = ["客服:不归我们管"] * 3 + ["客服:好"] * 27
    make_contacts(
        {"external_id": f"N{number}", "agent": "1002", "turns": turns}
        for number, turns in enumerate(words)
    )
    services.inspect_all(Contact.objects.all())
    html = page(as_(cast.quan))
    assert "10.0%" in html
    assert "[2.1, 26.5]" in html
    assert "lz-interval-value" in html
    assert "too few to say (n" not in html

"""Every figure of the demo centre equals what comes out when its rows are counted plainly."""

from collections import defaultdict
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.core.measures import Place, measures
from lingzhi.demo.centre import conversations
from lingzhi.demo.seeding import _record, seed_people
from lingzhi.demo.tests.plain_counting import (
    CASES,
    DATED,
    LATER,
    SHANGHAI,
    answer_seconds,
    answered_within_rings,
    cells_of,
    connected,
    handle_seconds,
    handled,
    not_repeated,
    number,
    plainly,
    response_seconds,
    satisfied,
    wrap_up_seconds,
)
from lingzhi.demo.unanswered import unanswered_calls
from lingzhi.inspections.models import Inspection, RuleVersion
from lingzhi.inspections.services import adopt_first_rules, inspect_all
from lingzhi.kpis.models import Fact
from lingzhi.kpis.queries import Period, Scope, headlines, overview
from lingzhi.kpis.services import count_days
from lingzhi.org.models import Unit

FIRST, LAST = date(2026, 9, 17), date(2026, 9, 30)


@pytest.fixture(scope="module")
def brought(shared) -> None:
    """Three hundred conversations of two weeks and the calls that nobody answered, some of them
    damaged as deliveries are.
    """
    with time_machine.travel(LATER, tick=False):
        seed_people()
        records = [_record(one) for one in conversations(300, 7, end_on=LAST, days=14)]
        for number, record in enumerate(records):
            _damage(number, record)
        records += [_record(one) for one in unanswered_calls(300, 7, end_on=LAST, days=14)]
        last = records[-1]
        last |= {"started_at": last["queued_at"], "queued_at": None, "ringing_at": None}
        publish_group(source_named("demo"), [read_delivery(record) for record in records])


@pytest.fixture
def centre(brought, db, time_machine) -> None:
    time_machine.move_to(LATER, tick=False)


@pytest.fixture(scope="module")
def all_counted(brought) -> None:
    with time_machine.travel(LATER, tick=False):
        count_days(FIRST, LAST)


@pytest.fixture
def counted(all_counted, centre) -> None:
    """The centre with the facts of its days."""


def _damage(number: int, record: dict) -> None:
    """Some customers come again, some calls are given up, some times and outcomes are missing."""
    if number % 6 == 0:
        record["customer_phone"] = f"1380000{1000 + number % 5:04}"
        record["meta"]["reason"] = "退货"
    if record["channel"] == "phone" and record["direction"] == "in" and number % 9 == 0:
        record["answered_at"] = record["wrapped_up_at"] = None
        record["turns"] = [{"role": "customer", "text": "喂", "start_ms": None, "end_ms": None}]
    if number % 17 == 0:
        record["answered_at"] = None
    if number % 11 == 0:
        record["outcome"] = ""
    if number % 13 == 0:
        for turn in record["turns"]:
            turn["start_ms"] = turn["end_ms"] = None
    if number % 7 == 0:
        record["meta"]["confirmed"] = ["是", "no", "?"][number % 3]


def test_each_measure_counts_what_plain_counting_counts(centre):
    for count, params in CASES:
        what = f"{count.__name__} {params}"
        expected = plainly(count, params)
        found = cells_of(count.__name__, params)
        assert found.keys() == expected.keys(), what
        for key, (above, below, unknown) in found.items():
            assert (above, below) == pytest.approx(expected[key][:2]), what
            assert unknown == expected[key][2], what
        assert sum(cell[0] for cell in found.values()) > 0, what


def test_the_rows_behind_add_up_to_the_cells(centre):
    for count, params in CASES:
        measure = measures()[f"contacts.{count.__name__}"]
        cells = list(measure.cells(params, FIRST, LAST))
        rows = measure.rows(params, Place(), FIRST, LAST)[:]
        above, below = (sum(row[at] for row in rows) for at in (3, 4))
        assert above == pytest.approx(sum(cell.numerator for cell in cells))
        assert below == pytest.approx(sum(cell.denominator for cell in cells))
        moments = [row.at for row in rows]
        assert moments == sorted(moments, reverse=True)


def test_load_per_head_is_contacts_by_agent_days(centre):
    days = defaultdict(int)
    for contact in DATED.select_related("channel"):
        if handled(contact, {}) and contact.agent_id:
            days[contact.started_at.astimezone(SHANGHAI).date(), contact.agent_id] += 1
    cells = list(measures()["contacts.per_head"].cells({"who": "active"}, FIRST, LAST))
    assert sum(cell.denominator for cell in cells) == len(days)
    assert sum(cell.numerator for cell in cells) == sum(days.values())


def test_rules_kept_are_counted_verdict_by_verdict(centre):
    adopt_first_rules(by=None)
    inspect_all(Contact.objects.all())
    for per in ("conversation", "check"):
        _kept_as_counted(per)


def _kept_as_counted(per):
    dimensions = ["opening", "courtesy", "closing"]
    params = {"dimensions": dimensions, "per": per}
    kept = judged = unknown = 0
    versions = RuleVersion.objects.in_bulk()
    for inspection in Inspection.objects.filter(contact__in=DATED).select_related("snapshot"):
        letters = _letters(inspection, dimensions, versions)
        if per == "check":
            kept += letters.count("m")
            judged += letters.count("m") + letters.count("h")
            unknown += letters.count("u")
        elif "h" in letters or "m" in letters:
            kept += "h" not in letters
            judged += 1
        elif "u" in letters:
            unknown += 1
    cells = list(measures()["inspections.kept"].cells(params, FIRST, LAST))
    assert judged > 0
    assert (
        sum(cell.numerator for cell in cells),
        sum(cell.denominator for cell in cells),
        sum(cell.unknown for cell in cells),
    ) == (kept, judged, unknown)
    rows = measures()["inspections.kept"].rows(params, Place(), FIRST, LAST)
    assert sum(row.numerator for row in rows[:]) == kept


def _letters(inspection, dimensions, versions):
    ordered = [versions[key] for key in inspection.snapshot.version_ids]
    return [
        letter
        for letter, version in zip(inspection.verdicts, ordered, strict=True)
        if version.dimension in dimensions and version.kind == "violation"
    ]


def test_the_dashboard_shows_what_plain_counting_gives(counted):
    company = Unit.objects.get(parent=None)
    lines = overview(Scope.of_unit(company), Period(FIRST, LAST))
    by_code = {line.entry.code: line for line in lines}
    every = {
        "K01": connected,
        "K02": answer_seconds,
        "K03": answered_within_rings,
        "K04": handle_seconds,
        "K05": wrap_up_seconds,
        "K06": response_seconds,
        "K07": not_repeated,
        "K12": satisfied,
        "K33": number,
    }
    for code, count in every.items():
        line = by_code[code]
        expected = plainly(count, line.definition.params).values()
        above = sum(cell[0] for cell in expected)
        below = sum(cell[1] for cell in expected)
        assert line.figure.numerator == pytest.approx(above), code
        assert line.figure.denominator == pytest.approx(below), code
        assert line.figure.unknown == sum(cell[2] for cell in expected), code


def test_the_page_says_the_same_figure(counted, client):
    from lingzhi.accounts.models import User
    from lingzhi.kpis.presenting import say

    client.force_login(
        User.objects.get(staff_no="7001"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    span = {"from_on": FIRST.isoformat(), "to_on": LAST.isoformat(), "look": "table"}
    expected = plainly(answered_within_rings, headlines()["K03"].params).values()
    share = sum(cell[0] for cell in expected) / sum(cell[1] for cell in expected)
    page = client.get(reverse("kpis:dashboard"), span).content.decode()
    assert say(share * 100, "percent") in page


def test_counting_twice_changes_nothing(counted):
    before = sorted(
        Fact.objects.values_list(
            "definition", "day", "unit", "agent", "channel", "numerator", "denominator", "unknown"
        ),
        key=str,
    )
    count_days(FIRST, LAST)
    after = sorted(
        Fact.objects.values_list(
            "definition", "day", "unit", "agent", "channel", "numerator", "denominator", "unknown"
        ),
        key=str,
    )
    assert before == after != []

"""Every figure of the demo centre equals what comes out when its rows are counted plainly."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.core.measures import Place, measures
from lingzhi.demo.centre import conversations
from lingzhi.demo.seeding import _record, seed_people
from lingzhi.demo.unanswered import unanswered_calls
from lingzhi.inspections.models import Inspection
from lingzhi.inspections.services import adopt_first_rules, inspect_all
from lingzhi.kpis.models import Fact
from lingzhi.kpis.queries import Period, Scope, headlines, overview
from lingzhi.kpis.services import count_days
from lingzhi.org.models import Unit

FIRST, LAST = date(2026, 9, 17), date(2026, 9, 30)
LATER = datetime(2026, 10, 20, 4, tzinfo=ZoneInfo("UTC"))
SHANGHAI = ZoneInfo("Asia/Shanghai")
DATED = Contact.objects.filter(started_at__isnull=False)  # without a start it is of no day


@pytest.fixture
def centre(db):
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
        yield Contact.objects.all()


@pytest.fixture
def undamaged(db):
    """Six hundred conversations of two weeks as the demo centre delivers them."""
    with time_machine.travel(LATER, tick=False):
        seed_people()
        span = {"end_on": LAST, "days": 14}
        records = [_record(one) for one in conversations(600, 7, **span)]
        records += [_record(one) for one in unanswered_calls(600, 7, **span)]
        publish_group(source_named("demo"), [read_delivery(record) for record in records])
        yield Contact.objects.all()


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


def seconds(start, end):
    return None if start is None or end is None else max(0.0, (end - start).total_seconds())


def turns(contact):
    return [(turn.role, turn.start_ms) for turn in contact.turns.order_by("seq")]


def was_answered(contact):
    """True, False, or None where it is not known."""
    if contact.answered_at is not None:
        return True
    spoke = any(role == "agent" for role, _start in turns(contact))
    offered = contact.queued_at is not None or contact.ringing_at is not None
    silent = not contact.turns.exists()  # a source delivers no words only of a call given up
    return False if (offered or silent) and not spoke else None


def is_call(contact, *, inbound=True):
    return contact.channel.code == "phone" and (contact.direction == "in" or not inbound)


# Each gives None where the contact does not concern the measure, "?" where nobody knows, else
# the numerator and denominator.


def connected(contact, params):
    if not is_call(contact):
        return None
    answered = was_answered(contact)
    if answered is None:
        return "?"
    if not answered and params.get("abandon_seconds"):
        waited = seconds(contact.queued_at or contact.ringing_at, contact.ended_at)
        if waited is None:
            return "?"
        if waited <= params["abandon_seconds"]:
            return None
    return (1, 1) if answered else (0, 1)


def mean(value):
    return "?" if value is None else (value, 1)


def started(contact, params):
    return contact.ringing_at if params["start"] == "ringing" else contact.queued_at


def answer_seconds(contact, params):
    if not is_call(contact) or was_answered(contact) is False:
        return None
    return mean(seconds(started(contact, params), contact.answered_at))


def in_time(contact, params, value):
    if not is_call(contact):
        return None
    answered = was_answered(contact)
    if answered is False:
        return None if params["abandons"] == "out" else (0, 1)
    if answered is None or value is None:
        return "?"
    return (1, 1) if value <= params["limit"] else (0, 1)


def answered_within_seconds(contact, params):
    return in_time(contact, params, seconds(started(contact, params), contact.answered_at))


def answered_within_rings(contact, params):
    return in_time(contact, params, contact.ring_count)


def handle_seconds(contact, params):
    if not is_call(contact, inbound=False) or was_answered(contact) is False:
        return None
    end = contact.wrapped_up_at if params["wrap_up"] == "in" else contact.ended_at
    return mean(seconds(contact.answered_at, end))


def handled_within(contact, params):
    found = handle_seconds(contact, params)
    if found is None or found == "?":
        return found
    return (1, 1) if found[0] <= params["limit"] else (0, 1)


def wrap_up_seconds(contact, params):
    if not is_call(contact, inbound=False) or was_answered(contact) is False:
        return None
    known = contact.answered_at is not None
    return mean(seconds(contact.ended_at, contact.wrapped_up_at) if known else None)


def first_reply(contact):
    """(whether a customer spoke, whether an agent replied, seconds or None)."""
    asked = None
    for role, start in turns(contact):
        if role == "customer" and asked is None:
            asked = (start,)
        elif role == "agent" and asked is not None:
            known = asked[0] is not None and start is not None
            return True, True, max(0, start - asked[0]) / 1000 if known else None
    return asked is not None, False, None


def concerns_writing(contact, params):
    return contact.direction == "in" and contact.channel.code in params["channels"]


def response_seconds(contact, params):
    _asked, replied, value = first_reply(contact)
    return mean(value) if concerns_writing(contact, params) and replied else None


def responded_within(contact, params):
    asked, replied, value = first_reply(contact)
    if not concerns_writing(contact, params) or not asked:
        return None
    if replied and value is None:
        return "?"
    return (1, 1) if replied and value <= params["limit"] else (0, 1)


def solved_or_not(contact, params, solved):
    """What a definition says about abandoned and transferred contacts; `solved` may be None."""
    given_up = contact.channel.code == "phone" and was_answered(contact) is False
    if given_up:
        return None if params["abandons"] == "out" else (0, 1)
    if params["transfers"] == "out":
        if contact.transfers is None:
            return "?"
        if contact.transfers:
            return None
    return "?" if solved is None else (int(solved), 1)


def marked_solved(contact, params):
    if contact.direction != "in":
        return None
    word = contact.outcome
    return solved_or_not(contact, params, word in params["solved"] if word else None)


def confirmed_solved(contact, params):
    if contact.direction != "in":
        return None
    said = contact.meta.get(params["key"])
    return solved_or_not(contact, params, {"是": True, "no": False}.get(said))


def same_matter(one, other, params):
    if one.customer_id is None or one.customer_id != other.customer_id:
        return False
    if params["channels"] == "same" and one.channel_id != other.channel_id:
        return False
    return params["subject"] == "any" or one.meta.get("reason") == other.meta.get("reason")


def not_repeated(contact, params):
    if contact.direction != "in":
        return None
    window = timedelta(hours=params["hours"])
    others = [
        one.started_at
        for one in Contact.objects.filter(direction="in", customer=contact.customer_id)
        if one.started_at and one.pk != contact.pk and same_matter(one, contact, params)
    ]
    start = contact.started_at
    if any(start - window <= moment < start for moment in others):
        return None
    newest = Contact.objects.filter(started_at__isnull=False).latest("started_at").started_at
    if any(start < moment <= start + window for moment in others):
        return solved_or_not(contact, params, False)
    is_known = contact.customer_id is not None and start <= newest - window
    return solved_or_not(contact, params, True if is_known else None)


def satisfied(contact, params):
    value = contact.meta.get(params["key"])
    return "?" if value is None else (int(value >= params["at_least"]), 1)


def rating(contact, params):
    return mean(contact.meta.get(params["key"]))


def number(contact, params):
    return (1, 0) if params["direction"] == "any" or contact.direction == "in" else None


def handled(contact, params):
    answered = was_answered(contact)
    served = answered or (answered is None and contact.agent_id is not None)
    return (1, 0) if served else None


def handled_per_hour(contact, params):
    found = handle_seconds(contact, {"wrap_up": "in"})
    return found if found in (None, "?") else (1, found[0] / 3600)


RING = {"start": "ringing", "abandons": "in"}
AGAIN = {"hours": 72, "subject": "same", "channels": "across", "transfers": "in", "abandons": "out"}
CASES = [
    (connected, {}),
    (connected, {"abandon_seconds": 8}),
    (answer_seconds, {"start": "ringing"}),
    (answer_seconds, {"start": "queue"}),
    (answered_within_rings, {"limit": 2, "abandons": "in"}),
    (answered_within_rings, {"limit": 2, "abandons": "out"}),
    (answered_within_seconds, {"limit": 6, **RING}),
    (answered_within_seconds, {"limit": 20, "start": "queue", "abandons": "out"}),
    (handle_seconds, {"wrap_up": "in"}),
    (handle_seconds, {"wrap_up": "out"}),
    (handled_within, {"wrap_up": "out", "limit": 120}),
    (wrap_up_seconds, {}),
    (response_seconds, {"channels": ["chat", "app"]}),
    (responded_within, {"channels": ["chat", "app"], "limit": 10}),
    (responded_within, {"channels": ["email"], "limit": 14400}),
    (not_repeated, AGAIN),
    (not_repeated, {**AGAIN, "hours": 24, "subject": "any"}),
    (not_repeated, {**AGAIN, "hours": 168, "channels": "same", "abandons": "in"}),
    (marked_solved, {"solved": ["已解决"], "transfers": "in", "abandons": "in"}),
    (marked_solved, {"solved": ["已解决", "已登记"], "transfers": "out", "abandons": "out"}),
    (confirmed_solved, {"key": "confirmed", "transfers": "in", "abandons": "out"}),
    (satisfied, {"key": "satisfaction", "at_least": 4}),
    (rating, {"key": "satisfaction"}),
    (number, {"direction": "in"}),
    (number, {"direction": "any"}),
    (handled, {}),
    (handled_per_hour, {}),
]


def plainly(count, params):
    """The cells of a measure, counted contact by contact."""
    sums = defaultdict(lambda: [0.0, 0.0, 0])
    for contact in DATED.select_related("channel"):
        said = count(contact, params)
        if said is None:
            continue
        day = contact.started_at.astimezone(SHANGHAI).date()
        cell = sums[day, contact.unit_id, contact.agent_id, contact.channel.code]
        if said == "?":
            cell[2] += 1
        else:
            cell[0] += said[0]
            cell[1] += said[1]
    return {key: tuple(value) for key, value in sums.items() if any(value)}


def cells_of(code, params):
    found = measures()[f"contacts.{code}"].cells(params, FIRST, LAST)
    return {cell[:4]: cell[4:] for cell in found}


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


@pytest.mark.parametrize("per", ["conversation", "check"])
def test_rules_kept_are_counted_verdict_by_verdict(centre, per):
    adopt_first_rules(by=None)
    inspect_all(Contact.objects.all())
    dimensions = ["opening", "courtesy", "closing"]
    params = {"dimensions": dimensions, "per": per}
    kept = judged = unknown = 0
    for inspection in Inspection.objects.filter(contact__in=DATED).select_related("snapshot"):
        letters = _letters(inspection, dimensions)
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


def _letters(inspection, dimensions):
    from lingzhi.inspections.models import RuleVersion

    versions = RuleVersion.objects.in_bulk(inspection.snapshot.version_ids)
    ordered = [versions[key] for key in inspection.snapshot.version_ids]
    return [
        letter
        for letter, version in zip(inspection.verdicts, ordered, strict=True)
        if version.dimension in dimensions and version.kind == "violation"
    ]


def test_the_dashboard_shows_what_plain_counting_gives(centre, client):
    count_days(FIRST, LAST)
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


def test_not_every_call_is_answered_and_not_every_matter_solved_at_once(undamaged):
    count_days(FIRST, LAST)
    for code, count in {"K01": connected, "K07": not_repeated}.items():
        params = headlines()[code].params
        above, below, unknown = map(sum, zip(*plainly(count, params).values(), strict=True))
        [line] = overview(Scope.everything(), Period(FIRST, LAST), codes=[code])
        assert (line.figure.numerator, line.figure.denominator) == (above, below), code
        assert line.figure.unknown == unknown, code
        assert 0.5 < line.figure.ratio < 0.995, code


def test_the_page_says_the_same_figure(centre, client):
    from lingzhi.accounts.models import User
    from lingzhi.kpis.presenting import say

    count_days(FIRST, LAST)
    client.force_login(
        User.objects.get(staff_no="7001"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    span = {"from_on": FIRST.isoformat(), "to_on": LAST.isoformat(), "look": "table"}
    expected = plainly(answered_within_rings, headlines()["K03"].params).values()
    share = sum(cell[0] for cell in expected) / sum(cell[1] for cell in expected)
    page = client.get(reverse("kpis:dashboard"), span).content.decode()
    assert say(share * 100, "percent") in page


def test_counting_twice_changes_nothing(centre):
    count_days(FIRST, LAST)
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

"""Every number of a report equals what plain loops over raw rows come to, on each database."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.tests.complaining import complain, decided, settle
from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.contacts.services.withholding import withhold_contact
from lingzhi.inspections.factories import make_review, make_rule, make_sheet
from lingzhi.inspections.services import inspect_all
from lingzhi.kpis.models import Target
from lingzhi.kpis.services import ensure_definition
from lingzhi.reports.models import USUAL_SECTIONS, Report
from lingzhi.reports.presenting.outline import outline
from lingzhi.reports.presenting.whole import shown_report
from lingzhi.reports.services import plan_report
from lingzhi.reports.tests.conftest import BAD, GOOD
from lingzhi.reports.tests.recomputing import (
    Raw,
    Share,
    day_of,
    gap,
    indicators_of,
    percent,
    service,
    weak_items,
    with_limits,
)

BEFORE, DAY = date(2026, 11, 20), date(2026, 11, 21)
AIM, LEAST = 85, 5
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")
ENDS = ("customer", "agent", "")


def _call(cast, day: date, at: int) -> dict:
    """The `at`th call of a day: every ninth given up, every seventh outbound, few alike."""
    begin = datetime.fromisoformat(f"{day}T09:00") + timedelta(minutes=7 * at)
    wait, is_lost, is_out = 4 + at * 7 % 41, at % 9 == 4, at % 7 == 5

    def after(seconds: int) -> str:
        return f"{begin + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"

    is_bad = at % (3 if day == DAY else 11) == 0
    return {
        "external_id": f"{day.day}-{at}",
        "direction": "out" if is_out and not is_lost else "in",
        "queued_at": after(0),
        "ringing_at": after(2 + at % 3),
        "started_at": "" if is_lost else after(0),
        "answered_at": "" if is_lost else after(wait),
        "ended_at": after(wait + 61 + at),
        "wrapped_up_at": "" if is_lost else after(wait + 61 + at + 5 + at % 13),
        "ring_count": 1 + at % 5,
        "transfers": "" if is_lost else at % 4 // 3,
        "hold_seconds": "" if is_lost else at % 6 * 5,
        "ended_by": "customer" if is_lost else ENDS[at % 3],
        "agent": (cast.bo, cast.bea, cast.chen)[at % 3].staff_no,
        "turns": "" if is_lost else BAD if is_bad else GOOD,
        "meta": {"satisfaction": 1 + at % 5} if at % 2 else {},
    }


@pytest.fixture
def rule(cast, time_machine):
    """Two days with calls, scores and complaints, one bad conversation withheld afterwards."""

    def at(moment: str) -> None:
        time_machine.move_to(f"{moment}+08:00", tick=False)

    at("2026-11-20T08:00:00")
    found, sheet = make_rule(), make_sheet(cast.quan)
    lay_built_ins(by=None)
    definition = ensure_definition("K12", "share", {"key": "satisfaction", "at_least": 4}, by=None)
    Target.objects.create(
        definition=definition, unit=cast.hotline, value=AIM, period="daily",
        from_on=BEFORE, set_at=datetime.fromisoformat("2026-11-20T08:00:00+08:00"),
    )  # fmt: skip
    for day, calls in ((BEFORE, 45), (DAY, 54)):
        at(f"{day}T17:00:00")
        made = make_contacts(_call(cast, day, number) for number in range(calls))
        inspect_all(published())
        for number, contact in enumerate(one for one in made[::4] if one.turn_count):
            make_review(
                contact, sheet, by=cast.ines, lead=cast.quan if number % 6 else None,
                solve="no" if number % 3 == 0 else "yes", greet="no" if number == 4 else "yes",
            )  # fmt: skip
        first = complain(by=cast.bo, contact=made[0])
        complain(by=cast.chen, accused_unit=cast.first)
        at(f"{day}T18:10:00")
        first = decided(first, by=cast.ada)
        at(f"{day}T19:30:30")
        settle(first, by=cast.ada)
    withhold_contact(Contact.objects.get(external_id="21-0"), reason="客户不同意录音", by=cast.quan)
    at("2026-11-22T11:00:00")
    return found


@pytest.fixture
def reports(cast, rule, run_jobs, monkeypatch) -> list[Report]:
    """The reports of the centre and of one team about the same day."""
    monkeypatch.setattr("lingzhi.inspections.queries.weak_items.ENOUGH", LEAST)
    for unit in (cast.hotline, cast.first):
        plan_report(
            unit, "daily", from_on=date(2026, 11, 22), by=cast.quan, readers=["quality_manager"],
            sections=[*USUAL_SECTIONS, "service"],
        )  # fmt: skip
    run_jobs()
    return list(Report.objects.select_related("plan__unit").order_by("plan"))


def _figures(raw: Raw, rule, *, of_inspection: bool) -> dict[str, list[str]]:
    before = indicators_of(raw, BEFORE, rule)
    return {
        code: [*one.cells(), before[code].value() if code in before else "–",
               f"≥ {AIM}% missed" if code == "K12" else ""]
        for code, one in indicators_of(raw, DAY, rule).items()
        if (code[0] == "Q") == of_inspection
    }  # fmt: skip


def _service(raw: Raw) -> dict[str, dict[str, list[str]]]:
    now, then = service(raw, DAY), service(raw, BEFORE)
    counts = {name: [str(n), str(then[name])] for name, n in now.items() if isinstance(n, int)}
    shares = {
        name: [str(one.k), str(one.n), with_limits(one.k, one.n) if one.n else "–",
               f"{then[name].value()} ({then[name].k} / {then[name].n})" if then[name].n else "–"]
        for name, one in now.items() if isinstance(one, Share)
    }  # fmt: skip
    return {
        "Cases and complaints": counts,
        "In time, and what customers say to it": shares,
        "Cases by type": {name: [str(n)] for name, n in now["types"].items()},
        "Complaints by cause": {name: [str(n)] for name, n in now["causes"].items()},
    }


def _problem(raw: Raw, rule) -> tuple[Share, str]:
    """How often it was found, and how that moved."""
    then, now = (Share(raw.broken(one, rule) for one in raw.talks(day)) for day in (BEFORE, DAY))
    if min(then.n, now.n) < 30:
        return now, "too few to compare"
    low, high = gap((then.k, then.n), (now.k, now.n))
    return now, "more often, beyond chance" if low > 0 else (
        "less often, beyond chance" if high < 0 else "no change beyond chance"
    )


def _expected(raw: Raw, rule) -> dict[str, dict[str, list[str]]]:
    """The tables of the outline by title and first words of their rows."""
    found, moved = _problem(raw, rule)
    return _service(raw) | {
        "Figures against targets": _figures(raw, rule, of_inspection=False),
        "Results of inspection": _figures(raw, rule, of_inspection=True),
        "Items that fail most": {
            {"greet": "问候", "solve": "解决"}[code]: cells
            for code, *cells in weak_items(raw, DAY, LEAST)
        },
        "Problems by weight": {
            "Shirking": [f"{found.k} / {found.n}", with_limits(found.k, found.n), moved]
        },
    }  # fmt: skip


def _typical(raw: Raw, rule) -> str:
    """The first conversation that shows it, of those that may be read."""
    first = next(
        one for one in sorted(raw.talks(DAY), key=lambda one: one.pk)
        if raw.broken(one, rule) and one.withheld_at is None
    )  # fmt: skip
    return f"{first.external_id} · {day_of(first.started_at)}"


def _row_name(cell: str) -> str:
    """The code of an indicator, or the words of the row."""
    code = re.search(r"\(([A-Z]\d\d) · ", cell)
    return code.group(1) if code else cell


def _summary(raw: Raw, rule) -> list[list[str]]:
    """The numbers of the first sentences, in their order."""
    talks, found, cases = raw.talks(DAY), _problem(raw, rule)[0], service(raw, DAY)
    judged = sum(one.pk in raw.verdicts for one in talks) / len(talks)
    late = cases["Time limits missed"]
    return [
        [str(len(talks)), percent(judged), str(len(raw.talks(BEFORE)))],
        [str(cases["Cases registered"]), str(service(raw, BEFORE)["Cases registered"]),
         str(cases["Cases open at the end"])],
        [str(late.k), str(late.n), *NUMBER.findall(with_limits(late.k, late.n))],
        [str(len(raw.lost(DAY)))],
        [str(found.k), str(found.n), percent(found.k / found.n)],
    ]  # fmt: skip


def test_every_number_of_a_report_is_what_the_raw_rows_come_to(cast, rule, reports):
    assert [one.plan.unit for one in reports] == [cast.hotline, cast.first]
    for report in reports:
        raw = Raw(report.plan.unit)
        with override("en"):
            shown = shown_report(report)
            parts = {one.title: one for one in outline(shown)}
            tables = {
                title: {_row_name(row[0]): list(row[1:]) for row in part.rows}
                for title, part in parts.items() if part.rows
            }  # fmt: skip
            assert tables == _expected(raw, rule)
            [typical] = parts.pop("Typical problems").lines
            assert _typical(raw, rule) in typical
            words = [line for part in parts.values() for line in part.lines]
            assert not NUMBER.search(" ".join(words))
            said = [NUMBER.findall(line) for line in shown.summary]
            days = [["11", "21"]] if report.facts["sections"]["trend"]["above"] else []
            assert [one for one in said if one] == _summary(raw, rule) + days
            assert shown.channels == [("Phone", len(raw.talks(DAY)))]
        each = [Share(raw.broken(one, rule) for one in raw.talks(day)) for day in (DAY, BEFORE)]
        trend = [(one["hits"], one["judged"]) for one in shown.trend]
        assert trend == [(one.k, one.n) for one in each]

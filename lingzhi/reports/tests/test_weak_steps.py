"""Where customers are lost on their way: steps, places, reasons, and what is put right about it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Case, Clock
from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.models import Call, Contact, Day
from lingzhi.contacts.queries import published
from lingzhi.core.clock import now
from lingzhi.improvement.factories import make_rectification
from lingzhi.improvement.models import Source
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.services import inspect_all
from lingzhi.inspections.services.adding_up import add_up_days
from lingzhi.reports.models import WeakStep
from lingzhi.reports.presenting.lost import LostLine, shown_lost
from lingzhi.reports.queries.lost import lost_at, telling_rules, why_left
from lingzhi.reports.queries.weak_steps import BY_CODE, Asked, places, reasons, way
from lingzhi.reports.services import write_stale_facts

PAGE = reverse("reports:weak_steps")
NOW, BEFORE = date(2026, 11, 20), date(2026, 11, 13)
WEEK = {"from_on": "2026-11-16", "to_on": "2026-11-22"}
BAD = "客服:您好\n客户:我要退款\n客服:这个不归我们管"
GOOD = "客服:您好\n客户:我要退款\n客服:我帮您查一下"


def bring(day: date, answered: int, given_up: int, *, agent: str, bad: int = 0) -> Iterator[Any]:
    """Calls of a day with a word of each team's agent."""
    for at in range(answered + given_up):
        is_answered = at < answered
        yield {
            "external_id": f"{day}-{agent}-{at}", "agent": agent,
            "started_at": f"{day} 10:{at % 60:02}:00",
            "queued_at": f"{day} 10:{at % 60:02}:00",
            "ringing_at": f"{day} 10:{at % 60:02}:00",
            "answered_at": f"{day} 10:{at % 60:02}:20" if is_answered else None,
            "ended_at": f"{day} 10:{at % 60:02}:50",
            "transfers": 0, "ended_by": "" if is_answered else "customer",
            "turns": (BAD if at < bad else GOOD) if is_answered else "",
        }  # fmt: skip


@pytest.fixture
def calls(cast, settings, tmp_path, time_machine):
    """A week like the one before, but that of the second team's calls half are given up; and the
    rule about passing the buck is hit in the half of its conversations."""
    settings.DATA_DIR = tmp_path
    time_machine.move_to("2026-11-23T03:00:00+00:00", tick=False)
    make_rule()
    bo, chen = cast.bo.staff_no, cast.chen.staff_no
    make_contacts([
        *bring(BEFORE, 57, 3, agent=bo), *bring(BEFORE, 57, 3, agent=chen, bad=2),
        *bring(NOW, 57, 3, agent=bo), *bring(NOW, 42, 38, agent=chen, bad=31),
    ])  # fmt: skip
    inspect_all(published())
    add_up_days()
    write_stale_facts()


def asked(user, **more) -> Asked:
    return Asked(user, date(2026, 11, 16), date(2026, 11, 22), **more)


def test_the_planted_bottleneck_is_found_where_it_is(cast, calls):
    found = {one.step.code: one for one in way(asked(cast.quan))}
    rows = Contact.objects.filter(started_at__date__gte="2026-11-16")
    answered = rows.filter(answered_at__isnull=False).count()
    one = found["connected"].compared
    assert (one.now.entered, one.now.went_on) == (rows.count(), answered) == (140, 99)
    assert (one.other.entered, one.other.went_on) == (120, 114)
    assert one.state == "worse"
    assert found["kept"].compared.state == "same"
    assert found["connected"].waits == [20, 20]
    assert found["rated"].waits is None
    assert {found[code].compared.state for code in ("rated", "first", "agreed", "content")} == {
        "few"
    }
    worse = [
        (row.axis, row.value, row.compared.now.lost)
        for row in places(asked(cast.quan), BY_CODE["connected"])
        if row.compared.state == "worse"
    ]
    assert worse == [("unit", cast.second.pk, 38)]
    [reason] = reasons(asked(cast.quan))
    assert (reason.compared.now.pair, reason.compared.other.pair) == ((31, 99), (2, 114))


def test_of_a_quiet_time_nothing_is_called_weak(cast, calls):
    quiet = asked(cast.quan, unit=cast.first)
    assert {one.compared.state for one in way(quiet)} == {"same", "few"}
    assert reasons(quiet) == []
    rows = places(quiet, BY_CODE["connected"])
    assert "worse" not in {row.compared.state for row in rows}


def test_each_number_lost_leads_to_exactly_those(cast, as_, calls):
    page = as_(cast.quan).get(PAGE, {**WEEK, "step": "connected"})
    lines = [page.context["way"][0], *page.context["places"]]
    assert len(lines) == 3  # the step, and both teams
    for one in lines:
        behind = as_(cast.quan).get(one.lost_url)
        assert behind.context["page"].paginator.count == one.compared.now.lost > 0
    rows = as_(cast.quan).get(lines[0].lost_url).context["rows"]
    lost = Contact.objects.filter(answered_at=None, started_at__date__gte="2026-11-16")
    urls = {reverse("contacts:detail", args=[one.pk]) for one in lost}
    assert len(rows) == 25
    assert {one.url for one in rows} < urls
    assert as_(cast.quan).get(rows[0].url).status_code == 200
    [second] = [one for one in lines[1:] if one.key == f"unit:{cast.second.pk}"]
    own = as_(cast.ada).get(second.lost_url)  # another team's
    assert own.context["page"].paginator.count == 0
    url = reverse("reports:lost_at_step")
    for wrong in ({"place": "agent:1"}, {"place": "unit:x"}, {"rule": "x"}, {"step": ""}):
        given = {**WEEK, "step": "connected", **wrong}
        assert as_(cast.quan).get(url, given).status_code == 404


def test_what_is_counted_but_not_ones_own_to_open_has_no_words(cast, as_, calls):
    lost = lost_at(asked(cast.quan), BY_CODE["connected"])
    [line] = shown_lost(lost, lost.keys[:1], cast.nora)  # who reads no contacts
    assert line == LostLine()


def test_late_limits_and_cases_not_agreed_with_lead_to_their_cases(cast, as_, calls):
    case = make_case(by=cast.bo, unit=cast.first)
    Clock.objects.all().delete()
    Case.objects.update(satisfaction=Case.Satisfaction.OBJECTS, objection="没解决")
    at = case.opened_at
    made = [
        Clock(case=case, kind=kind, state="ended", opened_at=at, judged_at=at, ended_at=at,
              promised_at=at, verdict=verdict, was_over_before=False)
        for kind, verdict in (("feedback", "late"), ("update", "met"), ("resolution", "late"))
    ]  # fmt: skip
    Clock.objects.bulk_create(made)
    write_stale_facts()
    question = Asked(cast.quan, date(2026, 11, 20), date(2026, 11, 23))
    for code, number in (("told", 1), ("solved", 1), ("handled", 0), ("agreed", 1)):
        [one] = [one for one in way(question) if one.step.code == code]
        found = lost_at(question, BY_CODE[code])
        assert len(found.keys) == one.compared.now.lost == number
        lines = shown_lost(found, found.keys, cast.quan)
        assert {line.url for line in lines} <= {reverse("cases:case", args=[case.pk])}
        assert all(line.number.startswith(case.number) for line in lines)


def test_rules_that_hit_where_it_was_lost_are_named_and_lead_there(cast, as_, calls):
    asked_for = asked(cast.quan)
    assert telling_rules(asked_for, BY_CODE["connected"]) == []  # nobody spoke in what was lost
    moved = [f"{NOW}-{cast.chen.staff_no}-{at}" for at in range(35)]
    assert Contact.objects.filter(external_id__in=moved).update(transfers=1) == 35
    Day.objects.update(changes=F("changes") + 1)
    write_stale_facts()
    [found] = telling_rules(asked_for, BY_CODE["kept"])
    assert (found.compared.now.pair, found.compared.other.pair) == ((31, 35), (0, 64))
    page = as_(cast.quan).get(PAGE, {**WEEK, "step": "kept"})
    [line] = page.context["telling"]
    behind = as_(cast.quan).get(line.url)
    assert behind.context["page"].paginator.count == 31
    assert line.name in behind.content.decode()


def test_why_calls_were_not_answered_is_what_the_phone_system_told(cast, as_, calls):
    page = as_(cast.quan).get(PAGE, {**WEEK, "step": "connected"})
    assert page.context["left"] == []  # no phone system told anything
    lost = lost_at(asked(cast.quan), BY_CODE["connected"])
    contact = Contact.objects.get(pk=lost.keys[0])
    Call.objects.create(source=contact.source, external_id="c1", contact=contact, left="timeout",
                        state="over", direction="in", moved_at=now())  # fmt: skip
    assert why_left(asked(cast.quan), BY_CODE["connected"], lost) == [("", 40), ("timeout", 1)]
    page = as_(cast.quan).get(PAGE, {**WEEK, "step": "connected"})
    assert [number for _name, number, _rate in page.context["left"]] == [40, 1]


def test_a_team_leader_sees_the_own_team_only(cast, as_, calls):
    one = {found.step.code: found for found in way(asked(cast.ada))}["connected"]
    assert one.compared.now.entered == 60
    assert as_(cast.nora).get(PAGE).status_code == 403
    wide = as_(cast.ada).get(PAGE, {**WEEK, "step": "connected", "unit": cast.second.pk})
    assert wide.context["way"][0].compared.now.entered == 60  # who asks beyond sees the own


def test_it_is_taken_up_put_right_and_found_from_both_sides(cast, as_, calls):
    chosen = {**WEEK, "step": "connected"}
    page = as_(cast.quan).get(PAGE, chosen)
    line = page.context["places"][0]
    assert line.compared.now.lost == 38
    assert as_(cast.quan).get(line.url).context["page"].paginator.count == 80
    url = f"{reverse('reports:take_up_weak_step')}?from_on=2026-11-16&to_on=2026-11-22"
    client = as_(cast.quan)
    assert client.post(f"{url}&step=connected", {"place": line.key, "words": " "}).url.startswith(
        PAGE
    )
    assert client.post(url, {"words": "?"}).url == PAGE  # no step was chosen
    assert not WeakStep.objects.exists()
    sent = {"place": line.key, "words": "午后排队太久"}
    to = client.post(f"{url}&step=connected", sent)
    row = WeakStep.objects.get()
    assert to.url == reverse("reports:weak_step", args=[row.pk])
    assert (row.entered, row.went_on, row.before_entered, row.axis) == (80, 42, 60, "unit")
    assert Entry.objects.filter(action="reports.weak_step_taken").count() == 1

    shown = client.get(to.url)
    [panel] = shown.context["panels"]
    start = client.get(panel.context["url"])
    assert start.status_code == 200
    assert "二组" in start.content.decode()
    made = make_rectification(cast.hotline, cast.ada, by=cast.quan)
    Source.objects.create(rectification=made, kind="reports.weak_step", key=row.pk, linked_at=now())
    [panel] = client.get(to.url).context["panels"]
    assert [one.rectification for one in panel.context["rows"]] == [made]
    there = client.get(reverse("improvement:rectification", args=[made.pk]))
    assert to.url in there.content.decode()
    assert as_(cast.cai).get(to.url).status_code == 404  # of the centre, not of the own team


def test_the_file_holds_steps_places_and_reasons(cast, as_, calls):
    sent = {**WEEK, "step": "connected", "form": "csv"}
    file = as_(cast.quan).get(reverse("reports:export_weak_steps"), sent)
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("电话接通,140,99,41,")
    assert any("二组" in one for one in lines)


def test_without_facts_it_says_so(cast, as_, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    page = as_(cast.quan).get(PAGE)
    assert page.context["has_facts"] is False

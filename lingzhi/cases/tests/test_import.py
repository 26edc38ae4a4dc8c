"""Tickets of other systems: the real incident log as it lies, and any table by its columns."""

import zipfile
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count

from lingzhi.audit.models import Entry
from lingzhi.cases.intake.incident_log import record_of, records
from lingzhi.cases.intake.kind import KIND
from lingzhi.cases.models import Case, CaseEvent, Clock, ImportedCase, Serial
from lingzhi.cases.queries.ledgers import lines_of, standing_of
from lingzhi.cases.queries.verdicts import compare_verdicts
from lingzhi.cases.services.flows import lay_built_ins

LOG = settings.BASE_DIR / "data" / "uci_incident_event_log" / "incident_event_log.zip"
INCIDENTS = 120


@pytest.fixture(scope="module")
def piece(tmp_path_factory):
    """The first incidents of the real file, as it lies."""
    lines, seen = [], set()
    with zipfile.ZipFile(LOG) as archive, archive.open("incident_event_log.csv") as file:
        for line in file:
            seen.add(line.split(b",", 1)[0])
            if len(seen) > INCIDENTS + 1:  # the heading is one
                break
            lines.append(line)
    path = tmp_path_factory.mktemp("uci") / "log.csv"
    path.write_bytes(b"".join(lines))
    return path, len(lines) - 1


def bring(path, *more: str) -> str:
    out = StringIO()
    call_command("import_cases", str(path), "--source", "itsm", *more, stdout=out, stderr=out)
    return out.getvalue()


def test_incidents_come_in_with_their_life(cast, piece):
    path, rows = piece
    said = bring(path, "--adapter", "incident_log")
    assert f"{INCIDENTS} read, {INCIDENTS} new" in said
    assert "agreement 1.0" in said  # of these few; of all 0.98, see the benchmark
    told = [record for _number, record in records(path)]
    cases = {one.imported.external_id: one for one in Case.objects.select_related("imported")}
    assert len(cases) == INCIDENTS
    serials = sorted(int(one.number[-4:]) for one in cases.values())
    assert serials == list(range(1, INCIDENTS + 1))
    assert Serial.objects.get(kind="case").last == INCIDENTS
    extra = CaseEvent.objects.filter(step__in=("reassigned", "reopened"))
    assert CaseEvent.objects.count() - extra.count() == rows
    for kind, field in (("assigned", "reassigned"), ("reopened", "reopened")):
        wanted = {one["number"]: int(one[field]) for one in told if int(one[field])}
        counted = CaseEvent.objects.filter(kind=kind).values_list("case__imported__external_id")
        assert dict(counted.annotate(n=Count("pk"))) == wanted
    assert {one.kind for one in cases.values()} == {"closed"}
    assert all(one.version.read().states[one.state].kind == "closed" for one in cases.values())
    assert Entry.objects.filter(action="imports.finished").count() == 1


def test_each_ledger_replays_to_what_is_stored(cast, piece):
    bring(piece[0], "--adapter", "incident_log")
    clocks = Clock.objects.select_related("rule", "calendar").prefetch_related("events")
    assert clocks.count() == INCIDENTS
    for clock in clocks:
        found = standing_of(clock, lines_of(clock))
        assert (found.state, found.verdict, found.due_at) == ("ended", clock.verdict, clock.due_at)
        late = clock.ended_at > clock.due_at
        assert clock.verdict == ("late" if late else "met")
    compared = compare_verdicts("itsm")
    assert compared.agreement.n == INCIDENTS
    assert 0.9 < compared.agreement.low < compared.agreement.value


def test_the_same_file_comes_in_only_once(cast, piece):
    bring(piece[0], "--adapter", "incident_log")
    copy = piece[0].with_name("again.csv")
    copy.write_bytes(piece[0].read_bytes() + b"\n")
    assert f"0 new, {INCIDENTS} known" in bring(copy, "--adapter", "incident_log")
    assert Case.objects.count() == INCIDENTS


def test_a_row_that_says_no_state_keeps_the_one_before():
    row = {
        "number": "INC1", "incident_state": "Active", "reassignment_count": "0",
        "reopen_count": "0", "made_sla": "true", "opened_at": "1/3/2016 10:00",
        "sys_updated_at": "1/3/2016 10:00", "priority": "3 - Moderate", "assignment_group": "?",
        "assigned_to": "?", "resolved_at": "?", "closed_at": "?",
    }  # fmt: skip
    later = row | {"incident_state": "-100", "reassignment_count": "2", "reopen_count": "1"}
    found = record_of([row, later], {"3 - Moderate": 213})
    assert (found["state"], found["limit_hours"]) == ("open", 213)
    marks = [(one["kind"], one["mark"]) for one in found["history"]]
    assert marks == [
        ("opened", "Active"), ("reopened", "-100"), ("assigned", "reassigned"),
        ("assigned", "reassigned"),
    ]  # fmt: skip


TABLE = (
    "工单编号,标题,类型,状态,创建时间,解决时间,反馈时间,关闭时间,"
    "满意度,转派次数,重开次数,办理时限,是否达标\n"
    "A-1,包裹未送达,enquiry,已办结,2026-03-02 09:00,2026-03-02 11:00,2026-03-02 11:30,"
    "2026-03-03 09:00,满意,2,1,24,是\n"
    "A-2,手机号13800002071打不通,technical,处理中,2026-03-02 09:00,,,,,0,0,4,\n"
)


def test_another_systems_table_comes_in_by_its_columns(cast, tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(TABLE, "utf-8")
    assert "2 read, 2 new" in bring(path)
    done, running = Case.objects.order_by("imported__external_id")
    assert (done.kind, done.cycle, done.satisfaction) == ("closed", 2, "satisfied")
    kinds = list(done.events.values_list("kind", flat=True))
    assert kinds == ["opened", "assigned", "assigned", "reopened", "moved", "moved"]
    assert (running.kind, running.clocks.get().verdict) == ("open", "")
    assert "13800002071" not in running.title
    assert done.clocks.get().verdict == "met"
    assert ImportedCase.objects.filter(kept_limit=None).count() == 1


def test_what_is_wrong_with_a_row_is_named(cast, tmp_path):
    path = tmp_path / "tickets.csv"
    wrong = (
        TABLE.replace("enquiry", "nothing")
        .replace(",满意,", ",,")
        .replace("处理中,2026-03-02", "瞎写,2026-03-02")
    )
    path.write_text(wrong, "utf-8")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_cases", str(path), "--source", "itsm", stdout=out, stderr=out)
    assert [line[:5] for line in out.getvalue().splitlines()] == ["第 2 行", "第 3 行"]
    assert not Case.objects.exists()


def test_a_closed_ticket_needs_what_closing_needs(cast):
    lay_built_ins(by=None)
    read = KIND.reader()
    record = {
        "number": "1", "title": "x", "type": "enquiry", "state": "closed",
        "opened_at": "2026-03-02 09:00", "closed_at": "2026-03-01 09:00", "unit": "nowhere",
    }  # fmt: skip
    with pytest.raises(ValueError, match="unit") as caught:
        read(record)
    assert [one.field for one in caught.value.problems] == ["unit"]
    with pytest.raises(ValueError, match="told_at") as caught:
        read(record | {"unit": "first"})
    assert [one.field for one in caught.value.problems] == ["told_at", "satisfaction", "closed_at"]


def test_it_takes_the_right_to_bring_tickets_in(as_, cast):
    sent = {"kind": "cases", "source": "itsm", "file": BytesIO(TABLE.encode())}
    assert as_(cast.ada).post("/imports/upload/", sent).status_code in {403, 404}

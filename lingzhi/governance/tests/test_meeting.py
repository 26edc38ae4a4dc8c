"""A meeting is called, fixed, held, confirmed and read; what is open comes back on the next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.core.controls import Binding, Evidence
from lingzhi.core.errors import BadInput
from lingzhi.governance.controls import MEETING
from lingzhi.governance.factories import changed, make_meeting, make_series
from lingzhi.governance.models import Action, Attendee, Demand, Meeting, Series
from lingzhi.governance.queries.dates import days_of
from lingzhi.governance.queries.points import FOR_MEETINGS
from lingzhi.governance.services import meetings, minutes
from lingzhi.governance.services.meetings import NotAsItStands
from lingzhi.improvement.factories import make_rectification
from lingzhi.improvement.models import Source
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Calendar
from lingzhi.org.services import found_calendar

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def to_dos(person) -> list[str]:
    rows = Notice.objects.filter(person=person, is_todo=True, ended_at=None)
    return list(rows.values_list("url", flat=True))


def test_from_a_plan_to_minutes_that_everybody_read(cast, as_, run_jobs):
    late = make_rectification(cast.first, cast.ada, by=cast.quan)
    changed(late, due_on=today() - 3 * DAY)
    client = as_(cast.quan)
    sent = {
        "name": "质量分析会", "kind": "quality", "unit": cast.hotline.pk, "cadence": "weekly",
        "first_on": today() + DAY, "at": "15:00", "minutes": 60, "holiday": "after", "place": "A",
        "chair": cast.quan.pk, "minute_taker": cast.ines.pk, "people": [cast.bo.pk],
        "calls_leaders": "on", "call_days": 40, "standing": "通报\n", "posts": [], "units": [],
        "sources": ["rectifications", "alerts"],
    }  # fmt: skip
    assert client.post(page("new_series"), sent).status_code == 302
    run_jobs()
    meeting = Meeting.objects.order_by("begins_at").first()
    called = {one.person for one in meeting.attendees.select_related("person")}
    assert called == {cast.quan, cast.ines, cast.bo, cast.ada, cast.cai}
    as_(cast.bo).post(page("propose_point", meeting.pk), {"title": "耳机", "text": "有杂音"})
    assert client.post(page("fix_agenda", meeting.pk)).status_code == 403  # Bo runs nothing
    as_(cast.ines).post(page("fix_agenda", meeting.pk))
    points = {one.source or one.title: one for one in meeting.points.all()}
    assert list(points) == ["rectifications", "alerts", "通报", "耳机"]
    frozen = points["rectifications"].facts["lines"]
    changed(late, due_on=today() + 9 * DAY)
    assert [one["number"] for one in frozen] == [late.number]
    assert late.title in as_(cast.bo).get(page("meeting", meeting.pk)).content.decode()
    with pytest.raises(minutes.NotBegunYet):
        minutes.sign_in(meeting.attendees.get(person=cast.bo), by=cast.bo)
    changed(meeting, begins_at=now() - timedelta(minutes=5))
    as_(cast.bo).post(page("sign_in", meeting.pk))
    client = as_(cast.ines)
    away = meeting.attendees.get(person=cast.cai)
    assert client.post(page("note_presence", meeting.pk),
                       {f"presence_{away.pk}": "absent"}).status_code == 422  # fmt: skip
    own = meeting.attendees.get(person=cast.ines)
    marks = {f"presence_{away.pk}": "absent", f"reason_{away.pk}": "出差",
             f"presence_{own.pk}": "present"}  # fmt: skip
    assert client.post(page("note_presence", meeting.pk), marks).status_code == 302
    client.post(page("write_minutes", meeting.pk), {f"point_{points['耳机'].pk}": "换新"})
    client.post(page("write_decision", meeting.pk), {"words": "全员更换耳机"})
    client.post(page("write_action", meeting.pk),
                {"words": "领耳机", "owner": cast.bo.pk, "due_on": today()})  # fmt: skip
    action = Action.objects.get()
    assert to_dos(cast.bo) == [page("action_done", action.pk)]
    assert client.post(page("confirm_minutes", meeting.pk)).status_code == 403
    client.post(page("hand_over", meeting.pk))
    meeting.refresh_from_db()
    minutes.return_minutes(meeting, "写明数量", by=cast.quan)
    minutes.hand_over(meeting, by=cast.ines)
    as_(cast.quan).post(page("confirm_minutes", meeting.pk))
    assert as_(cast.bo).post(page("acknowledge", meeting.pk)).status_code == 302
    assert as_(cast.bo).post(page("acknowledge", meeting.pk)).status_code == 409
    place = Attendee.objects.get(meeting=meeting, person=cast.bo)
    assert (place.presence, bool(place.signed_at), bool(place.read_at)) == ("present", True, True)
    decision = meeting.decisions.get()
    begin = f"{reverse('improvement:start')}?source=governance.decision&key={decision.pk}"
    initial = as_(cast.quan).get(begin).context["form"].initial
    assert initial["problem"] == "全员更换耳机"
    row = make_rectification(
        cast.hotline, cast.ines, by=cast.quan, kind="governance.decision", key=decision.pk
    )
    assert Source.objects.get(rectification=row).key == decision.pk
    shown = as_(cast.quan).get(page("meeting", meeting.pk))
    assert row.number in shown.content.decode()
    with pytest.raises(NotAsItStands):
        meetings.cancel_meeting(meeting, "?", by=cast.quan)
    changed(action, due_on=today() - DAY)
    assert (minutes.tell_late(), minutes.tell_late()) == (1, 0)
    assert page("actions") in to_dos(cast.quan)
    following = meetings.call_meeting(meeting.series, meeting.planned_on + 30 * DAY, by=None)
    meetings.fix_agenda(following, by=cast.quan)
    carried = following.points.first()
    assert (carried.source, carried.facts["lines"][0]["words"]) == ("actions", "领耳机")
    as_(cast.bo).post(page("action_done", action.pk), {"words": "已领"})
    action.refresh_from_db()
    assert (action.done_by, to_dos(cast.bo)) == (cast.bo, [])
    acts = set(Entry.objects.filter(action__startswith="governance.").values_list(
        "action", flat=True))  # fmt: skip
    assert {"governance.series_kept", "governance.agenda_fixed", "governance.signed_in",
            "governance.minutes_confirmed", "governance.action_done"} <= acts  # fmt: skip
    assert as_(cast.chen).get(page("meeting", meeting.pk)).status_code == 404
    assert client.get(page("minutes_word", meeting.pk)).status_code == 404  # Chen still


def test_team_leaders_bring_what_they_need_and_get_answers(cast, as_):
    meeting = make_meeting(
        cast.hotline, cast.quan, by=cast.quan, asks_reports=True, calls_leaders=True,
        sources=["demands"], first_on=today() + DAY,
    )  # fmt: skip
    reports = {one.leader: one for one in meeting.reports.all()}
    assert set(reports) == {cast.ada, cast.cai}
    own = page("team_report", reports[cast.ada].pk)
    assert to_dos(cast.ada) == [own]
    client = as_(cast.ada)
    assert client.get(own).context["shown"].figures[0][1] == "0"
    sent = {"heard": "客户问 13812345678 的退款", "state_words": "", "demands": "加两个座席\n"}
    assert client.post(own, sent).status_code == 302
    assert (client.post(own, sent).status_code, to_dos(cast.ada)) == (409, [])
    report = reports[cast.ada]
    report.refresh_from_db()
    assert "13812345678" not in report.heard
    demand = Demand.objects.get()
    answer = page("answer_demand", demand.pk)
    assert client.post(answer, {"answer": "decided", "words": "好"}).status_code == 403
    assert as_(cast.cai).get(own).status_code == 403
    assert as_(cast.chen).get(own).status_code == 404
    client = as_(cast.quan)
    assert "加两个座席" in client.get(page("team_reports", meeting.pk)).content.decode()
    assert client.post(answer, {"answer": "refused", "words": ""}).status_code == 422
    assert client.post(answer, {"answer": "refused", "words": "预算已满"}).status_code == 302
    assert "预算已满" in as_(cast.ada).get(own).content.decode()
    meetings.fix_agenda(meeting, by=cast.quan)
    assert meeting.points.get(source="demands").facts["lines"][0]["words"] == "加两个座席"


def test_a_sheet_for_the_shift_with_every_source(cast, as_):
    """Each source can be asked; the sheet is drawn from what was kept."""
    meeting = make_meeting(
        cast.first, cast.ada, by=cast.quan, kind="shift", cadence="daily", units=[cast.first],
        sources=FOR_MEETINGS, name="班前会",
    )  # fmt: skip
    with pytest.raises(meetings.CalledAlready):
        meetings.call_meeting(meeting.series, meeting.planned_on, by=None)
    meetings.fix_agenda(meeting, by=None)
    staffing = meeting.points.get(source="staffing").facts["lines"]
    assert staffing == [{"where": "一组", "people": 3, "planned": None, "away": {}}]
    shown = as_(cast.bea).get(page("meeting", meeting.pk))
    assert shown.status_code == 200
    assert shown.context["may"].sign_in
    drawn = as_(cast.bea).get(page("minutes_word", meeting.pk))
    assert drawn["Content-Disposition"].endswith('.docx"')


def test_days_off_move_a_meeting(cast):
    """Without a calendar people work from Monday to Friday; it is a meeting on Saturdays."""
    series = Series(unit=cast.hotline, cadence="weekly", first_on=date(2026, 9, 26), at="09:00")
    assert not Calendar.objects.exists()
    assert list(days_of(series, date(2026, 9, 20), date(2026, 10, 9))) == [
        date(2026, 9, 25),
        date(2026, 10, 2),
        date(2026, 10, 9),
    ]
    series.holiday = "skip"
    assert list(days_of(series, date(2026, 9, 20), date(2026, 10, 9))) == []
    series.cadence, series.first_on = "monthly", date(2026, 1, 30)
    assert days_of(series, date(2026, 2, 1), date(2026, 3, 31)) == {
        date(2026, 3, 30): date(2026, 3, 30)
    }
    found_calendar()  # 1 to 7 October are days off, Saturday the 10th is worked
    series.cadence, series.first_on, series.holiday = "weekly", date(2026, 9, 24), "before"
    assert days_of(series, date(2026, 9, 28), date(2026, 10, 8)) == {
        date(2026, 9, 30): date(2026, 10, 1), date(2026, 10, 8): date(2026, 10, 8)
    }  # fmt: skip
    series.cadence = "daily"
    assert list(days_of(series, date(2026, 9, 30), date(2026, 10, 12))) == [
        date(2026, 9, 30), *(date(2026, 10, day) for day in (8, 9, 10, 12))
    ]  # fmt: skip


def test_a_clause_is_kept_where_minutes_were_confirmed(cast):
    one = Binding(
        control_id=1, reference="s14 4.2 friday", kind="meeting", title={"zh-Hans": "例会"},
        values={"name": "例会", "cadence": "weekly"}, unit_id=cast.hotline.pk,
        unit_path=cast.hotline.path, from_on=today() - 30 * DAY,
    )  # fmt: skip
    MEETING.apply(one, cast.quan)
    MEETING.apply(one, cast.quan)
    assert len(to_dos(cast.quan)) == 1
    with pytest.raises(BadInput):
        make_series(cast.hotline, cast.quan, by=cast.quan, first_on=today() - DAY)
    meeting = make_meeting(cast.hotline, cast.quan, by=cast.quan, demands=["s14 friday"])
    assert to_dos(cast.quan) == []
    monday = today() - (today().weekday() + 21) * DAY  # three weeks that are over
    changed(meeting.series, first_on=monday + 7 * DAY)
    changed(meeting, begins_at=now() - (today().weekday() + 12) * DAY, state="confirmed",
            written_at=now(), confirmed_at=now())  # fmt: skip
    days = MEETING.evidence([one], monday, today())[0]
    week = 7 * DAY
    assert days == {
        monday + 6 * DAY: Evidence(unknown=1),
        monday + 6 * DAY + week: Evidence(kept=1),
        monday + 6 * DAY + 2 * week: Evidence(broken=1),
    }
    daily = replace(one, values={"name": "例会", "cadence": "daily"})
    days = MEETING.evidence([daily], monday + week, monday + week + 6 * DAY)[0]
    assert sum(days.values(), Evidence()) == Evidence(kept=1, broken=4)  # nothing at the weekend
    assert page("meetings") in MEETING.evidence_url(one, monday, today(), "kept")

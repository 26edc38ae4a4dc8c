"""What the house stands for, activities, who took part, and the share of each team (R-CD-09)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Activity, Participation, Statement
from lingzhi.org.queries import reach
from lingzhi.org.queries.culture import statements_of
from lingzhi.org.queries.participation import team_shares
from lingzhi.org.services.activities import ActivityIsOver, cancel_activity, plan_activity
from lingzhi.org.services.participation import (
    ABSENT,
    ATTENDED,
    HasBegun,
    HasNotBegun,
    IsCancelled,
    Mark,
    NotInvited,
    NotSignedUp,
    SignedUpBefore,
    confirm_participation,
    sign_off,
    sign_up,
)
from lingzhi.org.services.statements import StatementHasEnded, end_statement, publish_statement

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def publish(cast, unit=None, text="用心服务", **given) -> Statement:
    given = {"kind": "purpose", "from_on": today(), "by": cast.quan, **given}
    return publish_statement(unit or cast.hotline, text=text, **given)


def plan(cast, begins_at=None, *, open_to=(), **given) -> Activity:
    begins_at = begins_at or now() + DAY
    fields = {"title": "案例分享会", "kind": "sharing", "unit": cast.hotline, "by": cast.quan}
    fields |= {"begins_at": begins_at, "ends_at": begins_at + HOUR, "organiser": cast.quan}
    return plan_activity(open_to=open_to or [cast.hotline], **fields | given)


def held(cast, marks, **given) -> Activity:
    activity = plan(cast, now() - DAY, **given)
    confirm_participation(activity, marks, by=cast.quan)
    return activity


# --- statements ---------------------------------------------------------------------------------


def test_a_new_version_takes_the_place_of_the_one_before_from_its_day(cast):
    old = publish(cast, from_on=date(2026, 1, 1))
    new = publish(cast, text="客户至上", from_on=today() + DAY, change="新的宗旨")
    old.refresh_from_db()
    assert (old.to_on, new.number) == (today(), 2)
    assert [one.text for one in statements_of(cast.bo, today())] == ["用心服务"]
    assert [one.text for one in statements_of(cast.bo, today() + DAY)] == ["客户至上"]
    assert Entry.objects.filter(action="org.statement_published").count() == 2
    with pytest.raises(BadInput):
        publish(cast, from_on=today())


def test_it_holds_for_the_unit_and_below_only(cast):
    publish(cast, cast.company, "公司宗旨")
    publish(cast, cast.first, "一组公约", kind="values")
    shown = {who: [one.text for one in statements_of(who, today())] for who in (cast.bo, cast.chen)}
    assert shown == {cast.bo: ["公司宗旨", "一组公约"], cast.chen: ["公司宗旨"]}
    assert [one.text for one in statements_of(cast.nora, today())] == ["公司宗旨"]


def test_an_ended_statement_ends_once(cast):
    statement = publish(cast)
    end_statement(statement, reason="过时", by=cast.quan)
    assert not statements_of(cast.bo, today() + DAY).exists()
    with pytest.raises(StatementHasEnded):
        end_statement(statement, reason="过时", by=cast.quan)


def test_only_within_reach_one_publishes(as_, cast):
    url = reverse("org:statement_publish")
    given = {"kind": "values", "text": "守信", "from_on": str(today())}
    assert as_(cast.bo).get(url).status_code == 403
    assert as_(cast.ada).post(url, {**given, "unit": cast.second.pk}).status_code == 422
    assert as_(cast.ada).post(url, {**given, "unit": cast.first.pk}).status_code == 302
    assert as_(cast.ada).post(url, {**given, "unit": cast.first.pk}).status_code == 422
    statement = Statement.objects.get()
    detail, end = (reverse(f"org:{name}", args=[statement.pk]) for name in STATEMENT_PAGES)
    assert as_(cast.chen).get(detail).status_code == 404
    assert "守信" in as_(cast.bo).get(detail).content.decode()
    assert as_(cast.bo).post(end).status_code == 403
    assert as_(cast.ada).post(end, {"reason": "重写"}).status_code == 302


STATEMENT_PAGES = ("statement", "statement_end")


# --- activities ---------------------------------------------------------------------------------


def test_people_of_the_invited_units_sign_up_until_it_begins(cast):
    activity = plan(cast, open_to=[cast.first])
    sign_up(activity, by=cast.bo)
    with pytest.raises(SignedUpBefore):
        sign_up(activity, by=cast.bo)
    with pytest.raises(NotInvited):
        sign_up(activity, by=cast.chen)
    sign_off(activity, by=cast.bo)
    with pytest.raises(NotSignedUp):
        sign_off(activity, by=cast.bo)
    with pytest.raises(HasBegun):
        sign_up(plan(cast, now() - HOUR), by=cast.bo)


def test_the_organiser_says_who_was_there_and_may_correct_it(cast):
    activity = plan(cast)
    with pytest.raises(HasNotBegun):
        confirm_participation(activity, {}, by=cast.quan)
    for person in (cast.bo, cast.bea):
        sign_up(activity, by=person)
    Activity.objects.filter(pk=activity.pk).update(begins_at=now() - HOUR)
    with pytest.raises(BadInput):
        confirm_participation(activity, {cast.bea: Mark(ABSENT, " ")}, by=cast.quan)
    marks = {cast.bea: Mark(ABSENT, "病假"), cast.chen: Mark(ATTENDED)}
    confirm_participation(activity, marks, by=cast.quan)
    confirm_participation(activity, {cast.bea: Mark(ATTENDED)}, by=cast.quan)
    states = dict(activity.participations.values_list("person__staff_no", "state"))
    assert states == {"1002": "signed_up", "1003": "attended", "2002": "attended"}
    last = Entry.objects.filter(action="org.participation_confirmed").latest("pk")
    assert (last.before, last.after) == ({"1003": "absent"}, {"1003": "attended"})


def test_what_is_called_off_is_told_and_over(cast):
    activity = plan(cast)
    sign_up(activity, by=cast.bo)
    cancel_activity(activity, reason="台风", by=cast.quan)
    assert Notice.objects.get(person=cast.bo).body == "案例分享会: 台风"
    with pytest.raises(IsCancelled):
        sign_up(activity, by=cast.bea)
    with pytest.raises(ActivityIsOver):
        cancel_activity(activity, reason="台风", by=cast.quan)


def test_an_activity_on_its_pages(as_, cast):
    statement, begins = publish(cast), now() + DAY
    given = {"title": "服务之星", "kind": "praise", "unit": cast.hotline.pk, "about": "表彰"}
    given |= {"organiser": cast.ada.pk, "open_to": [cast.first.pk], "statement": statement.pk}
    given |= {"begins_at": f"{begins:%Y-%m-%dT%H:%M}", "ends_at": f"{begins + HOUR:%Y-%m-%dT%H:%M}"}
    url = reverse("org:activity_create")
    assert as_(cast.bo).get(url).status_code == 403
    assert as_(cast.cai).post(url, given).status_code == 422
    assert as_(cast.quan).post(url, given | {"ends_at": given["begins_at"]}).status_code == 422
    assert as_(cast.quan).post(url, given).status_code == 302
    activity = Activity.objects.get()
    page = reverse("org:activity", args=[activity.pk])
    assert as_(cast.chen).get(page).status_code == 404
    assert "服务之星" in as_(cast.bo).get(reverse("org:culture")).content.decode()
    assert as_(cast.bo).post(reverse("org:activity_join", args=[activity.pk])).status_code == 302
    assert "1002" not in as_(cast.bea).get(page).content.decode()
    Activity.objects.update(begins_at=now() - HOUR)
    sheet = {f"state-{cast.bo.pk}": "", f"reason-{cast.bo.pk}": "", "rest": "1"}
    confirm = reverse("org:activity_confirm", args=[activity.pk])
    assert as_(cast.bea).post(confirm, sheet).status_code == 403
    assert as_(cast.ada).post(confirm, sheet).status_code == 302
    came = reverse("org:activity_came", args=[activity.pk])
    assert as_(cast.ada).post(came, {"person": cast.bea.pk}).status_code == 302
    assert set(Participation.objects.values_list("state", flat=True)) == {"attended"}
    assert Activity.objects.get().confirmed_at is not None


def test_it_changes_until_it_is_confirmed_and_the_log_says_what(as_, cast):
    activity = plan(cast, open_to=[cast.first])
    url = reverse("org:activity_change", args=[activity.pk])
    form = as_(cast.quan).get(url).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    given |= {name: f"{given[name]:%Y-%m-%dT%H:%M}" for name in ("begins_at", "ends_at")}
    given |= {"open_to": [cast.second.pk], "place": "培训教室"}
    assert as_(cast.quan).post(url, given).status_code == 302
    entry = Entry.objects.get(action="org.activity_changed")
    assert (entry.before["open_to"], entry.after["open_to"]) == (["first"], ["second"])
    assert entry.after["place"] == "培训教室"
    Activity.objects.update(confirmed_at=now())
    assert as_(cast.quan).post(url, given).status_code == 409


@pytest.mark.parametrize("state", ["coming", "open", "confirmed", "cancelled"])
def test_the_organisers_list_by_state(as_, cast, state):
    plan(cast, title="to coming")
    plan(cast, now() - HOUR, title="to open")
    held(cast, {}, title="to confirmed")
    cancel_activity(plan(cast, title="to cancelled"), reason="台风", by=cast.quan)
    answer = as_(cast.quan).get(reverse("org:activities"), {"state": state})
    assert [one.title for one in answer.context["page"]] == [f"to {state}"]


def test_evidence_is_a_note_or_a_file_and_leaves_as_a_download(as_, cast):
    activity = held(cast, {}, open_to=[cast.first])
    url = reverse("org:activity_prove", args=[activity.pk])
    assert as_(cast.quan).post(url, {"note": ""}).status_code == 422
    photo = SimpleUploadedFile("合影.html", b"<script>")
    assert as_(cast.quan).post(url, {"note": "合影", "file": photo}).status_code == 302
    file = reverse("org:evidence", args=[activity.evidence.get().pk])
    assert "attachment" in as_(cast.bo).get(file)["Content-Disposition"]
    assert as_(cast.chen).get(file).status_code == 404


# --- the share of each team ---------------------------------------------------------------------


def shares(user) -> dict[str, tuple[int, int, int, int, int]]:
    lines = team_shares(reach(user, "org.culture"), today() - 30 * DAY, today())
    return {
        one.unit.name: (one.people, one.took_part, one.unknown, one.visits, one.chances)
        for one in lines
    }


def test_the_share_counts_who_was_in_service_then(cast, hold):
    held(cast, {cast.bo: Mark(ATTENDED)}, open_to=[cast.first])
    both = held(cast, {cast.bo: Mark(ATTENDED), cast.bea: Mark(ABSENT, "病假")})
    Participation.objects.create(activity=both, person=cast.chen)  # on the list, nobody said more
    plan(cast, now() - 2 * HOUR)  # held, but not confirmed: counts for nobody
    gone = cast.cai.assignments.get()
    gone.to_on = today() - 5 * DAY
    gone.save()
    hold(cast.nora, "agent", cast.second)
    assert shares(cast.quan) == {
        "热线中心": (2, 0, 0, 0, 2),
        "一组": (3, 1, 0, 2, 6),
        "二组": (2, 0, 1, 0, 2),
    }
    assert shares(cast.ada) == {"一组": (3, 1, 0, 2, 6)}


def test_the_page_says_too_few_and_asks_no_more_for_more_people(
    as_, cast, django_assert_max_num_queries
):
    held(cast, {cast.bo: Mark(ATTENDED)}, open_to=[cast.first])
    client = as_(cast.quan)
    with django_assert_max_num_queries(30):
        answer = client.get(reverse("org:participation"), headers={"Accept-Language": "en"})
    assert "too few to say (n = 3)" in answer.content.decode()
    assert as_(cast.bo).get(reverse("org:participation")).status_code == 403

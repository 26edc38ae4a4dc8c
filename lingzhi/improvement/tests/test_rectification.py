"""A problem is put right: analysed, approved, carried out, proved, closed; and it comes back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.improvement.factories import agree, asked, make_rectification, planned
from lingzhi.improvement.measures import MEASURES
from lingzhi.improvement.models import Cause, Countermeasure, Effect, Rectification
from lingzhi.improvement.queries.effects import judged
from lingzhi.improvement.queries.rectifications_kept import rectifications_kept
from lingzhi.improvement.services import carrying, planning, records, verifying, watching
from lingzhi.improvement.services.common import NotInThisState
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Alert, Signal
from lingzhi.kpis.services import ensure_definition
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Group, Membership

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(name: str, *args: object) -> str:
    return reverse(f"improvement:{name}", args=args)


def to_dos(person) -> int:
    return Notice.objects.filter(person=person, is_todo=True, ended_at=None).count()


@pytest.fixture
def row(cast: Cast) -> Rectification:
    """Of Ada's team, supervised by Quan of the centre."""
    return make_rectification(cast.first, cast.ada, by=cast.quan, supervisor=cast.quan)


def in_effect(row: Rectification, cast: Cast, run_jobs, *, ago: int) -> None:
    """Approved, carried out and in effect for some days."""
    approval = asked(row, by=cast.ada)
    agree(approval, _second(cast))
    run_jobs()
    row.refresh_from_db()
    for measure in row.measures.all():
        measure.rectification = row
        planning.report_measure(measure, "已完成", by=measure.owner)
    verifying.report_done(row, since=today() - ago * DAY, by=cast.ada)


def _second(cast: Cast):
    return cast.quan


def count(definition, unit, *, good: int, days: range) -> None:
    for ago in days:
        make_fact(today() - ago * DAY, good, 40, definition=definition, unit=unit)


def test_from_an_alert_to_a_proved_effect_and_back(cast, as_, run_jobs):
    rate = ensure_definition("K03", "rings", {}, by=None)
    count(rate, cast.first, good=24, days=range(29, 57))
    count(rate, cast.first, good=34, days=range(1, 29))
    began = today() - 30 * DAY
    alert = Alert.objects.create(
        definition=rate, unit=cast.first, began_on=began, found_on=began, last_on=began,
        owner=cast.ada, raised_at=now(),
    )  # fmt: skip
    begin = f"{page('start')}?source=kpis.alert&key={alert.pk}"
    client = as_(cast.ada)
    assert client.get(begin).context["form"].initial["unit"] == cast.first.pk
    sent = {
        "title": "接通慢", "problem": "一组及时接通率偏低", "category": "time", "grade": "ordinary",
        "unit": cast.first.pk, "owner": cast.ada.pk, "due_on": today() + 20 * DAY, "team": "",
        "supervisor": cast.bo.pk, "way": "corrective", "watch_days": 90,
    }  # fmt: skip
    refused = client.post(begin, sent)  # Bo works in that very team
    assert refused.status_code == 422
    assert "supervisor" in refused.context["form"].errors
    assert client.post(begin, sent | {"supervisor": cast.quan.pk}).status_code == 302
    row = Rectification.objects.get()
    assert to_dos(cast.ada) == 1
    shown = client.get(reverse("kpis:alert", args=[alert.pk]))
    assert row.title in shown.content.decode()  # and back: the alert shows what is put right

    client.post(page("ask_approval", row.pk))
    row.refresh_from_db()
    assert row.state == "draft"  # nothing to approve: no cause, no measure
    planned(row, by=cast.ada)
    effect = {
        "definition": rate.pk, "unit": cast.first.pk, "channel": "", "after_days": 28,
        "before_from": today() - 56 * DAY, "before_to": today() - 29 * DAY,
    }  # fmt: skip
    assert client.post(page("set_effect", row.pk), effect).status_code == 302
    in_effect(row, cast, run_jobs, ago=28)
    found = judged(row)
    assert (found.before.numerator, found.before.denominator) == (24 * 28, 40 * 28)
    assert (found.after.numerator, found.after.denominator) == (34 * 28, 40 * 28)
    # Newcombe 1998, method 10, of 672/1120 and 952/1120
    assert (found.verdict, round(found.low, 2), round(found.high, 2)) == ("better", 21.41, 28.51)

    with pytest.raises(verifying.NotVerified):
        verifying.close(row, "?", by=cast.quan)
    with pytest.raises(verifying.OwnWork):
        verifying.verify(row, is_effective=True, words="好了", by=cast.ada)
    judge = as_(cast.quan)
    signed = {"is_effective": "1", "words": "图上可见，现场也已改"}
    assert judge.post(page("verify", row.pk), signed).status_code == 302
    assert judge.post(page("close", row.pk), {"words": "话术已入库"}).status_code == 302
    assert judge.post(page("close", row.pk), {"words": "再来"}).status_code == 409
    row.refresh_from_db()
    assert row.state == "closed"
    assert row.verifications.get().computed == "better"
    for way in Rectification.Way.values:
        shown = judge.get(page("rectification", row.pk), {"as": way}).content.decode()
        assert "话术没有统一" in shown
        assert "统一话术并培训" in shown
    assert row.title in judge.get(page("rectifications"), {"state": "closed"}).content.decode()
    file = judge.get(page("export"), {"state": "all", "form": "csv"})
    assert row.title in b"".join(file.streaming_content).decode()
    acts = {f"improvement.{one}" for one in ("started", "approved", "verified", "closed")}
    assert acts <= set(Entry.objects.values_list("action", flat=True))

    assert watching.look_for_recurrence() == 0
    Signal.objects.create(
        definition=rate, unit=cast.first, day=today() + DAY, kind="run", value=50, found_at=now()
    )
    assert watching.look_for_recurrence() == 1
    row.refresh_from_db()
    assert (row.state, row.reopened, row.verified_at) == ("draft", 1, None)
    assert row.notes.filter(kind="reopened").get().written_by is None


def test_a_major_plan_goes_to_the_top_and_its_words_are_what_was_signed(row, cast, hold, run_jobs):
    hold(cast.nora, "leadership", cast.company)
    row.grade = "major"
    records.change_rectification(row, by=cast.quan)
    planned(row, by=cast.ada)
    approval = asked(row, by=cast.ada)
    with pytest.raises(NotInThisState):
        planning.write_cause(Cause(rectification=row, words="?", evidence="?"), by=cast.ada)
    agree(approval, cast.quan, cast.nora)
    run_jobs()
    row.refresh_from_db()
    assert row.state == "running"
    assert to_dos(cast.ada) == 2
    change = Countermeasure(
        rectification=row, kind="correction", words="改话术", owner=cast.bea, changes="phrases",
        due_on=row.due_on,
    )  # fmt: skip
    planning.write_measure(change, by=cast.ada)
    assert to_dos(cast.bea) == 1
    with pytest.raises(BadInput):
        planning.report_measure(change, "改了", by=cast.bea)
    planning.report_measure(change, "改了", link="/knowledge/", by=cast.bea)
    assert to_dos(cast.bea) == 0


def test_what_is_late_goes_up_and_each_level_is_told_once(row, cast):
    def told() -> list[int]:
        people = (cast.ada, cast.quan)
        return [Notice.objects.filter(person=one, matter__startswith="improvement.late").count()
                for one in people]  # fmt: skip

    rows = Rectification.objects.filter(pk=row.pk)
    assert watching.escalate() == 0
    rows.update(due_on=today() - DAY)
    assert watching.escalate() == 1
    assert told() == [1, 0]
    assert watching.escalate() == 0
    rows.update(due_on=today() - 8 * DAY)
    assert watching.escalate() == 2
    assert told() == [1, 1]
    assert watching.escalate() == 0
    assert row.notes.filter(kind="late").count() == 3


def test_days_are_compared_where_no_cases_are_counted(row, cast):
    means = ensure_definition("K40", "service", {}, by=None)
    for ago in range(1, 21):
        make_fact(today() - ago * DAY, 10 * (100 if ago > 10 else 50) + ago % 3, 10,
                  definition=means, unit=cast.first)  # fmt: skip
    effect = Effect(
        rectification=row, definition=means, unit=cast.first, before_from=today() - 20 * DAY,
        before_to=today() - 11 * DAY, after_days=10,
    )  # fmt: skip
    planning.plan_effect(effect, by=cast.ada)
    row.done_on = today() - 10 * DAY
    found = judged(row)
    assert found.is_by_day
    assert found.verdict == "better"
    assert found.low < found.change < found.high
    row.done_on = today() - 5 * DAY  # five days are too few to say
    assert (judged(row).verdict, judged(row).is_waiting) == ("too_few", True)


def test_a_clause_is_kept_by_what_is_done_in_time(row, cast, binding):
    rows = Rectification.objects.filter(pk=row.pk)
    rows.update(due_on=today() - 2 * DAY)
    [days] = rectifications_kept([binding({})], today() - 9 * DAY, today())
    assert days[today() - 2 * DAY].broken == 1
    rows.update(done_on=today() - 3 * DAY)
    ours, theirs, major = rectifications_kept(
        [binding({}), binding({}, cast.second), binding({"about": "major"})],
        today() - 9 * DAY, today(),
    )  # fmt: skip
    assert days.keys() == ours.keys()
    [cell] = MEASURES[0].cells({}, today() - 9 * DAY, today())
    assert cell[4:] == (0, 0, 1)  # done in time, its effect not yet confirmed
    rows.update(verified_at=now())
    [cell] = MEASURES[0].cells({}, today() - 9 * DAY, today())
    assert cell[4:] == (1, 1, 0)
    assert ours[today() - 2 * DAY].kept == 1
    assert (theirs, major) == ({}, {})


@pytest.fixture
def binding(cast):
    from lingzhi.core.controls import Binding

    def make(values, unit=None):
        at = unit or cast.hotline
        return Binding(1, "?", "rectification", {}, values, at.pk, at.path, today())

    return make


def test_who_may_see_and_do_what(row, cast, as_):
    assert as_(cast.cai).get(page("rectification", row.pk)).status_code == 404
    assert as_(cast.nora).get(page("rectifications")).status_code == 403
    planning.write_measure(
        Countermeasure(rectification=row, kind="correction", words="致歉", owner=cast.nora,
                       due_on=row.due_on), by=cast.ada,
    )  # fmt: skip
    helper = as_(cast.nora)  # carries out a measure, so she sees the record
    assert helper.get(page("rectification", row.pk)).status_code == 200
    assert helper.get(page("add_cause", row.pk)).status_code == 403
    done = page("measure_done", row.measures.get().pk)
    assert helper.post(done, {"result": "已致歉"}).status_code == 302
    assert row.measures.get().done_by == cast.nora
    assert helper.get(page("verify", row.pk)).status_code == 403
    assert as_(cast.ada).get(page("drop", row.pk)).status_code == 403
    assert as_(cast.quan).post(page("drop", row.pk), {"words": "并入另一项"}).status_code == 302
    assert as_(cast.quan).post(page("note", row.pk), {"words": "?"}).status_code == 409


def test_what_is_proved_is_carried_over_and_what_comes_twice_is_named(row, cast, as_):
    planned(row, by=cast.ada)
    with pytest.raises(carrying.NotProved):
        carrying.carry_over(row, [cast.second], due_on=today() + DAY, by=cast.quan)
    Rectification.objects.filter(pk=row.pk).update(
        state="checking", approved_at=now(), verified_at=now()
    )
    client = as_(cast.quan)
    sent = {"units": [cast.second.pk], "due_on": today() + 9 * DAY}
    assert client.post(page("carry", row.pk), sent).status_code == 302
    copy = Rectification.objects.get(parent=row)
    assert (copy.unit, copy.owner, copy.supervisor) == (cast.second, cast.cai, cast.quan)
    assert [one.is_root for one in copy.causes.all()] == [False]  # to be confirmed there
    assert copy.measures.get().words == "统一话术并培训"
    assert to_dos(cast.cai) == 1
    assert client.get(page("repeats")).context["repeats"] == []  # it did not happen there
    make_rectification(cast.second, cast.cai, by=cast.quan)
    [across] = client.get(page("repeats")).context["repeats"]
    assert (across[1].unit, across[1].times, across[1].units) == (None, 2, 2)


def test_a_team_stands_in_the_record(row, cast, as_):
    group = Group.objects.create(
        name="服务改进小组", kind="standing", mandate="?", unit=cast.hotline, from_on=today()
    )
    Membership.objects.create(
        group=group, guest="客户代表王女士", part="customers", from_on=today()
    )
    row.team = group
    records.change_rectification(row, by=cast.quan)
    shown = as_(cast.ada).get(page("rectification", row.pk), {"as": "eight_d"}).content.decode()
    assert "客户代表王女士" in shown
    entry = Entry.objects.filter(action="improvement.changed").get()
    assert entry.after == {"team": group.pk}


def test_who_proposed_it_is_rewarded_once_it_is_proved(row, cast, as_):
    client = as_(cast.quan)
    sent = {"person": cast.bo.pk, "who": "", "given": "改进之星，奖励 200 元"}
    assert client.post(page("reward", row.pk), sent).status_code == 409
    Rectification.objects.filter(pk=row.pk).update(
        state="checking", approved_at=now(), verified_at=now()
    )
    assert client.post(page("reward", row.pk), sent | {"who": "某客户"}).status_code == 422
    assert client.post(page("reward", row.pk), sent).status_code == 302
    assert client.post(page("reward", row.pk), sent).status_code == 422  # once for one thing
    customer = sent | {"person": "", "who": "客户李先生"}
    assert client.post(page("reward", row.pk), customer).status_code == 302
    assert Notice.objects.filter(person=cast.bo).count() == 1
    assert "客户李先生" in client.get(page("rectification", row.pk)).content.decode()
    assert Entry.objects.filter(action="improvement.rewarded").count() == 2


def test_a_plan_counts_what_is_due_in_its_days(row, cast, as_, django_assert_max_num_queries):
    client = as_(cast.quan)
    sent = {
        "unit": cast.hotline.pk, "from_on": today(), "to_on": today() + 90 * DAY,
        "goals": "答复准确率提高五个百分点",
    }  # fmt: skip
    assert client.post(page("add_plan"), sent | {"to_on": today() - DAY}).status_code == 422
    assert client.post(page("add_plan"), sent).status_code == 302
    assert client.post(page("add_plan"), sent).status_code == 422  # one a period
    for unit in (cast.first, cast.second):
        client.post(page("add_plan"), sent | {"unit": unit.pk})
    make_rectification(cast.second, cast.cai, by=cast.quan, due_on=today() + 99 * DAY)
    Rectification.objects.filter(pk=row.pk).update(
        state="closed", approved_at=now(), verified_at=now(), closed_at=now(), closed_by=cast.quan
    )
    make_rectification(cast.first, cast.ada, by=cast.quan)
    with django_assert_max_num_queries(25):
        shown = client.get(page("plans")).context["rows"]
    counted = {plan.unit: (one.closed, one.due, one.late) for plan, one in shown}
    assert counted == {cast.hotline: (1, 2, 0), cast.first: (1, 2, 0), cast.second: (0, 0, 0)}
    own = next(plan for plan, _one in shown if plan.unit == cast.first)
    assert row.title in as_(cast.ada).get(page("plan", own.pk)).content.decode()
    assert as_(cast.cai).get(page("plan", own.pk)).status_code == 404

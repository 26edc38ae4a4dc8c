"""What surveys say, on pages: figures with intervals, answers, who did not answer, odd signs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.kpis.services import Aim, ensure_definition, set_target
from lingzhi.notifications.models import Notice
from lingzhi.surveys.models import WeakLink
from lingzhi.surveys.queries.results import results
from lingzhi.surveys.queries.signals import bursts, own_entries, signs
from lingzhi.surveys.queries.wanted import Wanted
from lingzhi.surveys.tests.saying import due, rule, say

pytestmark = pytest.mark.django_db
FIRST, LAST = today() - timedelta(days=60), today()


def some(number, cast, *, by=None, at=None, agent=None, **marks):
    """So many answers of Bo's team that say the same."""
    by, at = by or rule(), at or now() - timedelta(days=10)
    return [
        say(due(by, unit=cast.first, agent=agent or cast.bo, at=at - timedelta(minutes=9 * one)),
            **marks)
        for one in range(number)
    ]  # fmt: skip


def seen(as_, user, name, **query):
    answer = as_(user).get(reverse(f"surveys:{name}"), query)
    assert answer.status_code == 200
    return answer


def test_a_dimension_below_its_target_is_a_weak_link(cast, as_):
    some(40, cast, overall=5, attitude=5, efficiency=2)
    way = ensure_definition("K12", "survey_efficiency", {}, by=None)
    aim = Aim(value=85, warning=None, is_strict=False, period="monthly", channel="")
    set_target(way, cast.company, aim, from_on=FIRST, reason="年度目标", by=cast.quan)
    found = results(Wanted(FIRST, LAST), cast.first, on=LAST)
    lines = {one.key: one for one in found.dimensions}
    assert lines["efficiency"].target.value == 85
    assert lines["attitude"].target is None
    shown = seen(as_, cast.ada, "results").context["dimensions"]
    assert [(one.code, one.is_weak) for one in shown] == [("efficiency", True), ("attitude", False)]

    def tell(user, dimension, unit=cast.first):
        url = reverse("surveys:tell_weak_link", args=[unit.pk, dimension])
        return as_(user).post(url).status_code

    assert tell(cast.ada, "efficiency") == 403
    assert tell(cast.quan, "attitude") == 409
    assert tell(cast.quan, "efficiency") == 302
    assert tell(cast.quan, "efficiency") == 409  # the to-do is open still
    notice = Notice.objects.get(is_todo=True, person=cast.ada)
    assert "0/40" in notice.body
    (entry,) = Entry.objects.filter(action="surveys.weak_link_told")
    assert entry.after["satisfied"] == 0

    link = WeakLink.objects.get()
    assert notice.url == reverse("surveys:weak_link", args=[link.pk])
    said = {"cause": "高峰缺人", "measures": "十二月起晚班加两人，看 K12 效率项"}
    assert as_(cast.quan).post(notice.url, said).status_code == 403  # who leads the unit answers
    assert as_(cast.cai).get(notice.url).status_code == 404
    ada = as_(cast.ada)
    assert ada.post(notice.url, said | {"cause": " "}).status_code == 422
    assert ada.post(notice.url, said).status_code == 302
    assert ada.post(notice.url, said).status_code == 409
    assert "高峰缺人" in as_(cast.quan).get(notice.url).content.decode()
    assert not Notice.objects.filter(is_todo=True, ended_at=None).exists()
    assert Entry.objects.filter(action="surveys.weak_link_answered").exists()
    (shown,) = seen(as_, cast.quan, "weak_links").context["rows"]
    assert (shown.rate.hits, shown.rate.n, shown.is_late) == (0, 40, False)
    assert tell(cast.quan, "efficiency") == 302  # weak still: it is given anew


def test_a_weak_link_stands_beside_the_other_units_and_the_time_before(cast, as_):
    """What is most certainly too low comes first; its figures are kept with the to-do."""
    some(40, cast, overall=5, attitude=5, efficiency=5, at=now() - timedelta(days=120))
    some(40, cast, overall=4, attitude=2, efficiency=2)
    for one in range(40):
        at = now() - timedelta(days=9, minutes=9 * one)
        said = {"attitude": 2 if one % 2 else 5, "efficiency": 5}
        say(due(rule(), unit=cast.second, agent=cast.chen, at=at), overall=5, **said)
    for code, target in (("attitude", 85), ("efficiency", 60)):
        way = ensure_definition("K12", f"survey_{code}", {}, by=None)
        aim = Aim(value=target, warning=None, is_strict=False, period="monthly", channel="")
        set_target(way, cast.company, aim, from_on=FIRST, reason="年度目标", by=cast.quan)
    lines = seen(as_, cast.quan, "results", unit=cast.first.pk).context["dimensions"]
    assert [(one.code, one.stands, one.moved) for one in lines] == [
        ("attitude", "worse", "worse"), ("efficiency", "worse", "worse"),
    ]  # fmt: skip
    assert lines[0].apart == pytest.approx((-0.6480, -0.3280), abs=1e-4)  # Newcombe: 0/40, 20/40
    whole = seen(as_, cast.quan, "results").context
    assert not whole["with_others"]
    query = f"?unit={cast.first.pk}"
    for code in ("efficiency", "attitude"):
        url = reverse("surveys:tell_weak_link", args=[cast.first.pk, code])
        assert as_(cast.quan).post(url + query).status_code == 302
    first, second = seen(as_, cast.ada, "weak_links").context["rows"]
    assert (first.row.dimension, second.row.dimension) == ("attitude", "efficiency")
    assert (first.others.rate.hits, first.others.rate.n, first.others.side) == (20, 40, "worse")
    assert (first.before.rate.hits, first.before.rate.n, first.before.side) == (40, 40, "worse")
    assert seen_one(as_, cast.ada, first.row.pk).status_code == 200


def seen_one(as_, user, pk):
    return as_(user).get(reverse("surveys:weak_link", args=[pk]))


def test_ways_are_told_apart_and_a_change_has_its_interval(cast, as_):
    some(20, cast, overall=2, by=rule(mode="phone"), at=now() - timedelta(days=45))
    some(30, cast, overall=5)
    found = results(Wanted(today() - timedelta(days=29), LAST), cast.first, on=LAST)
    assert found.whole.change[0] > 0
    modes = seen(as_, cast.ada, "results").context["modes"]
    assert [(one.code, one.line.satisfied.is_enough) for one in modes] == [
        ("mail", True), ("phone", False),
    ]  # fmt: skip
    assert modes[0].line.satisfied.low == pytest.approx(0.8865, abs=1e-3)  # Wilson, 30 of 30
    (one,) = seen(as_, cast.ada, "results", mode="phone").context["modes"]
    assert (one.line.satisfied.hits, one.line.satisfied.n) == (0, 20)


def test_answers_lead_to_what_they_are_about_within_reach_only(cast, as_):
    by = rule()
    say(due(by, unit=cast.first, agent=cast.bo), "等待时间太长", overall=1)
    say(due(by, unit=cast.first, agent=cast.bo), "电话等待时间太久", overall=2)
    say(due(by, unit=cast.second, agent=cast.chen), "很好", overall=5)
    (topic,) = seen(as_, cast.quan, "results").context["topics"]
    assert (topic.phrase, topic.number) == ("等待时间", 2)

    def texts(user, **query):
        rows = seen(as_, user, "result_answers", **query).context["rows"]
        return sorted(text for one in rows for text in one.texts)

    assert texts(cast.ada, topic="等待时间太长", said="bad") == ["等待时间太长"]
    assert texts(cast.ada) == ["电话等待时间太久", "等待时间太长"]
    assert texts(cast.cai) == ["很好"]
    assert as_(cast.nora).get(reverse("surveys:results")).status_code == 403


def test_who_did_not_answer_is_named_and_the_silent_leave_it_unknown(cast, as_):
    by = rule()
    some(15, cast, overall=5)
    for one in range(12):
        due(by, unit=cast.second, agent=cast.chen, at=now() - timedelta(days=9, minutes=one))
    bias = seen(as_, cast.quan, "bias").context["bias"]
    assert cast.second.name in bias.silent[0]
    assert bias.pairs[0].open is not None
    assert bias.pairs[0].raw.words == "100.0"
    assert seen(as_, cast.ada, "bias", mode="sms").context["bias"] is None


def test_selective_asking_and_quick_answers_stand_out(cast, as_):
    by = rule()
    for agent, number in ((cast.bo, 20), (cast.bea, 1)):
        for at in range(40):
            state = {"state": "withheld", "reason": "not_asked"} if at < number else {}
            due(by, unit=cast.first, agent=agent, **state)
    raised = {(one.code, one.person.name) for one in signs(Wanted(FIRST, LAST)) if one.is_raised}
    assert raised == {("forgotten", "Bo")}
    together = some(3, cast, overall=5)
    for one in together:
        one.finished_at, one.entered_by = together[0].finished_at, cast.bo
        one.save()
    assert bursts(Wanted(FIRST, LAST))[0].answerings == tuple(one.pk for one in together)
    assert own_entries(Wanted(FIRST, LAST)) == [(cast.bo, 3)]
    groups = seen(as_, cast.quan, "signals").context["groups"]
    assert groups[0].raised == 1
    assert as_(cast.ada).get(reverse("surveys:signals")).status_code == 403

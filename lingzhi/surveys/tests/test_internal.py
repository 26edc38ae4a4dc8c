"""Units judge each other: nobody is recognised, nothing is seen before it is over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.notifications.models import Notice
from lingzhi.surveys.factories import with_questionnaires
from lingzhi.surveys.models import (
    Answering,
    InternalSeat,
    InternalSurvey,
    InternalWord,
    Questionnaire,
)
from lingzhi.surveys.queries.internal import Judged, judged_units, may_be_added_up
from lingzhi.surveys.services import internal as services


def at(name, *args):
    return reverse(f"surveys:{name}", args=args)


@pytest.fixture
def staffed(cast, hold):
    """Six more people in the first team: seven in all beside its leader."""
    for number in range(5):
        person = User.objects.create(staff_no=f"77{number}", name=f"P{number}")
        hold(person, "agent", cast.first)
    with_questionnaires(by=cast.quan)
    return cast


def sent(cast, **more):
    pk = Questionnaire.objects.get(code="internal").pk
    return {
        "title": "后台征求前台意见", "purpose": "配合得怎么样", "questionnaire": pk, "minimum": "5",
        "due_on": str(today() + timedelta(days=7)), "raters": str(cast.first.pk),
        "rated": str(cast.second.pk), "is_mutual": "on", **more,
    }  # fmt: skip


def answer(client, seat, **given):
    shown = {"shown": ["overall", "aspects", "words"]}
    return client.post(at("judge_unit", seat.pk), shown | {f"q.{k}": v for k, v in given.items()})


def test_two_units_judge_each_other_and_nobody_is_recognised(staffed, as_):
    cast, quan = staffed, as_(staffed.quan)
    inside = sent(cast, rated=str(cast.hotline.pk))
    assert quan.post(at("add_internal"), inside).status_code == 422  # one lies within the other
    assert quan.post(at("add_internal"), sent(cast)).status_code == 302
    survey = InternalSurvey.objects.get()
    assert survey.pairs.get(is_back=True).rated == cast.first
    assert quan.post(at("edit_internal", survey.pk), sent(cast)).status_code == 302
    assert survey.pairs.count() == 2
    assert as_(cast.ada).post(at("open_internal", survey.pk)).status_code == 403
    assert as_(cast.quan).post(at("open_internal", survey.pk)).status_code == 302
    assert quan.post(at("open_internal", survey.pk)).status_code == 409
    assert Notice.objects.filter(is_todo=True, person=cast.bo, ended_at=None).exists()

    seats = InternalSeat.objects.filter(pair__rater=cast.first)
    assert seats.count() == 8
    mine = seats.get(person=cast.bo)
    assert as_(cast.bea).get(at("judge_unit", mine.pk)).status_code == 404  # somebody else's
    bo = as_(cast.bo)
    assert cast.second.name in bo.get(at("my_judgements")).content.decode()
    assert answer(bo, mine).status_code == 422  # the first question wants an answer
    assert answer(bo, mine, overall="2", words="电话13800002079没人接").status_code == 302
    assert answer(bo, mine, overall="5").status_code == 404
    assert not Notice.objects.filter(person=cast.bo, ended_at=None).exists()
    assert "13800002079" not in str(InternalWord.objects.get().given)
    entry = Entry.objects.get(action="surveys.internal_answered")
    assert (entry.actor_id, entry.address, entry.request_id) == (None, "", "")
    assert "Bo" not in str(entry.after)
    for seat in seats.exclude(person=cast.bo)[:5]:
        services.judge_unit(seat, {"overall": ["5"], "aspects.response": ["4"]})
    back = InternalSeat.objects.get(person=cast.chen)
    services.judge_unit(back, {"overall": ["1"], "words": ["态度生硬"]})

    drawn = set(InternalWord.objects.values_list("pk", flat=True))
    assert max(drawn) > 2**30  # no number counts who came first
    page = as_(cast.quan).get(at("internal", survey.pk)).content.decode()
    assert "6/8" not in page  # what was said, and of how many, comes when it is over
    assert "态度生硬" not in page
    assert quan.post(at("close_internal", survey.pk)).status_code == 302
    assert InternalWord.objects.count() == len(drawn)
    assert not InternalWord.objects.filter(pk__in=drawn).exists()  # written anew at its end
    units = {one.name: one for one in judged_units(InternalSurvey.objects.get(), cast.quan)}
    second, first = units[cast.second.name], units[cast.first.name]
    assert (second.said.satisfied.numerator, second.said.n) == (5, 6)
    assert second.dimensions["response"].n == 5
    assert (first.said, first.cells[0].said, first.texts) == (None, None, [])
    page = as_(cast.cai).get(at("internal", survey.pk)).content.decode()
    assert "5/6" in page
    assert cast.first.name in page  # who judged is named, as a unit
    assert as_(cast.bo).get(at("internal", survey.pk)).status_code == 404
    assert not Answering.objects.exists()  # no figure about customers counts it


def test_it_ends_by_itself_on_its_day(staffed):
    cast = staffed
    survey = InternalSurvey(
        title="x", purpose="x", questionnaire=Questionnaire.objects.get(code="internal"),
        due_on=today(),
    )  # fmt: skip
    services.save_internal(survey, [cast.first], [cast.second], is_mutual=False, by=cast.quan)
    services.open_internal(survey, by=cast.quan)
    assert services.close_overdue() == 0
    InternalSurvey.objects.update(due_on=today() - timedelta(days=1))
    assert services.close_overdue() == 1
    with pytest.raises(services.IsOver):
        services.judge_unit(InternalSeat.objects.first(), {"overall": ["5"]})
    assert not Notice.objects.filter(ended_at=None).exists()


def test_what_could_be_worked_out_is_not_added_up():
    """Two units judge a third: of one only two people answered, so the sum would tell them."""
    many, two, three = (Judged(None, 9, n, said) for n, said in ((6, "x"), (2, None), (3, None)))
    assert may_be_added_up([many], 5)
    assert not may_be_added_up([many, two], 5)
    assert may_be_added_up([many, two, three], 5)

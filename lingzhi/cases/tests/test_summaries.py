"""People sum up their own cases; proposals are decided, with a reason."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.cases.models import Improvement, Summary
from lingzhi.cases.queries.summaries import facts_between, last_period
from lingzhi.cases.services.summaries import (
    AnsweredAlready,
    DecidedAlready,
    HandedInAlready,
    answer_summary,
    ask_for_summaries,
    decide_improvement,
    set_cadence,
    submit_summary,
)
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


@pytest.fixture
def summary(cast, calendar, at) -> Summary:
    """Bo handled two cases in the first week of March, and is asked on Monday."""
    at("2026-03-04 10:00")
    make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)
    make_case(by=cast.bo, unit=cast.first, type_code="repair", handler=cast.bo)
    at("2026-03-09 08:00")
    set_cadence("weekly", by=cast.quan)
    assert ask_for_summaries() == 1
    return Summary.objects.get()


def to_dos(person, matter: str) -> int:
    return Notice.objects.filter(person=person, matter=matter, is_todo=True, ended_at=None).count()


@pytest.mark.parametrize(
    ("cadence", "day", "expected"),
    [
        ("weekly", date(2026, 3, 9), (date(2026, 3, 2), date(2026, 3, 8))),
        ("weekly", date(2026, 3, 15), (date(2026, 3, 2), date(2026, 3, 8))),
        ("monthly", date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        ("monthly", date(2026, 1, 1), (date(2025, 12, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_is_whole_and_over(cadence, day, expected):
    assert last_period(cadence, day) == expected


def test_nobody_is_asked_unless_somebody_sets_it(cast, calendar, at):
    at("2026-03-04 10:00")
    make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    at("2026-03-09 08:00")
    assert ask_for_summaries() == 0
    assert not Summary.objects.exists()


def test_whoever_handled_cases_is_asked_once(cast, summary, at):
    assert (summary.person, summary.unit) == (cast.bo, cast.first)
    assert (summary.from_on, summary.to_on) == (date(2026, 3, 2), date(2026, 3, 8))
    assert to_dos(cast.bo, f"cases.summary/{summary.pk}") == 1
    at("2026-03-12 08:00")
    assert ask_for_summaries() == 0
    facts = facts_between(cast.bo, summary.from_on, summary.to_on)
    assert (facts["handled"], facts["closed"], facts["complaints"]) == (2, 1, 0)
    assert [number for _type, number in facts["types"]] == [1, 1]


def test_it_is_handed_in_answered_and_its_proposals_decided(cast, summary, as_):
    client = as_(cast.bo)
    where = page("summary", summary.pk)
    assert client.get(where).context["counts"][0][1] == 2
    assert client.post(page("submit_summary", summary.pk), {"text": " "}).status_code == 422
    sent = {"text": "退货问题最多，电话13800002071", "proposals": "公布退货流程\n\n短信提醒取件"}
    client.post(page("submit_summary", summary.pk), sent)
    summary.refresh_from_db()
    assert "13800002071" not in summary.text
    assert summary.facts["handled"] == 2
    assert to_dos(cast.bo, f"cases.summary/{summary.pk}") == 0
    assert to_dos(cast.ada, f"cases.summary/{summary.pk}/answer") == 1
    with pytest.raises(HandedInAlready):
        submit_summary(summary, "再交一次", [], by=cast.bo)
    first, second = Improvement.objects.order_by("pk")
    assert client.post(page("decide_improvement", first.pk), {}).status_code == 403
    assert client.post(page("answer_summary", summary.pk), {"answer": "好"}).status_code == 403
    client = as_(cast.ada)
    refused = client.post(page("answer_summary", summary.pk), {"answer": "好" * 501})
    assert (refused.status_code, list(refused.context["answer_form"].errors)) == (422, ["answer"])
    refused = client.post(page("decide_improvement", second.pk), {"state": "adopted", "why": " "})
    assert refused.status_code == 422
    assert [list(form.errors) for _one, form in refused.context["improvements"]] == [[], ["why"]]
    client.post(page("answer_summary", summary.pk), {"answer": "已阅，写得具体"})
    sent = {"state": "adopted", "why": "下周公布"}
    client.post(page("decide_improvement", first.pk), sent)
    shown = client.get(page("summary", first.summary_id)).content.decode()
    assert f"source=cases.proposal&amp;key={first.pk}" in shown  # to be carried out
    first.refresh_from_db()
    summary.refresh_from_db()
    assert (first.state, first.decided_by, summary.answered_by) == ("adopted", cast.ada, cast.ada)
    assert Notice.objects.filter(person=cast.bo, body="下周公布").exists()
    with pytest.raises(DecidedAlready):
        decide_improvement(first, "declined", "再想想", by=cast.ada)
    with pytest.raises(AnsweredAlready):
        answer_summary(summary, "再答", by=cast.ada)
    for state, why in (("open", "?"), ("declined", " ")):
        with pytest.raises(BadInput):
            decide_improvement(second, state, why, by=cast.ada)
    acts = ("cases.summary_submitted", "cases.summary_answered", "cases.improvement_decided")
    assert Entry.objects.filter(action__in=acts).count() == 3
    shown = client.get(page("summaries")).context["improvements"]
    assert [one.state for one in shown] == ["open", "adopted"]


def test_it_is_ones_own_until_it_is_handed_in(cast, summary, as_):
    where = page("summary", summary.pk)
    assert as_(cast.ada).get(where).status_code == 404
    assert as_(cast.chen).get(where).status_code == 404
    submit_summary(summary, "无", [], by=cast.bo)
    client = as_(cast.ada)
    assert client.get(where).status_code == 200
    assert client.post(page("submit_summary", summary.pk), {"text": "?"}).status_code == 403
    assert as_(cast.chen).get(where).status_code == 404
    client = as_(cast.quan)
    assert client.get(where).status_code == 200  # sets the flows, and leads nobody
    assert client.post(page("answer_summary", summary.pk), {"answer": "?"}).status_code == 403


def test_the_cadence_is_a_setting(cast, as_):
    assert as_(cast.bo).get(page("summary_cadence")).status_code == 403
    as_(cast.quan).post(page("summary_cadence"), {"cadence": "monthly"})
    assert as_(cast.quan).get(page("summaries")).context["settings"].cadence == "monthly"

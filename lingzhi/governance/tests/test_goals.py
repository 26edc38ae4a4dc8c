"""A goal is set, counted by its indicator, judged on its day with the figures of that day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from lingzhi.audit.models import Entry
from lingzhi.governance.factories import make_goal
from lingzhi.governance.models import Goal
from lingzhi.governance.presenting.goals import shown_goals
from lingzhi.governance.queries.figures import standings
from lingzhi.governance.services import goals as services
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Publication, PublishedFigure
from lingzhi.kpis.services import ensure_definition
from lingzhi.notifications.models import Notice
from lingzhi.org.services.statements import publish_statement

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 10)


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def on(monkeypatch, day: date) -> None:
    """The clock stands at noon of a day."""
    moment = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
    monkeypatch.setattr("lingzhi.core.clock.timezone.now", lambda: moment)


@pytest.fixture
def rate(db):
    return ensure_definition("K03", "rings", {}, by=None)


@pytest.fixture
def sent(cast, rate):
    return {
        "title": "及时接通率不低于九成", "words": "全部话务渠道，按月", "unit": cast.hotline.pk,
        "above": "", "definition": rate.pk, "target": "90", "channel": "", "span": "month",
        "shown_by": "", "is_control": "1", "basis": "strategy", "basis_words": "三年规划第二条",
        "owner": cast.ada.pk, "judge": cast.quan.pk, "from_on": "2026-01-01",
        "due_on": "2026-12-31", "every_months": 3,
    }  # fmt: skip


def test_a_goal_is_set_counted_and_judged_with_the_figures_of_that_day(
    cast, rate, sent, as_, hold, monkeypatch
):
    on(monkeypatch, TODAY)
    hold(cast.nora, "leadership", cast.company)
    publish_statement(cast.company, "policy", "用数据说话", from_on=TODAY, by=cast.nora)
    client = as_(cast.quan)
    no_target = client.post(page("add_goal"), sent | {"target": ""})
    assert "target" in no_target.context["form"].errors
    own = client.post(page("add_goal"), sent | {"judge": cast.ada.pk})
    assert own.status_code == 422  # nobody judges the own goal
    assert client.post(page("add_goal"), sent).status_code == 302
    goal = Goal.objects.get()
    assert goal.review_on == date(2026, 10, 1)

    for day, above in ((date(2026, 5, 4), 60), (date(2026, 6, 30), 95), (date(2026, 7, 9), 10)):
        make_fact(day, above, 100, definition=rate, unit=cast.first)
    make_fact(date(2026, 6, 30), 0, 100, definition=rate, unit=cast.company)  # not below it
    found = standings([goal])[0]
    assert (found.first, found.last) == (date(2026, 6, 1), date(2026, 6, 30))
    assert (found.figure.numerator, found.figure.denominator, found.state) == (95, 100, "met")
    goal.span = "term"
    assert standings([goal])[0].figure.numerator == 60 + 95 + 10
    shown = client.get(page("goals")).content.decode()
    assert "95.0%" in shown
    assert "用数据说话" in shown

    on(monkeypatch, date(2026, 10, 1))
    client = as_(cast.quan)  # one is signed out by then
    assert services.ask_judges() == 1
    assert services.ask_judges() == 0
    to_do = Notice.objects.get(person=cast.quan, is_todo=True)
    assert client.post(page("judge_goal", goal.pk), {"word": "underway"}).status_code == 422
    done = {"word": "underway", "reason": "九月有故障，十月可达"}
    assert client.post(page("judge_goal", goal.pk), done).status_code == 302
    to_do.refresh_from_db()
    assert to_do.ended_at is not None
    verdict = goal.verdicts.get()
    assert (verdict.numerator, verdict.target, verdict.due_on) == (None, 90, date(2026, 10, 1))
    goal.refresh_from_db()
    assert goal.review_on == date(2026, 12, 31)  # the last one is on its last day
    assert as_(cast.ada).get(page("judge_goal", goal.pk)).status_code == 403
    assert "九月有故障" in as_(cast.ada).get(page("goal", goal.pk)).content.decode()
    acts = set(Entry.objects.values_list("action", flat=True))
    assert {"governance.goal_kept", "governance.goal_judged"} <= acts

    on(monkeypatch, date(2027, 1, 2))
    services.judge_goal(goal, "missed", "年底未达到", by=cast.quan)
    assert goal.review_on is None
    with pytest.raises(services.GoalIsOver):
        services.judge_goal(goal, "missed", "再判", by=cast.quan)
    assert as_(cast.quan).get(page("goals")).context["rows"] == []


def test_what_was_published_stands_and_questions_do_not_grow(
    cast, rate, monkeypatch, django_assert_num_queries
):
    on(monkeypatch, TODAY)
    goal = make_goal(cast.first, cast.ada, cast.quan, definition=rate, target=90)
    make_fact(date(2026, 6, 30), 80, 100, definition=rate, unit=cast.first)
    june = Publication.objects.create(month=date(2026, 6, 1), number=1, published_at=timezone.now())
    PublishedFigure.objects.create(
        publication=june, definition=rate, unit=cast.first, numerator=91, denominator=100
    )
    found = standings([goal])[0]
    assert (found.figure.numerator, found.state, found.is_sealed) == (91, "met", True)
    by_hand = make_goal(cast.second, cast.cai, cast.quan)
    assert standings([by_hand])[0].state == "unknown"
    several = [goal, *(make_goal(cast.first, cast.ada, cast.quan, definition=rate, target=95)
                       for _n in range(3))]  # fmt: skip
    with django_assert_num_queries(3):
        shown_goals(several)


def test_a_goal_serves_one_above_and_may_be_dropped(cast, as_, sent):
    upper = make_goal(cast.hotline, cast.ada, cast.quan)
    lower = make_goal(cast.first, cast.bo, cast.quan, above=upper)
    rows = as_(cast.quan).get(page("goals")).context["rows"]
    assert [(one.goal.pk, one.depth) for one in rows] == [(upper.pk, 0), (lower.pk, 1)]
    upper.above = lower
    with pytest.raises(services.BadInput):  # neither downwards nor in a circle
        services.keep_goal(upper, by=cast.quan)
    # A leader of another team sees the goal of the centre, not that of the team beside.
    assert as_(cast.cai).get(page("goal", upper.pk)).status_code == 200
    assert as_(cast.cai).get(page("goal", lower.pk)).status_code == 404
    assert as_(cast.ada).get(page("edit_goal", upper.pk)).status_code == 403
    dropped = as_(cast.ada).post(page("drop_goal", lower.pk), {"reason": "并入新目标"})
    assert dropped.status_code == 302
    assert as_(cast.ada).post(page("edit_goal", lower.pk), sent).status_code in (409, 422)
    with pytest.raises(ValidationError):
        Goal(
            unit=cast.first, from_on=TODAY, due_on=TODAY - timedelta(days=1)
        ).validate_constraints()

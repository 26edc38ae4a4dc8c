"""Coverage by rules and people, and what a plan's reviews say about all its conversations."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lingzhi.contacts.factories import make_contact, make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.inspections.factories import make_plan, make_review, make_rule, make_sheet
from lingzhi.inspections.models import Review, Task
from lingzhi.inspections.queries import tallies_of
from lingzhi.inspections.queries.coverage import Coverage
from lingzhi.inspections.queries.estimates import estimates_of
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.services import inspect_all
from lingzhi.inspections.services.drawing import draw_sample

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


def score(task: Task, sheet, by, **answers) -> Review:
    """The task done: its conversation scored."""
    review = make_review(task.contact, sheet, by=by, **answers)
    Review.objects.filter(pk=review.pk).update(task=task)
    Task.objects.filter(pk=task.pk).update(state=Task.State.DONE)
    return review


# --- coverage -----------------------------------------------------------------------------------


@pytest.fixture
def seen(cast, sheet):
    """Bo has two conversations, Chen one, of Bea one was scored; all were judged by rules."""
    make_rule()
    make_contact("A", agent="1002")
    make_contact("B", agent="1002", started_at="2026-11-20 22:10:00", answered_at="", ended_at="")
    make_contact("C", agent="2002", channel="chat", ended_at="2026-11-20 10:20:00")
    make_review(make_contact("D", agent="1003"), sheet, by=cast.ines)
    inspect_all(Contact.objects.all())
    make_contact("E", agent="")


def everything() -> Coverage:
    return Coverage(tallies_of(Contact.objects.all()), Contact.objects.all())


def parts(by: str) -> dict[str, tuple[int, int, int]]:
    found = everything().by(by)
    return {one.name or one.key: (one.size, one.judged, one.scored) for one in found}


def test_it_counts_what_rules_and_people_saw(cast, seen):
    assert everything().whole()[3:] == (5, 4, 1)
    assert parts("agent") == {"Bo": (2, 2, 0), "Chen": (1, 1, 0), "Bea": (1, 1, 1), None: (1, 0, 0)}
    assert parts("team") == {"一组": (3, 3, 1), "二组": (1, 1, 0), None: (1, 0, 0)}
    assert parts("channel") == {"phone": (4, 3, 1), "chat": (1, 1, 0)}


def test_by_hour_and_length_in_the_zone_of_the_centre(cast, seen):
    assert parts("hour") == {"10": (4, 3, 1), "22": (1, 1, 0)}
    assert parts("length") == {"2": (3, 2, 1), "4": (1, 1, 0), None: (1, 1, 0)}


def test_agents_nobody_looked_at_are_named(as_, cast, seen):
    answer = as_(cast.quan).get(reverse("inspections:coverage"), {"by": "hour"}, headers=ENGLISH)
    assert {one.name for one in answer.context["unseen"]} == {"Bo", "Chen"}
    assert "22:00–23:00" in answer.content.decode()


def test_coverage_asks_as_much_for_many_rows(cast, sheet):
    counts = []
    for several in (2, 12):
        for at in range(several):
            make_contact(f"N{several}-{at}", agent="1002")
        found = everything()
        with CaptureQueriesContext(connection) as queries:
            found.by("agent")
        counts.append(len(queries))
    assert counts == [1, 1]


# --- estimates ----------------------------------------------------------------------------------


@pytest.fixture
def drawn(cast, sheet):
    """A third of 30 conversations of the first team, and one must-check."""
    make_contacts({"external_id": f"T{at:02}", "agent": "1002"} for at in range(30))
    make_contact("UP", agent="1002", outcome="已升级")
    plan = make_plan(cast, sheet, size=10, musts=["escalation"], strata=["team"])
    return draw_sample(plan, NOVEMBER, by=cast.quan)


def test_each_score_stands_for_one_over_its_chance(cast, sheet, drawn):
    for task in drawn.tasks.select_related("contact"):
        bad = {"solve": "no"} if task.reason == "must" else {}
        score(task, sheet, cast.ines, **bad)
    found = estimates_of(drawn.plan)[0]
    assert (found.scored, found.drawn) == (11, 11)
    assert found.passed.value == pytest.approx(30 / 31)  # unweighted it would be 10 / 11
    assert found.score.value == pytest.approx((30 * 100 + 40) / 31)
    assert found.passed.low < 0.9  # ten of thirty leave doubt,
    assert found.passed.high == pytest.approx(30 / 31)  # but none about the must-check


def test_what_is_not_scored_yet_is_stood_for_by_its_stratum(cast, sheet, drawn):
    randoms = drawn.tasks.filter(reason="random").select_related("contact")[:5]
    score(drawn.tasks.get(reason="must"), sheet, cast.ines, solve="no")
    for task in randoms:
        score(task, sheet, cast.ines)
    assert estimates_of(drawn.plan)[0].passed.value == pytest.approx(30 / 31)


def test_a_veto_is_a_fatal_error_and_unknown_is_none(cast, sheet, drawn):
    reviews = [score(task, sheet, cast.ines) for task in drawn.tasks.select_related("contact")[:3]]
    for review, values in zip(
        reviews,
        ({"is_vetoed": True}, {"families": {"customer": None}}, {"families": {"customer": False}}),
        strict=True,
    ):
        Review.objects.filter(pk=review.pk).update(**values)
    assert estimates_of(drawn.plan)[0].fatal.n == 2


def test_few_reviews_are_too_few_to_say(as_, cast, sheet, drawn):
    score(drawn.tasks.first(), sheet, cast.ines)
    url = reverse("inspections:plan_estimates", args=[drawn.plan_id])
    page = as_(cast.quan).get(url, headers=ENGLISH).content.decode()
    assert page.count("too few to say") == 6  # the whole and one team
    assert "一组" in page


def test_without_a_draw_nothing_is_said(cast, sheet):
    found = estimates_of(make_plan(cast, sheet))[0]
    assert (found.passed.value, found.scored) == (None, 0)

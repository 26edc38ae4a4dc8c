"""Inspectors' quality: second scores and gold tasks in secret, comparisons, estimates, pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now, today
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import (
    Calibration,
    Comparison,
    GoldStandard,
    Policy,
    QualityEstimate,
    Review,
    ReviewChange,
    Task,
)
from lingzhi.inspections.queries.chance import keyed_chance
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.inspections.services import calibrating, calibration_scoring, concluding, open_review
from lingzhi.inspections.services.calibrating import Choice, Setting
from lingzhi.inspections.services.checking import (
    NoGoldInUse,
    NotClosedYet,
    retire_gold,
    use_as_gold,
)
from lingzhi.inspections.services.comparing import compare_rechecked
from lingzhi.inspections.services.correcting import change_score
from lingzhi.inspections.services.estimating import estimate_inspectors
from lingzhi.inspections.services.reviewing import NotReleasable, release_review
from lingzhi.notifications.models import Notice
from lingzhi_engine.stats import Scores, estimate_leniency

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def ivo(cast, hold):
    person = User.objects.create_user("3003", "correct horse", name="Ivo")
    hold(person, "inspector", cast.hotline)
    return person


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def policy(cast):
    return Policy.objects.create(unit=cast.hotline, changed_at=now())


def always(policy, name):
    Policy.objects.filter(pk=policy.pk).update(**{name: 1.0})


def talk(number, agent="1002"):
    return make_contact(f"{agent}-{number}", agent=agent)


# --- second scores ----------------------------------------------------------------------------


def test_both_are_off_by_default(cast, sheet, ivo):
    make_review(talk(1), sheet, by=cast.ines)
    assert not Task.objects.exists()


def test_another_inspector_gets_the_same_conversation(cast, sheet, ivo, policy):
    always(policy, "second_ratio")
    contact = talk(1)
    make_review(contact, sheet, by=cast.ines)
    task = Task.objects.get()
    assert (task.reason, task.is_repeat, task.inspector, task.contact) == (
        "second", True, ivo, contact,
    )  # fmt: skip
    assert not Notice.objects.filter(person=ivo).exists()


def test_the_share_follows_from_a_keyed_hash():
    drawn = [keyed_chance("second", number) < 0.2 for number in range(2000)]
    assert drawn == [keyed_chance("second", number) < 0.2 for number in range(2000)]
    assert 340 < sum(drawn) < 460


def test_nobody_scores_a_second_time_in_the_own_team(cast, sheet, ivo, policy, hold):
    always(policy, "second_ratio")
    hold(ivo, "inspector", cast.first)
    make_review(talk(1), sheet, by=cast.ines)
    assert not Task.objects.exists()


def test_nobody_in_conflict_scores_a_second_time(cast, sheet, ivo, policy):
    always(policy, "second_ratio")
    cast.first.owner = ivo
    cast.first.save()
    make_review(talk(1), sheet, by=cast.ines)
    assert not Task.objects.exists()


@pytest.fixture
def second(cast, sheet, ivo, policy):
    always(policy, "second_ratio")
    contact = talk(1)
    make_review(contact, sheet, by=cast.ines, lead=cast.quan)
    return make_review(contact, sheet, by=ivo, solve="no")


def test_a_second_score_never_counts_and_never_goes_out(cast, second):
    assert (second.counts, second.task.reason, second.task.state) == (False, "second", "done")
    with pytest.raises(NotReleasable):
        release_review(second, by=cast.quan)
    assert Task.objects.count() == 1


def test_both_inspectors_are_held_against_each_other(cast, second, ivo):
    found = {one.inspector: one for one in Comparison.objects.all()}
    assert {person: (one.equal, one.items, one.points) for person, one in found.items()} == {
        ivo: (1, 2, -60), cast.ines: (1, 2, 60),
    }  # fmt: skip


def test_whoever_scores_again_does_not_see_the_first_score(cast, sheet, ivo, policy):
    always(policy, "second_ratio")
    contact = talk(1)
    first = make_review(contact, sheet, by=cast.ines, lead=cast.quan)
    assert first not in reviews_visible_to(ivo)
    make_review(contact, sheet, by=ivo)
    assert first in reviews_visible_to(ivo)


# --- gold tasks -------------------------------------------------------------------------------


@pytest.fixture
def closed(cast, sheet, ivo):
    """A calibration by Ines and Quan about one conversation, closed."""
    talk(9)
    calibration = calibrating.create_calibration(
        Setting("g", sheet, cast.hotline, True, 1, today(), [cast.ines, cast.quan]),
        Choice(numbers=["1002-9"]), by=cast.quan,
    )  # fmt: skip
    calibrating.invite(calibration, by=cast.quan)
    one = calibration.talks.get()
    for person, solve in ((cast.ines, "no"), (cast.quan, "yes")):
        mine = calibration_scoring.open_calibration_score(one, by=person)
        given = {"greet": {"value": "yes"}, "solve": {"value": solve}}
        calibration_scoring.save_calibration_score(mine, given, {}, seen=0, summary="")
        calibration_scoring.submit_calibration_score(mine, by=person)
    concluding.open_discussion(calibration, by=cast.quan)
    agreed = {"greet": {"value": "yes"}, "solve": {"value": "yes"}}
    concluding.agree_on(one, agreed, {}, by=cast.quan)
    concluding.settle_calibration(calibration, by=cast.quan)
    concluding.close_calibration(calibration, by=cast.quan)
    return calibration


def test_first_answers_are_held_against_those_agreed_on(cast, closed):
    found = Comparison.objects.filter(kind="agreed").values_list("inspector", "equal", "points")
    assert set(found) == {(cast.ines.pk, 1, -60), (cast.quan.pk, 2, 0)}


def test_agreed_answers_are_used_once_and_retired(cast, closed):
    assert (use_as_gold(closed, by=cast.quan), use_as_gold(closed, by=cast.quan)) == (1, 0)
    retire_gold(closed, by=cast.quan)
    with pytest.raises(NoGoldInUse):
        retire_gold(closed, by=cast.quan)
    Calibration.objects.update(state="agreed")
    closed.refresh_from_db()
    with pytest.raises(NotClosedYet):
        use_as_gold(closed, by=cast.quan)


def test_who_does_not_know_them_gets_one(cast, sheet, ivo, closed, policy):
    use_as_gold(closed, by=cast.quan)
    always(policy, "gold_ratio")
    make_review(talk(1), sheet, by=cast.ines)
    assert not Task.objects.exists()  # she was in the calibration
    make_review(talk(2), sheet, by=ivo)
    task = Task.objects.get()
    assert (task.reason, task.inspector) == ("gold", ivo)
    given = make_review(task.contact, sheet, by=ivo, greet="no")
    assert given.counts is False
    found = Comparison.objects.get(kind="gold")
    assert (found.inspector, found.equal, found.items, found.points) == (ivo, 1, 2, -40)
    assert GoldStandard.objects.get().answers["greet"]["value"] == "yes"


# --- re-checks and estimates ------------------------------------------------------------------


def test_a_recheck_is_compared_with_what_it_left(cast, sheet):
    changed, kept = (make_review(talk(n), sheet, by=cast.ines) for n in (1, 2))
    change_score(
        changed, {"solve": {"value": "no"}}, cause=ReviewChange.Cause.RECHECK, reason="x",
        by=cast.quan,
    )  # fmt: skip
    Review.objects.update(rechecked_at=now())
    assert (compare_rechecked(), compare_rechecked()) == (2, 0)
    rows = Comparison.objects.filter(kind="recheck").order_by("review_id")
    assert [(one.review_id, one.equal, one.points) for one in rows] == [
        (changed.pk, 1, 60), (kept.pk, 2, 0),
    ]  # fmt: skip


@pytest.fixture
def scored(cast, sheet, ivo):
    """Ines and Ivo score two agents each; Ivo is more severe."""
    for number in range(6):
        for agent in ("1002", "1003"):
            strict = "no" if number % 2 else "yes"
            make_review(talk(number, agent), sheet, by=cast.ines)
            make_review(talk(number + 10, agent), sheet, by=ivo, greet=strict)
    Review.objects.update(seconds=120)
    return sheet


def test_the_estimate_is_the_engines(cast, scored, ivo):
    assert estimate_inspectors() == 1
    estimate = QualityEstimate.objects.get()
    rows = Review.objects.values_list("value", "agent", "inspector", "contact")
    points, *names = zip(*rows, strict=True)
    agents, inspectors, talks = ([str(one) for one in column] for column in names)
    expected = estimate_leniency(
        Scores.of([float(one) for one in points], agents, inspectors, talks)
    )
    mine = estimate.inspectors.get(inspector=ivo)
    assert mine.leniency == pytest.approx(expected.inspectors[str(ivo.pk)].value)
    assert mine.leniency < 0
    assert (mine.scores, mine.median_seconds, mine.overturned) == (12, 120, 0)
    bo = estimate.agents.get(agent=cast.bo)
    assert bo.adjusted == pytest.approx(expected.agents[str(cast.bo.pk)].adjusted.value)
    assert bo.raw == 90
    estimate_inspectors()
    assert QualityEstimate.objects.count() == 1


def test_who_has_nothing_in_common_is_not_compared(cast, sheet, ivo):
    for number in range(3):
        make_review(talk(number, "1002"), sheet, by=cast.ines)
        make_review(talk(number, "1003"), sheet, by=ivo, greet="no")
    estimate_inspectors()
    estimate = QualityEstimate.objects.get()
    assert estimate.groups == 2
    assert set(estimate.inspectors.values_list("leniency", flat=True)) == {None}
    assert set(estimate.agents.values_list("adjusted", flat=True)) == {None}


def test_second_scores_are_in_no_figure_of_the_agent(cast, second, ivo):
    estimate_inspectors()
    row = QualityEstimate.objects.get().agents.get()
    assert (row.scores, row.raw) == (1, 100)
    mine = QualityEstimate.objects.get().inspectors.get(inspector=ivo)
    assert mine.agreement["second"][0] == 0.5
    assert (mine.scores, mine.counted) == (1, 0)


def test_a_drift_needs_scores_that_lie_apart(cast, scored, ivo):
    estimate_inspectors()
    assert QualityEstimate.objects.get().inspectors.get(inspector=ivo).drift is None
    for at, review in enumerate(Review.objects.filter(inspector=ivo)):
        Review.objects.filter(pk=review.pk).update(scored_at=now() - timedelta(days=3 * at))
    estimate_inspectors()
    assert QualityEstimate.objects.get().inspectors.get(inspector=ivo).drift is not None
    ines = QualityEstimate.objects.get().inspectors.get(inspector=cast.ines)
    assert ines.drift is None


def test_inspectors_who_score_alike_are_not_told_apart(cast, sheet, ivo):
    for number in range(4):
        make_review(talk(number), sheet, by=cast.ines, **({"greet": "no"} if number % 2 else {}))
        make_review(talk(number + 9), sheet, by=ivo, **({"greet": "no"} if number % 2 else {}))
    estimate_inspectors()
    assert QualityEstimate.objects.get().inspectors.get(inspector=ivo).leniency is None


# --- pages ------------------------------------------------------------------------------------


def html(client, name, *args, **query):
    answer = client.get(reverse(f"inspections:{name}", args=args), query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_leads_see_all_inspectors(cast, scored, ivo, as_):
    estimate_inspectors()
    page = html(as_(cast.quan), "inspectors")
    assert "Ines" in page
    assert "Ivo" in page
    leniency = QualityEstimate.objects.get().inspectors.get(inspector=ivo).leniency
    assert f"{leniency:.1f}" in page


def test_few_scores_of_a_person_are_said_to_be_too_few(cast, scored, ivo, as_):
    estimate_inspectors()
    page = html(as_(cast.quan), "inspector", ivo.pk)
    assert "too few to say (n = 12)" in page
    assert "[0.0, 24.2]" in page


def test_an_inspector_sees_the_own_page_alone(cast, scored, ivo, as_):
    estimate_inspectors()
    client = as_(ivo)
    assert "12" in html(client, "inspector", ivo.pk)
    assert client.get(reverse("inspections:inspector", args=[cast.ines.pk])).status_code == 404
    answer = client.get(reverse("inspections:inspectors"))
    assert answer.url == reverse("inspections:inspector", args=[ivo.pk])
    assert client.get(reverse("inspections:adjusted_scores")).status_code == 403


def test_adjusted_scores_are_never_for_pay(cast, scored, as_):
    estimate_inspectors()
    page = html(as_(cast.quan), "adjusted_scores")
    assert "never for pay" in page
    assert "90.0" in page


def test_where_nothing_is_estimated_yet_the_page_says_so(cast, as_):
    assert "No estimate yet" in html(as_(cast.quan), "inspectors")


def test_the_list_asks_the_same_however_long_it_is(
    cast, scored, as_, django_assert_max_num_queries
):
    estimate_inspectors()
    client = as_(cast.quan)
    client.get(reverse("inspections:inspectors"))
    with django_assert_max_num_queries(16):
        client.get(reverse("inspections:inspectors"))


def test_gold_is_made_on_the_page_of_the_calibration(cast, closed, as_):
    client = as_(cast.quan)
    address = reverse("inspections:use_as_gold", args=[closed.pk])
    assert client.post(address).status_code == 302
    assert GoldStandard.objects.filter(retired_at=None).count() == 1
    client.post(reverse("inspections:retire_gold", args=[closed.pk]))
    assert not GoldStandard.objects.filter(retired_at=None).exists()


def test_a_draft_opened_by_chance_counts(cast, sheet):
    assert open_review(talk(1), sheet, by=cast.ines).counts is True

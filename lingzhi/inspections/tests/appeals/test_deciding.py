"""Appeals are decided level by level by others, the first score kept."""

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import SHEET, make_review, make_sheet
from lingzhi.inspections.models import Appeal, AppealStep
from lingzhi.inspections.queries.appeals import (
    appeals_to_decide,
    deciders_of,
)
from lingzhi.inspections.services import appeals as services
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.deciding_appeals import (
    NobodyAfter,
    NotForYou,
    Opinion,
    decide_appeal,
    pass_on_appeal,
)
from lingzhi.inspections.tests.appeals.conftest import ENGLISH, STANDS, YES, held, policy, url
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def test_won_at_the_first_level_changes_the_score_and_keeps_the_first(cast, appeal, score):
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    score.refresh_from_db()
    change = score.changes.get()
    assert (appeal.state, appeal.is_overturned, appeal.new_value) == ("decided", True, 100)
    assert (score.value, change.value, change.cause) == (100, 40, "appeal")
    assert score.answers["solve"]["comment"] == "solved in turn 2"
    assert appeal.items.get().is_changed
    assert not Notice.objects.filter(person=cast.ada, is_todo=True, ended_at=None).exists()
    assert Notice.objects.filter(person=cast.bo, title__contains="改").exists()


def test_what_stands_may_go_on_level_by_level_until_the_last(cast, appeal, lead, score):
    decide_appeal(appeal, {"solve": STANDS}, by=cast.ada)
    assert appeal.state == "answered"
    assert Notice.objects.filter(person=cast.bo, is_todo=True, ended_at=None).exists()
    services.carry_on_appeal(appeal, reason="nobody listened", by=cast.bo)
    assert (appeal.state, appeal.role) == ("open", "lead_inspector")
    assert deciders_of(appeal) == [lead]
    decide_appeal(appeal, {"solve": STANDS}, by=lead)
    services.carry_on_appeal(appeal, reason="still not", by=cast.bo)
    decide_appeal(appeal, {"solve": STANDS}, by=cast.quan)
    score.refresh_from_db()
    assert (appeal.state, appeal.is_overturned, score.value) == ("decided", False, 40)
    assert not score.changes.exists()
    asked = list(appeal.steps.values_list("asked", flat=True))
    assert asked == ["", "nobody listened", "still not"]


def test_who_is_content_ends_it(cast, appeal):
    with pytest.raises(services.NotAnswered):
        services.accept_answer(appeal, by=cast.bo)
    decide_appeal(appeal, {"solve": STANDS}, by=cast.ada)
    services.accept_answer(appeal, by=cast.bo)
    assert (appeal.state, appeal.is_overturned) == ("decided", False)
    with pytest.raises(services.NotAnswered):
        services.carry_on_appeal(appeal, reason="after all", by=cast.bo)


def test_part_of_it_may_be_won(cast, score, lead):
    points = [Point("solve", "x"), Point("greet", "y")]
    appeal = open_appeal(score, points, by=cast.bo)
    decide_appeal(appeal, {"solve": YES, "greet": STANDS}, by=cast.ada)
    score.refresh_from_db()
    assert (appeal.state, score.value) == ("answered", 100)
    services.carry_on_appeal(appeal, reason="greeted, too", by=cast.bo)
    decide_appeal(appeal, {"greet": STANDS}, by=lead)
    services.accept_answer(appeal, by=cast.bo)
    assert appeal.is_overturned


def test_neither_scorer_nor_appellant_nor_a_stranger_decides(cast, score, hold):
    hold(cast.ines, "lead_inspector", cast.hotline)
    hold(cast.bo, "team_leader", cast.first)
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    for person in (cast.ines, cast.bo, cast.cai, cast.bea):
        assert not appeals_to_decide(person).exists()
        assert person not in deciders_of(appeal)
        with pytest.raises(NotForYou):
            decide_appeal(appeal, {"solve": YES}, by=person)


def test_who_waits_and_who_may_decide_are_the_same_people(cast, appeal, lead):
    everybody = [*vars(cast).values(), lead]
    people = [one for one in everybody if hasattr(one, "staff_no")]
    for level in appeal.levels:
        Appeal.objects.update(role=level)
        appeal.refresh_from_db()
        waiting = {one for one in people if appeals_to_decide(one).exists()}
        assert waiting == set(deciders_of(appeal))


def test_the_scorer_decides_where_the_level_says_so(cast, score):
    policy(cast, appeal_levels=["scorer", "quality_manager"])
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    assert deciders_of(appeal) == [cast.ines]
    decide_appeal(appeal, {"solve": YES}, by=cast.ines)
    assert appeal.is_overturned


def test_a_level_without_anybody_is_passed_over(cast, score):
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    pass_on_appeal(appeal, reason="my own team", by=cast.ada)
    how = list(appeal.steps.values_list("role", "how"))
    assert how == [
        ("team_leader", AppealStep.How.PASSED), ("lead_inspector", AppealStep.How.NOBODY),
        ("quality_manager", ""),
    ]  # fmt: skip
    with pytest.raises(NobodyAfter):
        pass_on_appeal(appeal, reason="neither", by=cast.quan)


@pytest.mark.parametrize(
    "opinion",
    [
        None,
        Opinion(" "),
        Opinion("x", {"value": "maybe"}),
        Opinion("x", {}),
        Opinion("x", {"value": "no"}),
    ],
)
def test_a_decision_needs_a_reason_and_another_answer_that_fits(cast, appeal, opinion):
    with pytest.raises(BadInput):
        decide_appeal(appeal, {"solve": opinion} if opinion else {}, by=cast.ada)
    assert appeal.steps.get().ended_at is None


def test_an_appeal_never_makes_a_score_worse(cast, score):
    appeal = open_appeal(score, [Point("greet", "x")], by=cast.bo)
    with pytest.raises(BadInput):
        decide_appeal(appeal, {"greet": Opinion("no greeting", {"value": "no"})}, by=cast.ada)
    score.refresh_from_db()
    assert score.value == 40


def test_nobody_decides_twice(cast, appeal):
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    with pytest.raises(NotForYou):
        decide_appeal(appeal, {"solve": YES}, by=cast.ada)


def test_what_the_sheet_asks_because_of_the_new_answer_is_answered_too(as_, cast, lead):
    plain = SHEET["sections"][0]
    asked = {"shown": {"item": "solve", "answers": ["yes"]}, "code": "how", "title": "如何解决"}
    bonus = {"code": "b", "title": "加分", "kind": "bonus", "items": [plain["items"][0] | asked]}
    sheet = make_sheet(cast.quan, {**SHEET, "sections": [plain, bonus]}, "asking")
    talk = make_contact("BO-3", agent="1002", turns="客服:马上为您办")
    score = make_review(talk, sheet, by=cast.ines, lead=cast.quan, solve="no", how="")
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    client, sent = as_(cast.ada), {"answer-solve": "yes", "reason-solve": "it was"}
    page = client.post(url("decide_appeal", appeal.pk), sent, headers=ENGLISH)
    assert page.status_code == 422
    assert "answer-how" in page.content.decode()
    assert not appeal.steps.get().votes.exists()
    sent |= {"answer-how": "yes", "reason-how": "at once"}
    client.post(url("decide_appeal", appeal.pk), sent)
    score.refresh_from_db()
    assert score.answers["how"]["value"] == "yes"
    assert score.items.count() == 3


@pytest.fixture
def panel(cast, score):
    """An appeal that three quality managers decide, and the three."""
    several = [cast.quan, *(held(cast, f"510{n}", f"Q{n}", "quality_manager") for n in (1, 2))]
    policy(cast, appeal_levels=["quality_manager"], appeal_votes=3)
    return open_appeal(score, [Point("solve", "x")], by=cast.bo), several


def test_a_majority_decides(panel, score):
    appeal, (first, second, third) = panel
    assert appeal.needed == 3
    decide_appeal(appeal, {"solve": STANDS}, by=first)
    decide_appeal(appeal, {"solve": YES}, by=second)
    assert appeal.state == "open"
    decide_appeal(appeal, {"solve": YES}, by=third)
    score.refresh_from_db()
    assert (appeal.is_overturned, score.value) == (True, 100)


def test_it_ends_as_soon_as_a_majority_is_sure(panel):
    appeal, (first, second, third) = panel
    decide_appeal(appeal, {"solve": STANDS}, by=first)
    decide_appeal(appeal, {"solve": STANDS}, by=second)
    assert (appeal.state, appeal.is_overturned) == ("decided", False)
    with pytest.raises(NotForYou):
        decide_appeal(appeal, {"solve": YES}, by=third)


def test_a_panel_is_odd_and_no_larger_than_the_people_there_are(cast, score):
    held(cast, "5101", "Q1", "quality_manager")
    policy(cast, appeal_levels=["quality_manager"], appeal_votes=3)
    assert open_appeal(score, [Point("solve", "x")], by=cast.bo).needed == 1

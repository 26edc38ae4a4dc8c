"""Answers side by side: figures, rounds, agreement, guidance, the end."""

import pytest

from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import SheetVersion
from lingzhi.inspections.queries.agreement import agreement_of
from lingzhi.inspections.queries.calibrations import (
    scores_shown_to,
)
from lingzhi.inspections.services import calibration_scoring, concluding
from lingzhi.inspections.tests.calibrations.conftest import give, html, url
from lingzhi_engine.stats import exact_agreement, gwet_ac1, krippendorff_alpha

pytestmark = pytest.mark.django_db


def test_nothing_is_opened_that_cannot_be_compared(begun, cast):
    give(begun, cast.ines)
    with pytest.raises(concluding.NothingToCompare):
        concluding.open_discussion(begun, by=cast.quan)


def test_the_page_shows_the_engines_figures(discussed, cast, as_):
    nan = float("nan")
    greet, solve = [[0, 1, 0], [nan, 0, 0]], [[0, 0, 0], [nan, 0, 1]]  # expert, Ines, Ivo
    found = agreement_of(discussed)
    assert [one.exact for one in found.items] == [exact_agreement(greet), exact_agreement(solve)]
    assert found.items[0].ac1 == gwet_ac1(greet, categories=(0, 1))
    assert found.items[1].alpha == krippendorff_alpha(solve)
    assert found.exact == exact_agreement([*greet, *solve])
    page = html(as_(cast.quan), url("calibration", discussed.pk))
    assert f"{found.exact.value * 100:.1f}" in page
    assert f"{found.items[0].ac1.value:.2f}" in page
    assert "too few to say" in page


def test_distance_is_from_the_expert_until_answers_are_agreed(discussed, cast, ivo):
    found = {one.calibrator.person: one for one in agreement_of(discussed).distances}
    assert (found[cast.ines].above, found[cast.ines].conversations) == (-40, 1)
    talk = discussed.talks.get(position=1)
    agreed = {"greet": {"value": "no"}, "solve": {"value": "yes"}}
    concluding.agree_on(talk, agreed, {}, by=cast.quan)
    found = {one.calibrator.person: one for one in agreement_of(discussed).distances}
    assert (found[cast.ines].above, found[cast.quan].above) == (0, 40)


def test_another_round_begins_with_the_own_answers(discussed, cast):
    concluding.begin_next_round(discussed, due_on=today(), by=cast.quan)
    talk = discussed.talks.get(position=1)
    again = calibration_scoring.open_calibration_score(talk, by=cast.ines)
    assert again.answers["greet"]["value"] == "no"
    assert again.submitted_at is None
    assert scores_shown_to(cast.ines, talk, 1).count() == 3
    assert not scores_shown_to(cast.ines, talk).exists()
    with pytest.raises(concluding.NoMoreRounds):
        concluding.begin_next_round(discussed, due_on=today(), by=cast.quan)


def test_a_decision_becomes_guidance_of_the_item(discussed, cast, sheet):
    made = concluding.decide_guidance(discussed, "greet", "三秒内问候。", by=cast.quan)
    draft = SheetVersion.objects.get(sheet=sheet.sheet, state="draft")
    assert made.version == draft
    assert draft.read().sections[0].items[0].guidance == "三秒内问候。"
    sheet.refresh_from_db()
    assert sheet.state == "active"
    with pytest.raises(concluding.ItemIsGone):
        concluding.decide_guidance(discussed, "gone", "x", by=cast.quan)


def test_it_is_closed_when_all_answers_are_agreed_on(discussed, cast):
    with pytest.raises(concluding.NotAllAgreed):
        concluding.settle_calibration(discussed, by=cast.quan)
    for talk in discussed.talks.all():
        agreed = {"greet": {"value": "yes"}, "solve": {"value": "yes"}}
        concluding.agree_on(talk, agreed, {}, by=cast.quan)
    with pytest.raises(concluding.NotAgreedYet):
        concluding.close_calibration(discussed, by=cast.quan)
    concluding.settle_calibration(discussed, by=cast.quan)
    concluding.write_minutes(discussed, "同意。", by=cast.quan)
    concluding.close_calibration(discussed, by=cast.quan)
    with pytest.raises(concluding.NotBeingDiscussed):
        concluding.write_minutes(discussed, "anders", by=cast.quan)
    with pytest.raises(concluding.NotBeingDiscussed):
        concluding.comment_on(discussed.talks.first(), "greet", "late", by=cast.ines)


def test_every_item_needs_an_agreed_answer(discussed, cast):
    with pytest.raises(BadInput):
        concluding.agree_on(discussed.talks.first(), {"greet": {"value": "yes"}}, {}, by=cast.quan)

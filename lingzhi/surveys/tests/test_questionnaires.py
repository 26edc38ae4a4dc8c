"""The life of a questionnaire: drafts are built, put into force once whole, and then stay."""

import pytest

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.surveys.models import Questionnaire
from lingzhi.surveys.queries.questionnaires import problems_of
from lingzhi.surveys.services import questionnaires as services
from lingzhi.surveys.services.built_in import lay_survey_built_ins

TEXT = {"code": "more", "kind": "text", "title": {"zh-Hans": "还有吗？"}}


@pytest.fixture
def draft(cast):
    drafts = lay_survey_built_ins(by=cast.quan)
    assert lay_survey_built_ins(by=cast.quan) == []  # twice changes nothing
    return next(one for one in drafts if one.questionnaire.code == "service")


def test_it_is_put_into_force_and_then_stays(cast, draft):
    services.activate_version(draft, by=cast.quan)
    assert draft.questionnaire.active == draft
    assert Entry.objects.filter(action="surveys.version_activated").exists()
    with pytest.raises(services.NotADraft):
        services.put_question(draft, TEXT, by=cast.quan)
    second = services.revise_questionnaire(draft.questionnaire, by=cast.quan)
    assert services.revise_questionnaire(draft.questionnaire, by=cast.quan) == second
    services.put_question(second, TEXT, by=cast.quan)
    services.activate_version(second, by=cast.quan)
    draft.refresh_from_db()
    assert (draft.state, draft.questionnaire.active.number) == ("ended", 2)
    assert "more" not in [row["code"] for row in draft.questions]


def test_required_dimensions_are_asked_about(cast, draft):
    services.remove_question(draft, "aspects", by=cast.quan)
    with pytest.raises(BadInput) as refused:
        services.activate_version(draft, by=cast.quan)
    assert "服务态度" in str(refused.value.sentence)
    Questionnaire.objects.filter(pk=draft.questionnaire_id).update(occasion="campaign")
    services.activate_version(draft, by=cast.quan)  # nobody's service is judged there


def test_questions_change_places_and_a_branch_that_looks_ahead_is_a_problem(cast, draft):
    services.move_question(draft, "overall", -1, by=cast.quan)  # nothing above
    services.move_question(draft, "reasons", -1, by=cast.quan)
    services.move_question(draft, "reasons", -1, by=cast.quan)
    draft.refresh_from_db()
    assert [row["code"] for row in draft.questions][:2] == ["reasons", "overall"]
    assert [one.place for one in problems_of(draft.questions)] == [
        "questions.reasons.ask_if.question"
    ]


def test_a_question_that_cannot_be_answered_is_not_taken(cast, draft):
    with pytest.raises(BadInput, match="Über"):
        services.put_question(draft, {**TEXT, "code": "Über"}, by=cast.quan)
    with pytest.raises(BadInput):
        services.put_question(draft, {**TEXT, "code": "words"}, by=cast.quan)  # taken
    services.put_question(draft, {**TEXT, "code": "words"}, old="words", by=cast.quan)


def test_a_draft_is_thrown_away(cast, draft):
    services.discard_draft(draft, by=cast.quan)
    assert not Questionnaire.objects.filter(code="service").exists()
    with pytest.raises(services.NothingToDiscard):
        services.discard_draft(draft, by=cast.quan)

"""What is asked, whom, when, and what was answered (满意度调查)."""

from lingzhi.surveys.models.answers import Answer, Answering, Recovery
from lingzhi.surveys.models.insights import Insight, InsightReview
from lingzhi.surveys.models.internal import (
    InternalPair,
    InternalSeat,
    InternalSurvey,
    InternalWord,
)
from lingzhi.surveys.models.invitations import Invitation
from lingzhi.surveys.models.opinions import OpinionQuota, SolicitedOpinion
from lingzhi.surveys.models.questionnaires import Questionnaire, QuestionnaireVersion
from lingzhi.surveys.models.scales import Dimension, Scale
from lingzhi.surveys.models.sending import Mode, Place, SendingRule, SurveyPlan
from lingzhi.surveys.models.voice import VoiceTerm
from lingzhi.surveys.models.weak_links import WeakLink

__all__ = [
    "Answer",
    "Answering",
    "Dimension",
    "Insight",
    "InsightReview",
    "InternalPair",
    "InternalSeat",
    "InternalSurvey",
    "InternalWord",
    "Invitation",
    "Mode",
    "OpinionQuota",
    "Place",
    "Questionnaire",
    "QuestionnaireVersion",
    "Recovery",
    "Scale",
    "SendingRule",
    "SolicitedOpinion",
    "SurveyPlan",
    "VoiceTerm",
    "WeakLink",
]

"""Questionnaires: what is wrong with one, and what is needed to read an answer."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from lingzhi.surveys.models import Dimension, Questionnaire, QuestionnaireVersion, Scale
from lingzhi_engine.flow import Problem
from lingzhi_engine.questionnaire import InvalidQuestionnaire, read_questionnaire

# Occasions on which a customer judges a service: there the required dimensions are asked.
JUDGED = (Questionnaire.Occasion.SERVICE, Questionnaire.Occasion.COMPLAINT)


def scales() -> dict[str, Scale]:
    """All scales by code."""
    return {one.code: one for one in Scale.objects.all()}


def problems_of(questions: Sequence[Any], *, of: str = "") -> list[Problem]:
    """What keeps these questions from being sent; with an occasion also what they do not ask."""
    try:
        found = read_questionnaire(
            list(questions), {code: one.numbers for code, one in scales().items()}
        )
    except InvalidQuestionnaire as invalid:
        return list(invalid.problems)
    if of not in JUDGED:
        return []
    needed = Dimension.objects.filter(is_required=True)
    return [
        Problem("no_dimension", str(one), {}) for one in needed if one.code not in found.dimensions
    ]


def questionnaires() -> QuerySet[Questionnaire]:
    """All of them with their versions, and how often each was answered."""
    versions = QuestionnaireVersion.objects.annotate(answered=Count("answerings"))
    rows = Questionnaire.objects.prefetch_related(Prefetch("versions", queryset=versions))
    return rows.order_by("occasion", "name")

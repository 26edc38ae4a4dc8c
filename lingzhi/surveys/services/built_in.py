"""Laying what comes with the program: scales, dimensions, first questionnaires."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.surveys.models import Dimension, Questionnaire, QuestionnaireVersion, Scale
from lingzhi.surveys.services.questionnaires import Words, create_questionnaire, save_questions

HERE = Path(__file__).resolve().parents[1]


@cache
def built_in() -> Any:
    """What the file holds; parsed once, not to be changed."""
    return yaml.safe_load((HERE / "built_in.yaml").read_text("utf-8"))


def lay_scales() -> None:
    """The scales and dimensions that are missing."""
    for model in (Scale, Dimension):
        known = set(model.objects.values_list("code", flat=True))
        rows = built_in()["scales" if model is Scale else "dimensions"]
        new = [{**row, "order": at} for at, row in enumerate(rows) if row["code"] not in known]
        model.objects.bulk_create(model(**row) for row in new)


@transaction.atomic
def lay_survey_built_ins(*, by: User | None) -> list[QuestionnaireVersion]:
    """Scales, dimensions and questionnaires that are missing; the drafts that were laid."""
    lay_scales()
    drafts = []
    known = set(Questionnaire.objects.values_list("code", flat=True))
    for row in built_in()["questionnaires"]:
        if row["code"] not in known:
            words = Words(row["name"], row["occasion"], row["title"], row["intro"], row["thanks"])
            draft = create_questionnaire(row["code"], words, by=by)
            drafts.append(save_questions(draft, row["questions"], by=by))
    return drafts

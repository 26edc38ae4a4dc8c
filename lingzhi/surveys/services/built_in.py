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
    known = set(Scale.objects.values_list("code", flat=True))
    Scale.objects.bulk_create(Scale(**row) for row in _missing("scales", known))
    known = set(Dimension.objects.values_list("code", flat=True))
    Dimension.objects.bulk_create(Dimension(**row) for row in _missing("dimensions", known))


def _missing(name: str, known: set[str]) -> list[dict[str, Any]]:
    rows = enumerate(built_in()[name])
    return [{**row, "order": at} for at, row in rows if row["code"] not in known]


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

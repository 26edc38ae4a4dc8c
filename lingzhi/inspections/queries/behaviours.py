"""The list of forbidden behaviours: the one in force, and the one to begin with."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from lingzhi.inspections.models import Behaviour

FILE = settings.BASE_DIR / "data" / "behaviours" / "forbidden.yaml"


def behaviours() -> QuerySet[Behaviour]:
    """What is forbidden now."""
    return Behaviour.objects.filter(retired_at=None)


@cache
def _listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def usual_behaviours() -> list[dict[str, Any]]:
    """The list that comes with the program, in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [
        {**one, "title": one["title"][language], "group": one["group"][language]}
        for one in _listed()
    ]

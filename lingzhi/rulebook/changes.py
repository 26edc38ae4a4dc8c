"""Regulations as what a measure changes."""

from typing import Any

from django.urls import reverse

from lingzhi.core.changes import Changeable
from lingzhi.rulebook.access import WRITE, regulation_to_change
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import latest_version, open_draft, regulations_visible_to
from lingzhi.rulebook.services.adopting import revise


def _choices(user: Any) -> dict[int, str]:
    newest = ((one, latest_version(one)) for one in regulations_visible_to(user))
    return {one.pk: f"{version.title} · {one.unit.name}" for one, version in newest if version}


def _begin(user: Any, key: int, words: str) -> str:
    regulation = regulation_to_change(user, key)
    draft = open_draft(regulation) or revise(
        regulation, reason_kind=Version.Reason.FINDING, reason=words, by=user
    )
    return reverse("rulebook:version", args=[draft.pk])


CLAUSE = Changeable("clause", WRITE, _choices, _begin)

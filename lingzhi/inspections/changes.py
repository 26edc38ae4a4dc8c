"""Rules of inspection, phrase lists among them, as what a measure changes."""

from typing import Any

from django.urls import reverse

from lingzhi.core.changes import Changeable
from lingzhi.inspections.access.rights import WRITE
from lingzhi.inspections.access.rules import rule_to_write
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.rules import judging_versions, rule_titles
from lingzhi.inspections.services.rules import save_draft


def _choices(_user: Any) -> dict[int, str]:
    titles = rule_titles()
    return {one.rule_id: titles[one.rule.code] for one in judging_versions()}


def _begin(user: Any, key: int, words: str) -> str:
    rule = rule_to_write(user, key)
    if not rule.versions.filter(state=RuleVersion.State.DRAFT).exists():
        newest = rule.versions.latest("number")
        save_draft(rule, newest.body, note=words[:300], by=user)
    return reverse("inspections:rule", args=[key])


RULE = Changeable("rule", WRITE, _choices, _begin)
PHRASES = Changeable("phrases", WRITE, _choices, _begin)

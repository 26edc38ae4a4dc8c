"""Rules learn from appeals: what a rule got wrong becomes one of its examples."""

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.models import AppealItem, AppealVote, RuleVersion
from lingzhi.inspections.queries import latest_inspection, versions_by_verdict
from lingzhi.inspections.services.examples import add_example
from lingzhi.inspections.services.suspending import answering
from lingzhi.inspections.services.telling import Title
from lingzhi.notifications.services import tell
from lingzhi_engine.sheet import Fill, ItemKind


@transaction.atomic
def learn_from_appeal(about: AppealItem) -> list[RuleVersion]:
    """The drafts in which an overturned answer of rules became an example; their owners are told.

    Where a hit was overturned, each rule that hit must miss; where a miss was, the one rule that
    fills the item must hit. Of several that missed nobody knows which one should have hit. A
    repeated call changes nothing more.
    """
    review = about.appeal.review
    item = next(one for one in review.version.read().items if one.code == about.item)
    inspection = latest_inspection(review.contact)
    if item.fill is None or inspection is None:
        return []
    is_hit = about.answer not in ("", "0", "na")
    if item.kind is not ItemKind.COUNT:
        is_hit = about.answer == item.fill.hit
    judged = versions_by_verdict(inspection)
    wrong = _wrong(item.fill, judged, "hit" if is_hit else "miss")
    last = AppealVote.objects.filter(step__appeal=about.appeal, item=about.item).last()
    by = last.voter if last else about.appeal.opened_by
    expected = "miss" if is_hit else "hit"
    drafts = [add_example(review.contact, one, expected=expected, by=by) for one in wrong]
    for version in wrong:
        _tell(version)
    return drafts


def _wrong(fill: Fill, judged: list[tuple[RuleVersion, str]], verdict: str) -> list[RuleVersion]:
    found = [one for one, said in judged if one.rule.code in fill.rules and said == verdict]
    return found if verdict == "hit" or len(fill.rules) == 1 else []


def _tell(version: RuleVersion) -> None:
    tell(
        answering(version),
        format_lazy(_("An appeal says the rule was wrong: {rule}"), rule=Title(version)),
        url=reverse("inspections:edit_rule", args=[version.rule_id]) + "#examples-title",
    )

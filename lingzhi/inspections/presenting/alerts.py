"""Limits of alerts as a page shows them."""

from lingzhi.accounts.models import User
from lingzhi.core.languages import joined
from lingzhi.inspections.models import AlertLimit
from lingzhi.inspections.queries.alerts import limits_seen_by
from lingzhi.inspections.queries.rules import judging_versions


def shown_limits(user: User) -> list[tuple[AlertLimit, bool, str]]:
    """Each with whether one may change it, and the titles of its rules."""
    titles = {one.rule_id: one.title for one in judging_versions()}
    return [
        (one, is_mine, joined(titles.get(rule.pk, rule.code) for rule in one.rules.all()))
        for one, is_mine in limits_seen_by(user)
    ]

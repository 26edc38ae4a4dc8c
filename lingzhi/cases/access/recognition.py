"""Rules of recognition: who changes them."""

from django.shortcuts import get_object_or_404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import RecognitionRule
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.queries.recognition import rules_in_order


def rule_to_change(user: User, pk: int) -> RecognitionRule:
    """A rule in use that this person may change or end."""
    require(user, READ)
    rule: RecognitionRule = get_object_or_404(rules_in_order(), pk=pk)
    require(user, SET)
    return rule

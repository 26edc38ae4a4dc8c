"""Scores that were brought in: seen by those whom they are about and whoever reaches them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import READ, require
from lingzhi.inspections.models import OldScore
from lingzhi.inspections.queries.old_scores import old_scores_visible_to


def old_score_to_read(user: User, pk: int) -> OldScore:
    """One imported score within reach."""
    require(user, READ)
    found = old_scores_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

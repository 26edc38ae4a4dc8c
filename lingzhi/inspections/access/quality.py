"""Figures about inspectors: their own, and those of all within reach of who re-checks."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import RECHECK, SCORE, require
from lingzhi.inspections.models import QualityEstimate
from lingzhi.inspections.queries.quality import estimates_of, estimates_visible_to


def estimates_to_read(user: User) -> list[QualityEstimate]:
    """The newest estimates of all centres and sheets this person re-checks scores in."""
    require(user, RECHECK)
    return list(estimates_visible_to(user))


def inspector_to_read(user: User, pk: int) -> User:
    """Oneself, or an inspector who stands in an estimate within reach."""
    require(user, SCORE)
    if user.pk == pk:
        return user
    person = User.objects.filter(pk=pk).first()
    if person is None or not (
        estimates_of(person).filter(estimate__in=estimates_visible_to(user).values("pk")).exists()
    ):
        raise Http404
    return person

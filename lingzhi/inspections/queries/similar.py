"""Decided cases like one at hand: what others answered where the same item failed."""

from django.db.models import Prefetch, QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Review, ReviewItem
from lingzhi.inspections.queries.conversations import hits_of
from lingzhi.inspections.queries.reviews import reviews_visible_to

LATEST = 100  # released scores that are looked through
SHOWN = 5


def similar_cases(user: User, review: Review, item: str) -> list[tuple[Review, ReviewItem, int]]:
    """Released scores in which the item failed, with that item and the number of shared hits.

    Those whose conversation shares most rule hits with this one come first, then the latest.
    """
    rows = list(_failed(user, review, item)[:LATEST])
    hits = hits_of([review.contact, *(one.contact for one in rows)])
    codes = {
        contact: {version.rule.code for version in versions} for contact, versions in hits.items()
    }
    mine = codes.get(review.contact_id, set())
    shared = [(one, len(mine & codes.get(one.contact_id, set()))) for one in rows]
    best = sorted(shared, key=lambda pair: -pair[1])[:SHOWN]
    return [(one, one.items.all()[0], number) for one, number in best]


def _failed(user: User, review: Review, item: str) -> QuerySet[Review]:
    rows = reviews_visible_to(user).filter(
        pk__in=ReviewItem.objects.filter(item=item, is_failed=True).values("review"),
        state=Review.State.RELEASED, version__sheet=review.version.sheet_id,
    )  # fmt: skip
    wanted = Prefetch("items", ReviewItem.objects.filter(item=item))
    others = rows.exclude(contact=review.contact_id).order_by("-released_at")
    return others.prefetch_related(wanted, "changes")

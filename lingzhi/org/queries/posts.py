"""The catalogue of posts."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lingzhi.core.clock import today
from lingzhi.org.models import Post, PostVersion


def post_list() -> QuerySet[Post]:
    """Posts in use, with `held_by` (people today) and the `number` of the version in force."""
    day = today()
    is_current = Q(holdings__to_on__isnull=True) | Q(holdings__to_on__gte=day)
    is_current &= Q(holdings__from_on__lte=day)
    version = PostVersion.objects.filter(post=OuterRef("pk"), effective_on__lte=day)
    return Post.objects.filter(withdrawn_at=None).annotate(
        held_by=Count("holdings__person", filter=is_current, distinct=True),
        number=Subquery(version.order_by("-number").values("number")[:1]),
    )


def version_in_force(post: Post) -> PostVersion | None:
    """The newest description whose day has come."""
    return post.versions.filter(effective_on__lte=today()).first()

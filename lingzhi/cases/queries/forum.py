"""Posts of the public forum: what waits for an answer since when, and who is on duty."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, ForumDuty, ForumPost
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import now
from lingzhi.kpis.queries.channels import answer_targets
from lingzhi.org.queries import responsible_now

FORUM = "forum"
KEPT = timedelta(days=1)  # who was on duty finishes what they began
HANDED_ON = Exists(Case.objects.filter(contact=OuterRef("pk")))
WAITS = (
    Q(forum_post=None)
    | (Q(forum_post__answered_at=None) & ~Q(forum_post__kind__in=ForumPost.QUIET))
) & Q(is_handed_on=False)  # fmt: skip


def posts() -> QuerySet[Contact]:
    """Every contact that came by the forum, newest first; whether it became a case."""
    rows = published().filter(channel__code=FORUM, direction="in", turn_count__gt=0)
    rows = rows.annotate(is_handed_on=HANDED_ON).prefetch_related("turns")
    return rows.select_related("forum_post__answered_by", "forum_post__read_by", "source")


def waiting() -> QuerySet[Contact]:
    """Those that wait for an answer, the oldest first."""
    return posts().filter(WAITS).order_by("started_at", "pk")


def duties(first: datetime, last: datetime) -> QuerySet[ForumDuty]:
    """The roster between two moments."""
    rows = ForumDuty.objects.filter(withdrawn_at=None, from_at__lt=last, to_at__gt=first)
    return rows.select_related("person")


def on_duty(at: datetime) -> list[User]:
    """Who is on duty for the forum now: those of the roster, for the absent who stands in."""
    rows = ForumDuty.objects.filter(withdrawn_at=None, from_at__lte=at, to_at__gt=at)
    people = [responsible_now(row.person, at) for row in rows.select_related("person")]
    return list({one.pk: one for one in people if one is not None}.values())


def is_on_roster(user: User) -> bool:
    """Whether they are on duty now, or were within a day."""
    at = now()
    if duties(at - KEPT, at).filter(person=user).exists():
        return True
    return any(one.pk == user.pk for one in on_duty(at))


@dataclass(frozen=True, slots=True)
class Waited:
    """How long a post has waited for an answer or took to get one; whether that is too long.

    Too long is longer than the norm of the channel; without one nobody can say (None).
    """

    seconds: int | None
    is_late: bool | None


def waited(post: Contact, limit: float | None) -> Waited:
    """From the post to its answer, or to now."""
    row = getattr(post, "forum_post", None)
    if post.started_at is None:
        return Waited(None, None)
    end = (row.answered_at if row else None) or now()
    seconds = max(0, round((end - post.started_at).total_seconds()))
    return Waited(seconds, None if limit is None else seconds > limit)


def answer_limit() -> float | None:
    """The seconds of the channel's norm; None where it has none."""
    norm = answer_targets().get(FORUM)
    return None if norm is None else float(norm.definition.params["limit"])

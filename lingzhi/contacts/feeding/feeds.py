"""Who may tell us of conversations that go on: a feed for each source, with a secret of its own."""

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.feeding.signing import new_secret
from lingzhi.contacts.models import Feed, Source, place_of_feed
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.core.errors import DomainError


class FeedOpen(DomainError):
    """The source has a feed already."""

    message = _("This source has a feed already. End it before you open another.")


@transaction.atomic
def open_feed(source: Source, *, by: User | None) -> tuple[Feed, str]:
    """A feed for `source` and its secret, which is shown this once."""
    secret = new_secret()
    sealed = seal(secret, place_of_feed(source.pk))
    try:
        with transaction.atomic():
            feed = Feed.objects.create(
                source=source, sealed_secret=sealed, created_at=now(), created_by=by
            )
    except IntegrityError as problem:
        raise FeedOpen() from problem
    record(by, "contacts.feed_opened", feed, after={"source": source.code})
    return feed, secret


@transaction.atomic
def end_feed(feed: Feed, *, by: User | None) -> None:
    """Nothing signed with its secret is taken any more."""
    if Feed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=now()):
        record(by, "contacts.feed_ended", feed, after={"source": feed.source.code})


def feed_of(source_code: str) -> Feed | None:
    """The open feed of the source, if it has one."""
    rows = Feed.objects.select_related("source").filter(ended_at=None)
    return rows.filter(source__code=source_code).first()


def feed_rows() -> QuerySet[Feed]:
    """All feeds, those that are open first."""
    rows = Feed.objects.select_related("source", "created_by", "takes")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "source__code")

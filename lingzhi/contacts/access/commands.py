"""Who may ask a phone system for something, and who sets where that is sent."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.access.calls import require
from lingzhi.contacts.access.contacts import feed_to_end
from lingzhi.contacts.models import Call, CallLeg, CommandAddress, Feed
from lingzhi.contacts.queries.commands import COMMAND, calls_now


def call_to_step_into(user: User, pk: int) -> CallLeg:
    """Where an agent of one's own units talks in this call now; never one's own call."""
    require(user, COMMAND)
    found = calls_now(user).filter(call=pk).last()
    if found is None:
        raise Http404
    return found


def call_to_follow(user: User, pk: int) -> Call:
    """A call that one may step into, or about which one asked for something."""
    require(user, COMMAND)
    found = Call.objects.select_related("source").filter(pk=pk).first()
    if found is None or not (
        calls_now(user).filter(call=pk).exists() or found.commands.filter(asked_by=user).exists()
    ):
        raise Http404
    return found


def feed_to_set(user: User, pk: int) -> Feed:
    """A feed whose phone system this person connects."""
    return feed_to_end(user, pk)


def address_to_try(user: User, pk: int) -> CommandAddress:
    """Where commands of a feed go."""
    feed = feed_to_end(user, pk)
    found = CommandAddress.objects.filter(feed=feed, feed__ended_at=None).first()
    if found is None:
        raise Http404
    return found

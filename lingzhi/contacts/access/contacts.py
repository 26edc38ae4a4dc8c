"""A contact is obtained together with the right to do something with it."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, Feed, OpenContact, Recording, Turn
from lingzhi.contacts.queries import open_to, visible_to
from lingzhi.customers.models import Identifier

# What may be done with a contact that one sees.
ACTS = (
    "contacts.import",
    "contacts.listen",
    "contacts.download",
    "customers.read",
    "customers.unmask",
)


def contact_to_read(user: User, pk: int) -> Contact:
    """The contact with everything its page shows, or 404."""
    rows = visible_to(user).select_related(
        "source", "channel", "agent", "unit", "customer", "batch", "notice"
    )
    contact = rows.filter(pk=pk).first()
    if contact is None:
        raise Http404
    return contact


def contact_to_change(user: User, pk: int) -> Contact:
    """A contact to which this person may add recordings."""
    return _contact_for(user, pk, "contacts.import")


def turn_to_reveal(user: User, pk: int, seq: int) -> Turn:
    """A turn whose masked words this person may see in the clear."""
    contact = _contact_for(user, pk, "customers.unmask")
    turn = contact.turns.filter(seq=seq).first()
    if turn is None:
        raise Http404
    return turn


def identifier_to_reveal(user: User, pk: int, identifier: UUID) -> tuple[Contact, Identifier]:
    """What identifies the customer of this contact, for those who may see it in the clear."""
    contact = _contact_for(user, pk, "customers.unmask")
    if "customers.read" not in rights_over(user, contact, ["customers.read"]):
        raise PermissionDenied
    found = Identifier.objects.filter(pk=identifier, customer=contact.customer_id).first()
    if found is None:
        raise Http404
    return contact, found


def require_feeds(user: User) -> None:
    """Raise PermissionDenied unless the person looks after what is connected to the program."""
    if not user.can("system.settings"):
        raise PermissionDenied


def feed_to_end(user: User, pk: int) -> Feed:
    """A feed this person may cut off."""
    require_feeds(user)
    feed = Feed.objects.select_related("source").filter(pk=pk).first()
    if feed is None:
        raise Http404
    return feed


def open_contact_to_read(user: User, pk: int) -> OpenContact:
    """A conversation that goes on, or went on until just now, within the person's reach."""
    found = open_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def recording_to_play(user: User, pk: int) -> Recording:
    """A recording this person may listen to (调听)."""
    return _recording(user, pk, "contacts.listen")


def recording_to_download(user: User, pk: int) -> Recording:
    """A recording this person may take away."""
    return _recording(user, pk, "contacts.download")


def _recording(user: User, pk: int, capability: str) -> Recording:
    recording = Recording.objects.select_related("file", "contact").filter(pk=pk).first()
    if recording is None:
        raise Http404
    _contact_for(user, recording.contact_id, capability)
    return recording


def _contact_for(user: User, pk: int, capability: str) -> Contact:
    """A contact within the reach of `capability`: seeing it does not mean doing all with it."""
    contact = contact_to_read(user, pk)
    if capability not in rights_over(user, contact, [capability]):
        raise PermissionDenied
    return contact


def rights_over(user: User, contact: Contact, capabilities: Iterable[str] = ACTS) -> set[str]:
    """Which of these capabilities of `user` reach this contact."""
    held = [capability for capability in capabilities if user.can(capability)]
    return {one for one in held if visible_to(user, one).filter(pk=contact.pk).exists()}

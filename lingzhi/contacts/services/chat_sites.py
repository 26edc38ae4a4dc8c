"""Offering chats on web sites, and ending it."""

import re
import secrets
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import ChatSite
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SAID = ("unit_id", "calendar_id", "name", "queue", "origins", "colour", "is_automatic", "at_once")


@transaction.atomic
def keep_site(site: ChatSite, *, by: User | None) -> ChatSite:
    """Offer chats on a site, or change how. Raises BadInput for what is no origin or colour."""
    site.origins = [_origin(one) for one in site.origins]
    if not COLOUR.fullmatch(site.colour):
        raise BadInput(_("Write a colour like #0f766e."), field="colour")
    before = ChatSite.objects.filter(pk=site.pk).first()
    site.key = site.key or secrets.token_hex(8)
    site.changed_at = now()
    site.save()
    record(
        by, "contacts.chat_site_set", site, before=_said(before) if before else None,
        after=_said(site),
    )  # fmt: skip
    return site


class HasLines(DomainError):
    message = _("Customers of a message line are served as this chat site. End the line first.")


@transaction.atomic
def retire_site(site: ChatSite, *, by: User) -> None:
    """No new chats begin there; those that go on are ended by their people. Raises HasLines."""
    if site.lines.filter(retired_at=None).exists():
        raise HasLines()
    if ChatSite.objects.filter(pk=site.pk, retired_at=None).update(retired_at=now()):
        record(by, "contacts.chat_site_retired", site)


def _said(site: ChatSite) -> dict[str, object]:
    return {
        "unit": site.unit_id,
        "calendar": site.calendar_id,
        **{name: getattr(site, name) for name in SAID},
    }


def _origin(given: str) -> str:
    """`https://shop.example`, as browsers name the pages that may hold the chat."""
    parts = urlsplit(given.strip())
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    plain = re.fullmatch(r"[A-Za-z0-9.:-]+", parts.netloc)
    if parts.scheme not in {"http", "https"} or not plain or not bare:
        sentence = _("“%(origin)s” is no origin such as https://shop.example.")
        raise BadInput(sentence % {"origin": given}, field="origins")
    return f"{parts.scheme}://{parts.netloc.lower()}"

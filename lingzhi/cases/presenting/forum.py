"""Posts of the forum as the inbox shows and the export holds them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.cases.models import ForumPost
from lingzhi.cases.queries.forum import Waited, waited
from lingzhi.contacts.models import Contact


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post with what was made of it. `waits`: it still waits for an answer."""

    contact: Contact
    row: ForumPost | None
    text: str
    url: str
    waited: Waited
    waits: bool
    is_handed_on: bool


def shown_post(contact: Contact, limit: float | None) -> ShownPost:
    """One of `queries.forum.posts`."""
    row, is_handed_on = getattr(contact, "forum_post", None), bool(contact.is_handed_on)  # type: ignore[attr-defined]
    is_open = row is None or (row.answered_at is None and row.kind not in ForumPost.QUIET)
    url = str((contact.meta or {}).get("url", ""))
    return ShownPost(
        contact=contact,
        row=row,
        text="\n".join(one.text for one in contact.turns.all()),
        url=url if url.startswith(("https://", "http://")) else "",
        waited=waited(contact, limit),
        waits=is_open and not is_handed_on,
        is_handed_on=is_handed_on,
    )


def useful_header() -> list[str]:
    """Column names of the list of what is useful, in the reader's language."""
    return [
        _("Number"), _("Posted at"), _("Topic"), _("What it is useful for"), _("Forum post"),
        _("Answered at"), _("Handed on as a case"),
    ]  # fmt: skip


def useful_rows(rows: Iterable[Contact]) -> Iterator[list[Any]]:
    """The posts that are useful for improvement, masked as they are shown."""
    for contact in rows:
        one = shown_post(contact, None)
        if one.row is not None:
            yield [
                contact.external_id, contact.started_at, one.row.get_about_display(), one.row.use,
                one.text, one.row.answered_at, _("yes") if one.is_handed_on else _("no"),
            ]  # fmt: skip

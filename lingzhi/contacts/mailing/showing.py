"""A mail as it was written, and what is attached: answers for more than one door."""

from collections.abc import Callable
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.audit.services import record
from lingzhi.contacts.mailing.html import clean_html
from lingzhi.contacts.mailing.reading import Unreadable, read_mail
from lingzhi.contacts.models import Mail, MailPart
from lingzhi.files.kinds import PICTURES

# A stranger's page: no script, nothing from elsewhere, pictures only from here.
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'; sandbox allow-same-origin allow-popups"
    " allow-popups-to-escape-sandbox"
)
PART_POLICY = "default-src 'none'; sandbox"


def shown_answer(
    request: SignedIn, mail: Mail, reason: str, part_url: Callable[[int], str]
) -> HttpResponse:
    """The mail in the clear; who looked and why is in the audit log. `part_url` gives the address
    of an attachment by its number."""
    with transaction.atomic():
        record(request.user, "contacts.mail_shown", mail, reason=reason)
    parts = list(mail.parts.select_related("file"))
    context = {"mail": mail, "parts": [(one, part_url(one.number)) for one in parts]}
    try:
        found = read_mail(_raw(mail))
    except Unreadable:
        context |= {"words": _raw(mail)[:20_000].decode("utf-8", "replace")}
    else:
        pictures = {
            one.content_id: part_url(one.number) for one in parts if one.is_inline and one.file_id
        }
        context |= {
            "found": found, "html": clean_html(found.html, pictures) if found.html else "",
        }  # fmt: skip
    answer = render(request, "contacts/mail/shown.html", context)
    answer["Content-Security-Policy"] = POLICY
    return answer


def _raw(mail: Mail) -> bytes:
    if mail.file is None:
        return b""
    with default_storage.open(mail.file.stored_as, "rb") as file:
        return bytes(file.read())


def part_answer(part: MailPart, *, by: User) -> FileResponse:
    """A picture of the mail to be seen in it; anything else to be saved, with a trace."""
    assert part.file is not None
    is_picture = part.is_inline and PurePath(part.name).suffix.lower() in PICTURES
    if not is_picture:
        with transaction.atomic():
            record(by, "contacts.mail_part_taken", part.mail, after={"sha256": part.file.sha256})
    opened = default_storage.open(part.file.stored_as, "rb")
    answer = FileResponse(opened, as_attachment=not is_picture, filename=part.name)
    answer["Content-Security-Policy"] = PART_POLICY
    return answer

"""Lines by which customers write: set up, tried, ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.feeding.signing import new_secret
from lingzhi.contacts.messaging.calls import CannotRead, Refused
from lingzhi.contacts.messaging.ciphers import wechat_key
from lingzhi.contacts.messaging.platforms import platform_of
from lingzhi.contacts.models import CameMessage, MessageLine, SentMessage
from lingzhi.contacts.services.message_calls import renew_token
from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, NotAllowed
from lingzhi.core.encryption import CannotOpen
from lingzhi.core.errors import BadInput

Kind = MessageLine.Kind
SAID = ("kind", "name", "site_id", "account", "detail")
SEALED_LIKE_WECHAT = (Kind.WECHAT, Kind.WECOM)


@transaction.atomic
def keep_line(line: MessageLine, secrets: Mapping[str, str], *, by: User | None) -> str:
    """Set a line up or change it; a secret that is left empty stays as it is.

    The secret that we made for a gateway, which is shown this once; else nothing. Raises BadInput.
    """
    known = MessageLine.objects.filter(pk=line.pk).first()
    kept = known.secrets if known else {}
    given = {name: value.strip() for name, value in secrets.items() if value.strip()}
    made = ""
    if line.kind == Kind.SMS and not kept:
        made = given["app_secret"] = new_secret()
    _require(line, kept | given)
    line.changed_at = now()
    if known is None:
        line.created_at = line.changed_at
    line.seal_secrets(kept | given)
    if given:
        line.sealed_token, line.token_until = "", None
    line.save()
    record(
        by, "contacts.line_set", line, before=_said(known) if known else None,
        after=_said(line) | {"new_secrets": sorted(given)},
    )  # fmt: skip
    return made


def _require(line: MessageLine, secrets: Mapping[str, str]) -> None:
    platform = platform_of(line)
    for field, label in (("account", platform.account), ("detail", platform.detail)):
        if label and not getattr(line, field).strip():
            raise BadInput(gettext_lazy("This must be given."), field=field)
    for name in platform.secrets:
        if not secrets.get(name) and name not in platform.optional:
            raise BadInput(gettext_lazy("This must be given."), field=name)
    if line.kind in SEALED_LIKE_WECHAT and secrets.get("aes_key"):
        try:
            wechat_key(secrets["aes_key"])
        except CannotRead as problem:
            sentence = gettext_lazy("An EncodingAESKey has 43 letters and digits.")
            raise BadInput(sentence, field="aes_key") from problem
    if line.kind == Kind.SMS and urlsplit(line.detail).scheme not in {"http", "https"}:
        raise BadInput(gettext_lazy("Write an address such as https://sms.example/send."),
                       field="detail")  # fmt: skip


def _said(line: MessageLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in SAID}


@transaction.atomic
def retire_line(line: MessageLine, *, by: User) -> None:
    """Nothing comes or goes by it any more; what waited is given up."""
    if not MessageLine.objects.filter(pk=line.pk, retired_at=None).update(retired_at=now()):
        return
    waiting = SentMessage.objects.filter(thread__line=line, state=SentMessage.State.WAITING)
    waiting.update(state=SentMessage.State.GIVEN_UP)
    record(by, "contacts.line_retired", line)


def try_line(line: MessageLine, *, by: User) -> str:
    """What does not work when we ask for an access token; empty where the other side gives one."""
    problem = ""
    try:
        renew_token(line)
    except Refused as refused:
        problem = refused.words
    except Failed as failed:
        problem = f"{failed.what} {failed.status or ''}".strip()
    except TimeoutError:
        problem = _("no answer in time")
    except NotAllowed as origin:
        problem = _("Closed by EGRESS_ALLOW or EGRESS_NETWORKS: %(origin)s") % {"origin": origin}
    except CannotOpen:
        problem = _("the secrets of the line cannot be opened")
    with transaction.atomic():
        record(by, "contacts.line_tried", line, after={"works": not problem})
    return problem


def forget_messages(*, before: datetime) -> int:
    """Forget the words of messages long gone, and that others came; how many came."""
    gone = SentMessage.objects.filter(queued_at__lt=before).exclude(sealed_text="")
    gone.exclude(state__in=("waiting", "sending")).update(sealed_text="")
    return CameMessage.objects.filter(at__lt=before).delete()[0]

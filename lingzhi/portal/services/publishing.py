"""What the portal shows: improvements, rules in plain words, its settings."""

from collections.abc import Mapping
from typing import IO, Any, BinaryIO, cast

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.services import discard_file, store_file
from lingzhi.portal.models import PlainRule, PortalSettings, PublishedImprovement
from lingzhi.portal.queries.settings import portal_settings

KEPT = (
    "is_open", "name", "greeting", "hours", "footer", "consent", "colour", "unit", "receiver",
    "per_address", "in_total",
)  # fmt: skip
MOST_LOGO = 200 * 1024
PNG = b"\x89PNG\r\n\x1a\n"


class NotByOneself(DomainError):
    message = _("Somebody else than who wrote it puts it out.")


class IsOut(DomainError):
    message = _("It stands in the portal: withdraw it before you change it.")


class NotOut(DomainError):
    message = _("It does not stand in the portal.")


@transaction.atomic
def set_portal(
    values: Mapping[str, Any], logo: IO[Any] | None, *, by: User | None
) -> PortalSettings:
    """How it looks and who receives. Raises BadInput where it is to be open to nobody."""
    row = portal_settings()
    before = _said(row)
    for name in KEPT:
        setattr(row, name, values[name])
    if row.is_open and not (row.unit and row.receiver):
        raise BadInput(_("Say who receives what comes in."), field="receiver")
    old = row.logo
    if logo is not None:
        row.logo = store_file(
            cast(BinaryIO, _checked(logo)), name="logo.png", purpose="portal", by=by
        )
    row.save()
    if logo is not None and old is not None:
        discard_file(old, by=by)
    record(by, "portal.set", row, before=before, after=_said(row))
    return row


@transaction.atomic
def write_improvement(row: PublishedImprovement, *, by: User) -> PublishedImprovement:
    """A draft, or one that is changed before it is out. Raises IsOut."""
    if row.pk:
        held = PublishedImprovement.objects.select_for_update().get(pk=row.pk)
        if held.published_at and not held.withdrawn_at:
            raise IsOut()
        row.published_at = row.published_by = row.withdrawn_at = None
    row.written_at, row.written_by = now(), by
    row.save()
    record(by, "portal.improvement_written", row, after={"title": row.title})
    return row


@transaction.atomic
def publish_improvement(row: PublishedImprovement, *, by: User) -> None:
    """It stands in the portal from now on. Raises NotByOneself, IsOut."""
    if row.written_by_id == by.pk:
        raise NotByOneself()
    rows = PublishedImprovement.objects.filter(pk=row.pk, published_at=None)
    if not rows.update(published_at=now(), published_by=by):
        raise IsOut()
    record(by, "portal.improvement_published", row, after={"title": row.title})


@transaction.atomic
def withdraw_improvement(row: PublishedImprovement, *, by: User) -> None:
    """It is read no more; what readers said of it stays. Raises NotOut."""
    rows = PublishedImprovement.objects.filter(pk=row.pk, withdrawn_at=None)
    if not rows.filter(published_at__isnull=False).update(withdrawn_at=now()):
        raise NotOut()
    record(by, "portal.improvement_withdrawn", row, after={"title": row.title})


def rate_improvement(row: PublishedImprovement, *, is_useful: bool) -> None:
    """One more reader says so: a count, of nobody in particular."""
    name = "useful" if is_useful else "not_useful"
    PublishedImprovement.objects.filter(pk=row.pk).update(**{name: F(name) + 1})


@transaction.atomic
def keep_rule(row: PlainRule, *, by: User) -> PlainRule:
    """A clause is public, in these words."""
    row.save()
    after = {"regulation": row.regulation_id, "clause": row.number, "words": row.words}
    record(by, "portal.rule_set", row, after=after)
    return row


@transaction.atomic
def end_rule(row: PlainRule, *, by: User) -> None:
    """It is public no more; doing so twice changes nothing."""
    if PlainRule.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now()):
        record(by, "portal.rule_ended", row, after={"clause": row.number})


def _checked(logo: IO[Any]) -> IO[Any]:
    """A picture of the one kind that browsers draw and that holds no script."""
    size = logo.seek(0, 2)
    logo.seek(0)
    head = logo.read(len(PNG))
    logo.seek(0)
    if head != PNG or size > MOST_LOGO:
        raise BadInput(_("A logo is a PNG picture of at most 200 KB."), field="logo")
    return logo


def _said(row: PortalSettings) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in KEPT}
    return said | {"unit": row.unit_id, "receiver": row.receiver_id}

"""What every service about versions needs: claiming a draft, making a new version."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.rulebook.models import Regulation, Version
from lingzhi.rulebook.packs import Body


class NotADraft(DomainError):
    message = _("This version is no draft any more.")


class DraftExists(DomainError):
    message = _("A draft of this regulation exists already.")


class NothingInForce(DomainError):
    message = _("No version of this regulation is in force.")


class ChangedMeanwhile(DomainError):
    message = _("Somebody else changed this meanwhile. Look at it again before you save.")


def locked(version: Version) -> Version:
    """The version as it stands in the database, held until the transaction ends."""
    rows = Version.objects.select_for_update(of=("self",))
    return rows.select_related("regulation__unit").get(pk=version.pk)


def draft(version: Version) -> Version:
    """The same, where it is still a draft; raises NotADraft."""
    found = locked(version)
    if found.submitted_at is not None or found.withdrawn_at is not None:
        raise NotADraft()
    return found


def new_version(
    regulation: Regulation, body: Body, *, reason_kind: str, reason: str, by: User, **given: Any
) -> Version:
    """A draft with the next number. Raises DraftExists where there is one."""
    last = regulation.versions.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return Version.objects.create(
                regulation=regulation,
                number=last + 1,
                body=body,
                reason_kind=reason_kind,
                reason=reason,
                created_at=now(),
                created_by=by,
                **given,
            )
    except IntegrityError as problem:
        raise DraftExists() from problem

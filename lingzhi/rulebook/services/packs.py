"""Packs made here: imported from a regulation or built by hand."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.models import StoredFile
from lingzhi.rulebook.models import Pack
from lingzhi.rulebook.packs import Body, PackProblems, problems_of_own, shipped_codes
from lingzhi.rulebook.queries import unit_of_maker
from lingzhi.rulebook.services.versions import ChangedMeanwhile

TAKEN = _("There is a pack of this code already.")


class PackWithdrawn(DomainError):
    message = _("This pack was withdrawn.")


@transaction.atomic
def create_pack(
    code: str,
    body: Body,
    *,
    file: StoredFile | None = None,
    proposals: Iterable[Any] = (),
    by: User,
) -> Pack:
    """A pack of one's own, which belongs to the unit of who makes it.

    Raises PackProblems, naming all of them, and BadInput for its code.
    """
    body = _sound(code, body)
    if code in shipped_codes():
        raise BadInput(TAKEN, field="code")
    moment = now()
    try:
        with transaction.atomic():
            pack = Pack.objects.create(
                code=code,
                unit=unit_of_maker(by),
                body=body,
                proposals=list(proposals),
                file=file,
                created_at=moment,
                created_by=by,
                changed_at=moment,
            )
    except IntegrityError as problem:
        raise BadInput(TAKEN, field="code") from problem
    record(by, "rulebook.pack_created", pack, after={**_facts(pack), "unit": pack.unit.code})
    return pack


def pack_stamp(pack: Pack) -> str:
    """What the pack is now; a save that saw another one is refused."""
    return digest_of([pack.body, pack.proposals])


@transaction.atomic
def change_pack(
    pack: Pack,
    body: Body,
    *,
    proposals: Iterable[Any] | None = None,
    seen: str = "",
    by: User,
) -> Pack:
    """Write a pack anew; regulations adopted from it stay as they are.

    `proposals` None leaves them. Raises PackProblems, ChangedMeanwhile and PackWithdrawn.
    """
    found = _open(pack)
    if seen and seen != pack_stamp(found):
        raise ChangedMeanwhile()
    before = _facts(found)
    found.body = _sound(found.code, body)
    if proposals is not None:
        found.proposals = list(proposals)
    found.changed_at = now()
    found.save(update_fields=["body", "proposals", "changed_at"])
    record(by, "rulebook.pack_changed", found, before=before, after=_facts(found))
    return found


@transaction.atomic
def withdraw_pack(pack: Pack, *, by: User) -> None:
    """Offer a pack no longer; regulations adopted from it stay as they are."""
    found = _open(pack)
    Pack.objects.filter(pk=found.pk).update(withdrawn_at=now())
    record(by, "rulebook.pack_withdrawn", found)


def _open(pack: Pack) -> Pack:
    found = Pack.objects.select_for_update().get(pk=pack.pk)
    if found.withdrawn_at is not None:
        raise PackWithdrawn()
    return found


def _sound(code: str, body: Body) -> Body:
    body = {**body, "id": code}
    problems = problems_of_own(body)
    if problems:
        raise PackProblems(problems)
    return body


def _facts(pack: Pack) -> dict[str, Any]:
    return {"sha256": digest_of(pack.body), "clauses": len(pack.body["clauses"])}

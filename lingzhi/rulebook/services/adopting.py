"""Adopting a pack for a unit, and beginning a new version."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Regulation, Version
from lingzhi.rulebook.packs import Body, body_of_pack, content_of
from lingzhi.rulebook.queries import latest_version, open_draft
from lingzhi.rulebook.services.versions import DraftExists, NothingInForce, draft, new_version

Reason = Version.Reason


class AlreadyAdopted(DomainError):
    message = _("This unit has adopted this pack already. Begin a new version instead.")


@transaction.atomic
def start_adoption(pack_code: str, unit: Unit, *, by: User) -> Version:
    """The draft of a pack's first version for a unit; nothing is in force yet.

    Raises UnknownPack, PackProblems (naming all of them), AlreadyAdopted and DraftExists.
    """
    body = body_of_pack(pack_code)
    regulation = _regulation(pack_code, unit, body)
    if latest_version(regulation) is not None:
        raise AlreadyAdopted()
    version = new_version(regulation, body, reason_kind=Reason.FIRST, reason="", by=by)
    after = {"pack": pack_code, "edition": body.get("edition", 1), "unit": unit.code}
    record(by, "rulebook.adoption_started", version, after=after)
    return version


def _regulation(pack_code: str, unit: Unit, body: Body) -> Regulation:
    given = {"created_at": now(), "interpreter": content_of(body).interpreter[:80]}
    try:
        with transaction.atomic():
            return Regulation.objects.get_or_create(pack=pack_code, unit=unit, defaults=given)[0]
    except IntegrityError as problem:
        raise DraftExists() from problem


@transaction.atomic
def set_interpreter(regulation: Regulation, interpreter: str, *, by: User) -> Regulation:
    """Say who interprets the regulation (解释权)."""
    interpreter = interpreter.strip()
    if len(interpreter) > 80:
        raise BadInput(_("80 characters at most."), field="interpreter")
    before = regulation.interpreter
    if before == interpreter:
        return regulation
    Regulation.objects.filter(pk=regulation.pk).update(interpreter=interpreter)
    regulation.interpreter = interpreter
    record(
        by,
        "rulebook.interpreter_set",
        regulation,
        before={"interpreter": before},
        after={"interpreter": interpreter},
    )
    return regulation


@transaction.atomic
def revise(
    regulation: Regulation,
    *,
    reason_kind: str,
    reason: str,
    is_new_edition: bool = False,
    by: User,
) -> Version:
    """A draft of the next version: from what was last agreed to, or from the pack of today.

    Answers and decisions are kept. Raises NothingInForce and DraftExists.
    """
    if reason_kind not in Reason.values or not reason.strip():
        raise BadInput(_("Say why the regulation is changed."), field="reason")
    before = latest_version(regulation)
    if before is None:
        raise NothingInForce()
    if open_draft(regulation) is not None:
        raise DraftExists()
    body = body_of_pack(regulation.pack) if is_new_edition else before.body
    version = new_version(
        regulation,
        body,
        reason_kind=reason_kind,
        reason=reason.strip()[:300],
        by=by,
        answers=before.answers,
        resolutions=before.resolutions,
    )
    after = {"from": before.number, "reason_kind": reason_kind, "is_new_edition": is_new_edition}
    record(by, "rulebook.revision_started", version, after=after, reason=reason)
    return version


@transaction.atomic
def discard_draft(version: Version, *, by: User) -> None:
    """Throw a draft away; it stays on record as withdrawn. Raises NotADraft."""
    found = draft(version)
    Version.objects.filter(pk=found.pk).update(withdrawn_at=now(), withdrawn_by=by)
    record(by, "rulebook.draft_discarded", found)

"""Setting gates, checking what is to leave, letting it through despite a failure."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Gate, GateCheck, Sheet, SheetVersion
from lingzhi.inspections.queries.gates import latest_check
from lingzhi.inspections.services.correcting import AnswersMissing
from lingzhi.inspections.services.scoring import given_of
from lingzhi.org.models import Unit
from lingzhi_engine.sheet import as_data, score
from lingzhi_engine.sheet.fields import CODE


class NoSheetInForce(DomainError):
    message = _("The score sheet of this gate is not in force.")


class NotBlocked(DomainError):
    message = _("Only what failed its newest check is let through.")


class OwnCheck(DomainError):
    message = _("Somebody other than who checked it lets it through.")


class GateShut(DomainError):
    message = _("This gate is retired already.")


@transaction.atomic
def set_gate(kind: str, title: str, *, unit: Unit, sheet: Sheet, by: User) -> Gate:
    """A new gate. Raises BadInput for a code that is taken or a sheet without a passing line."""
    if not CODE.fullmatch(kind):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="kind")
    if Gate.objects.filter(kind=kind).exists():
        raise BadInput(_("Another gate has this code."), field="kind")
    if version_of(sheet).read().passes_at is None:
        raise BadInput(_("A sheet without a passing line guards nothing."), field="sheet")
    made = Gate.objects.create(
        kind=kind, title=title, unit=unit, sheet=sheet, set_at=now(), set_by=by
    )
    record(by, "inspections.gate_set", made, after={"kind": kind, "sheet": sheet.code})
    return made


def version_of(sheet: Sheet) -> SheetVersion:
    """The version in force. Raises NoSheetInForce."""
    found = sheet.versions.filter(state=SheetVersion.State.ACTIVE).first()
    if found is None:
        raise NoSheetInForce()
    return found


@transaction.atomic
def check_deliverable(
    gate: Gate, reference: str, answers: Mapping[str, Any], *, by: User
) -> GateCheck:
    """Check it with the sheet in force. Raises BadInput where an answer does not fit, and
    AnswersMissing where one is asked for."""
    if not reference.strip():
        raise BadInput(_("Say which one it is."), field="reference")
    version = version_of(gate.sheet)
    sheet = version.read()
    given = given_of(sheet, answers, {})
    found = score(sheet, given)
    if not found.is_complete:
        raise AnswersMissing()
    made = GateCheck.objects.create(
        gate=gate, reference=reference.strip(), version=version, answers=as_data(given),
        value=found.value, is_passed=found.is_passed is True, checked_at=now(), checked_by=by,
    )  # fmt: skip
    after = {"reference": made.reference, "passed": made.is_passed, "score": str(made.value)}
    record(by, "inspections.gate_checked", made, after=after)
    return made


@transaction.atomic
def let_through(check: GateCheck, *, reason: str, by: User) -> None:
    """Let something out that failed. Raises NotBlocked, OwnCheck, BadInput without a reason."""
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    if check.checked_by_id == by.pk:
        raise OwnCheck()
    if latest_check(check.gate, check.reference) != check:
        raise NotBlocked()
    blocked = GateCheck.objects.filter(pk=check.pk, is_passed=False, released_at=None)
    changes = {"released_at": now(), "released_by": by, "release_reason": reason.strip()[:300]}
    if not blocked.update(**changes):
        raise NotBlocked()
    record(by, "inspections.gate_let_through", check, reason=reason)


@transaction.atomic
def retire_gate(gate: Gate, *, by: User) -> None:
    """From now on nothing guards this kind; the checks stay."""
    if not Gate.objects.filter(pk=gate.pk, retired_at=None).update(retired_at=now()):
        raise GateShut()
    record(by, "inspections.gate_retired", gate)

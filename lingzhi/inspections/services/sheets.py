"""The life of a score sheet: draft, active, retired. A version that scored never changes."""

import hashlib
import json
from collections.abc import Mapping
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Sheet, SheetVersion
from lingzhi.inspections.services.rules import ChangedMeanwhile
from lingzhi.inspections.wording.sheets import in_words
from lingzhi_engine.sheet import InvalidSheet, Problem, read_sheet
from lingzhi_engine.sheet.fields import CODE

State = SheetVersion.State
Content = Mapping[str, Any]


class NotADraftSheet(DomainError):
    message = _("This version has scored conversations: make a new version instead.")


class NotInForceSheet(DomainError):
    message = _("Only the version in force can be retired.")


class SheetProblems(BadInput):
    """A sheet cannot be put into force as it is: every problem with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(in_words(problem) for problem in problems), field="content")
        self.problems = problems


def problems_of(content: Content) -> tuple[Problem, ...]:
    """What keeps a draft from being put into force."""
    try:
        read_sheet(content)
    except InvalidSheet as invalid:
        return invalid.problems
    return ()


@transaction.atomic
def create_sheet(code: str, content: Content, *, note: str = "", by: User | None) -> SheetVersion:
    """A new sheet with its first draft; whoever creates it owns it."""
    if not CODE.fullmatch(code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if Sheet.objects.filter(code=code).exists():
        raise BadInput(_("Another score sheet has this code."), field="code")
    sheet = Sheet.objects.create(code=code, owner=by, created_at=now())
    version = _write(SheetVersion(sheet=sheet, number=1, created_by=by), content, note)
    record(by, "inspections.sheet_created", sheet, after=_audited(version), reason=note)
    return version


def free_code(word: str) -> str:
    """A code that no sheet has yet: the word itself, else with a number."""
    taken = set(Sheet.objects.filter(code__startswith=word).values_list("code", flat=True))
    numbered = (f"{word}_{number}" for number in count(2))
    return next(code for code in chain([word], numbered) if code not in taken)


def revise_sheet(sheet: Sheet, *, by: User) -> SheetVersion:
    """The draft of a sheet; where there is none, a new one like the version in force or newest."""
    versions = {version.state: version for version in sheet.versions.order_by("number")}
    if State.DRAFT in versions:
        return versions[State.DRAFT]
    last = versions.get(State.ACTIVE) or versions[State.RETIRED]
    return save_sheet(sheet, last.content, by=by)


@transaction.atomic
def save_sheet(
    sheet: Sheet, content: Content, *, note: str = "", seen: str = "", by: User | None
) -> SheetVersion:
    """Save the content as the sheet's draft: the draft there is, or a new version.

    A draft may be unfinished; only putting it into force asks that it is whole. `seen` is the
    `stamp_of_draft` when the content was opened: what somebody else saved since is not overwritten.
    """
    Sheet.objects.select_for_update().get(pk=sheet.pk)
    draft = sheet.versions.filter(state=State.DRAFT).first()
    if seen and seen != stamp_of_draft(draft):
        raise ChangedMeanwhile()
    version = draft or SheetVersion(sheet=sheet, number=_next_number(sheet), created_by=by)
    _write(version, content, note)
    record(by, "inspections.sheet_saved", sheet, after=_audited(version), reason=note)
    return version


def stamp_of_draft(draft: SheetVersion | None) -> str:
    """What changes whenever the draft of a sheet is saved."""
    return draft.changed_at.isoformat() if draft else "none"


def _next_number(sheet: Sheet) -> int:
    highest = sheet.versions.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _write(version: SheetVersion, content: Content, note: str) -> SheetVersion:
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    version.changed_at = now()
    if version.pk is None:
        version.created_at = version.changed_at
    version.content = json.loads(written)
    version.title = str(content.get("title") or version.sheet.code)[:250]
    version.sha256 = hashlib.sha256(written.encode()).hexdigest()
    version.note = note[:300]
    version.save()
    return version


def _audited(version: SheetVersion) -> dict[str, Any]:
    return {"version": version.number, "sha256": version.sha256}


@transaction.atomic
def discard_sheet_draft(version: SheetVersion, *, by: User) -> None:
    """Throw a draft away; a sheet that never had another version goes with it."""
    sheet = version.sheet
    gone, _rows = SheetVersion.objects.filter(pk=version.pk, state=State.DRAFT).delete()
    if not gone:
        raise NotADraftSheet()
    record(by, "inspections.sheet_discarded", sheet, before={"version": version.number})
    if not sheet.versions.exists():
        sheet.delete()


@transaction.atomic
def activate_sheet(version: SheetVersion, *, reason: str = "", by: User | None) -> None:
    """Put a draft into force; scores under the version before it stay under that version."""
    if problems := problems_of(version.content):
        raise SheetProblems(problems)
    before = version.sheet.versions.filter(state=State.ACTIVE)
    before.update(state=State.RETIRED, retired_at=now(), retire_reason=reason[:300])
    claimed = SheetVersion.objects.filter(pk=version.pk, state=State.DRAFT).update(
        state=State.ACTIVE, activated_at=now(), activated_by=by
    )
    if not claimed:
        raise NotADraftSheet()
    record(by, "inspections.sheet_activated", version.sheet, after=_audited(version), reason=reason)


@transaction.atomic
def retire_sheet(version: SheetVersion, *, reason: str, by: User) -> None:
    """Take a version out of force: nothing new is scored with it."""
    claimed = SheetVersion.objects.filter(pk=version.pk, state=State.ACTIVE).update(
        state=State.RETIRED, retired_at=now(), retire_reason=reason[:300]
    )
    if not claimed:
        raise NotInForceSheet()
    record(by, "inspections.sheet_retired", version.sheet, after=_audited(version), reason=reason)

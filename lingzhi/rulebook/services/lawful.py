"""Putting on record how a clause was lawfully adopted; filling slots for other documents."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.files.models import StoredFile
from lingzhi.rulebook.models import Clause, LawfulStep, Regulation, Slot
from lingzhi.rulebook.packs import content_of
from lingzhi.rulebook.queries import steps_lacking


@transaction.atomic
def record_lawful_step(
    regulation: Regulation,
    number: str,
    kind: str,
    *,
    on: date,
    note: str = "",
    file: StoredFile | None = None,
    by: User,
) -> LawfulStep:
    """Record one step for a clause; with the last one it is advisory no more (劳动合同法第四条).

    A step counts for the wording it was taken for: a changed clause needs its steps anew.
    """
    _require_step(regulation, number, kind, on)
    step = LawfulStep.objects.create(
        regulation=regulation,
        number=number,
        kind=kind,
        on=on,
        note=note.strip()[:300],
        file=file,
        recorded_at=now(),
        recorded_by=by,
    )
    after = {"clause": number, "step": kind, "on": on.isoformat()}
    record(by, "rulebook.lawful_step_recorded", step, after=after)
    _make_binding(regulation, number)
    return step


def _require_step(regulation: Regulation, number: str, kind: str, on: date) -> None:
    if kind not in LawfulStep.Kind.values:
        raise BadInput(_("There is no such step."), field="kind")
    if on > today():
        raise BadInput(_("This day has not come yet."), field="on")
    for version in regulation.versions.filter(withdrawn_at=None):
        clause = content_of(version.body).clause(number)
        if clause and clause.touches:
            return
    raise BadInput(_("No such clause touches pay, discipline or working time."), field="number")


def _make_binding(regulation: Regulation, number: str) -> None:
    rows = Clause.objects.filter(version__regulation=regulation, number=number, is_advisory=True)
    for clause in rows.filter(version__withdrawn_at=None).select_related("version__regulation"):
        if not steps_lacking(clause.version, number):
            Clause.objects.filter(pk=clause.pk).update(is_advisory=False)
            record(None, "rulebook.clause_made_binding", clause, after={"clause": number})


@transaction.atomic
def fill_slot(regulation: Regulation, key: str, file: StoredFile, *, by: User) -> Slot:
    """Put a document into a slot that the regulation names; a newer one takes its place."""
    bodies = regulation.versions.filter(withdrawn_at=None).values_list("body", flat=True)
    if not any(slot["key"] == key for body in bodies for slot in body.get("slots") or ()):
        raise BadInput(_("The regulation names no such document."), field="key")
    before = Slot.objects.filter(regulation=regulation, key=key).first()
    values = {"file": file, "filled_at": now(), "filled_by": by}
    slot = Slot.objects.update_or_create(regulation=regulation, key=key, defaults=values)[0]
    record(
        by,
        "rulebook.slot_filled",
        slot,
        before={"file": before.file_id if before else None},
        after={"file": file.pk},
    )
    return slot

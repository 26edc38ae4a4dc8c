"""Opening a joint inspection, recording what is seen, signing the record."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import JointInspection, JointInspector, JointRecord
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import teams_on

FAULTS = {JointRecord.Class.MINOR, JointRecord.Class.MAJOR}


class RecordSigned(DomainError):
    message = _("Somebody has signed: nothing is added to the record any more.")


class SignedBefore(DomainError):
    message = _("You have signed already.")


class NothingRecorded(DomainError):
    message = _("Nothing is recorded yet.")


@transaction.atomic
def open_joint_inspection(
    title: str, *, unit: Unit, held_on: date, inspectors: Sequence[User], scope: str = "", by: User
) -> JointInspection:
    """Open one; who opens it leads it and takes part. Everybody is told.

    Raises BadInput unless the inspectors come from at least two units.
    """
    people = list(dict.fromkeys([by, *inspectors]))
    homes = teams_on(today(), [one.pk for one in people])
    if len(homes) < len(people) or len({one.pk for one in homes.values()}) < 2:
        raise BadInput(_("Inspectors of at least two units take part."), field="inspectors")
    made = JointInspection.objects.create(
        title=title, unit=unit, held_on=held_on, scope=scope, led_by=by, opened_at=now()
    )
    JointInspector.objects.bulk_create(
        JointInspector(inspection=made, person=one, unit=homes[one.pk]) for one in people
    )
    record(by, "inspections.joint_opened", made, after={"inspectors": len(people)})
    url = reverse("inspections:joint", args=[made.pk])
    told = _("You take part in a joint inspection")
    tell(people, told, is_todo=True, url=url, matter=_matter(made))
    return made


def _matter(inspection: JointInspection) -> str:
    return f"inspections.joint/{inspection.pk}"


@transaction.atomic
def add_record(
    inspection: JointInspection, classified: str, words: str, *, evidence: str = "", by: User
) -> JointRecord:
    """Put down what was seen. Raises RecordSigned, and BadInput for a fault without evidence."""
    locked = JointInspection.objects.select_for_update().get(pk=inspection.pk)
    if locked.sha256:
        raise RecordSigned()
    if not words.strip():
        raise BadInput(_("Say what was seen."), field="words")
    if classified in FAULTS and not evidence.strip():
        raise BadInput(_("A fault needs its evidence."), field="evidence")
    made = JointRecord.objects.create(
        inspection=locked, classified=classified, words=words.strip(), evidence=evidence.strip(),
        recorded_at=now(), recorded_by=by,
    )  # fmt: skip
    record(by, "inspections.joint_recorded", locked, after={"class": str(classified)})
    return made


@transaction.atomic
def sign_record(inspection: JointInspection, *, remark: str = "", by: User) -> None:
    """Sign the record as it stands; the last signature ends the inspection.

    Raises NothingRecorded and SignedBefore.
    """
    locked = JointInspection.objects.select_for_update().get(pk=inspection.pk)
    if not locked.records.exists():
        raise NothingRecorded()
    mine = locked.inspectors.filter(person=by, signed_at=None)
    if not mine.update(signed_at=now(), remark=remark.strip()[:300]):
        raise SignedBefore()
    if not locked.sha256:
        locked.sha256 = digest_of(locked)
    if not locked.inspectors.filter(signed_at=None).exists():
        locked.closed_at = now()
        settle_matter(_matter(locked))
    locked.save(update_fields=["sha256", "closed_at"])
    record(by, "inspections.joint_signed", locked, after={"sha256": locked.sha256})
    inspection.refresh_from_db()


def digest_of(inspection: JointInspection) -> str:
    """SHA-256 of what was recorded, in order: the same record has the same."""
    rows = inspection.records.order_by("pk").values_list(
        "classified", "words", "evidence", "recorded_by_id"
    )
    return hashlib.sha256(json.dumps(list(rows), ensure_ascii=False).encode()).hexdigest()

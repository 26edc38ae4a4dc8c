"""Mediation, settlement, arbitration, court: recorded with the body and its papers."""

from datetime import date
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Complaint, Dispute, DisputePaper
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.services import store_file

PURPOSE = "complaints"
TAKEN = {".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".txt", ".ofd"}


class DisputeOver(DomainError):
    message = _("This proceeding has ended.")


@transaction.atomic
def begin_dispute(
    complaint: Complaint, kind: str, body: str, number: str, began_on: date, *, by: User
) -> Dispute:
    """The customer, or we, turned to a body outside."""
    made = Dispute.objects.create(
        complaint=complaint, kind=kind, body=demanded(body, 120, field="body"),
        number=number.strip()[:60], began_on=began_on,
    )  # fmt: skip
    record(by, "cases.dispute_begun", complaint, after={"kind": kind, "dispute": made.pk})
    return made


@transaction.atomic
def end_dispute(dispute: Dispute, result: str, ended_on: date, *, by: User) -> None:
    """How it ended. Raises BadInput for an end before its beginning."""
    if ended_on < dispute.began_on:
        raise BadInput(_("It cannot end before it began."), field="ended_on")
    words = demanded(result, 1000, field="result")
    ended = Dispute.objects.filter(pk=dispute.pk, ended_on=None).update(
        result=words, ended_on=ended_on
    )
    if not ended:
        raise DisputeOver()
    record(by, "cases.dispute_ended", dispute.complaint, after={"dispute": dispute.pk})


def add_paper(dispute: Dispute, title: str, name: str, source: BinaryIO, *, by: User) -> None:
    """Keep a document of the proceeding. Raises BadInput for kinds of files that are not taken."""
    if PurePath(name).suffix.lower() not in TAKEN:
        raise BadInput(_("Such files are not taken here."), field="file")
    words = demanded(title, 120, field="title")
    stored = store_file(source, name=name, purpose=PURPOSE, by=by)
    DisputePaper.objects.create(
        dispute=dispute, file=stored, title=words, added_at=now(), added_by=by
    )

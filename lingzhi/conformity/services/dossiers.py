"""Audit files: asked for, made in the background, taken away."""

import hashlib
import io

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.conformity.models import Dossier, DossierReceipt
from lingzhi.conformity.printing.content import with_annexes
from lingzhi.conformity.printing.files import file_bytes
from lingzhi.conformity.queries.periods import Period
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.files.models import StoredFile
from lingzhi.files.services import store_file
from lingzhi.jobs.services import later
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version

PURPOSE = "dossier"


@transaction.atomic
def ask_for_dossier(
    version: Version, unit: Unit, period: Period, form: str, *, by: User
) -> Dossier:
    """Have the audit file made; one that this person waits for already is not made twice."""
    asked = {
        "version": version, "unit": unit, "first_on": period.first, "last_on": period.last,
        "form": form, "language": translation.get_language() or "zh-hans", "asked_by": by,
    }  # fmt: skip
    waiting = Dossier.objects.filter(made_at=None, problem="", **asked).first()
    if waiting is not None:
        return waiting
    dossier = Dossier.objects.create(asked_at=now(), **asked)
    after = {"form": form, "unit": unit.code, "from": str(period.first), "to": str(period.last)}
    record(by, "conformity.dossier_asked", dossier, after=after)
    later("conformity.make_dossier", queue="long", dossier_id=dossier.pk)
    return dossier


def make_dossier(dossier: Dossier) -> None:
    """Make the file and tell who asked. Doing so twice changes nothing.

    What the machine lacks for it is kept as the problem, in the language of who asked.
    """
    if dossier.made_at is not None or dossier.problem:
        return
    with translation.override(dossier.language):
        try:
            content = file_bytes(with_annexes(dossier), dossier.form)
        except DomainError as problem:
            Dossier.objects.filter(pk=dossier.pk).update(problem=str(problem.sentence)[:300])
            return
        _keep(dossier, content)


@transaction.atomic
def _keep(dossier: Dossier, content: bytes) -> None:
    name = f"audit-{dossier.version.regulation.pack}-{dossier.first_on}-{dossier.last_on}"
    dossier.file = _same(content) or store_file(
        io.BytesIO(content), name=f"{name}.{dossier.form}", purpose=PURPOSE, by=dossier.asked_by
    )
    dossier.made_at = now()
    dossier.save(update_fields=["file", "made_at"])
    after = {"sha256": dossier.file.sha256}
    record(None, "conformity.dossier_made", dossier, after=after)
    url = reverse("conformity:dossiers", args=[dossier.version.regulation_id])
    title = _("The audit file is ready")
    matter = f"conformity.dossier/{dossier.pk}"
    tell([dossier.asked_by], title, body=dossier.version.title, url=url, matter=matter)


def _same(content: bytes) -> StoredFile | None:
    """The same bytes as they were kept before."""
    digest = hashlib.sha256(content).hexdigest()
    return StoredFile.objects.filter(purpose=PURPOSE, sha256=digest).order_by("pk").first()


@transaction.atomic
def take_dossier(dossier: Dossier, *, by: User) -> None:
    """Note who takes the file away."""
    assert dossier.file is not None
    DossierReceipt.objects.create(dossier=dossier, person=by, taken_at=now())
    after = {"sha256": dossier.file.sha256}
    record(by, "conformity.dossier_taken", dossier, after=after)

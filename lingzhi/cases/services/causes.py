"""The dictionary of causes (客诉原因) as the house keeps it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Cause, Complaint
from lingzhi.cases.services.retiring import RetiredAlready, retired
from lingzhi.cases.services.words import demanded
from lingzhi.core.errors import BadInput
from lingzhi_engine.flow.reading import CODE

SAID = ("kind", "industry", "title")


@transaction.atomic
def keep_cause(row: Cause, *, reason: str, by: User) -> Cause:
    """Add a cause, or change it. Whether it is one of quality stays once complaints are sorted by
    it: figures of months past would change. Raises BadInput, RetiredAlready.
    """
    if not CODE.fullmatch(row.code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    taken = BadInput(_("Another cause has this code."), field="code")
    if Cause.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        raise taken
    words = demanded(reason, 300, field="reason")
    rows = Cause.objects.select_for_update().filter(pk=row.pk)
    known = rows.values("retired_at", *SAID).first()
    if known and known.pop("retired_at"):
        raise RetiredAlready()
    if known and known["kind"] != row.kind and Complaint.objects.filter(cause=row).exists():
        raise BadInput(
            _("Complaints are sorted by this cause: retire it, and add another of the other kind."),
            field="kind",
        )
    try:
        with transaction.atomic():
            row.save(update_fields=["code", *SAID] if known else None)
    except IntegrityError:  # somebody else added it in this moment
        raise taken from None
    after = {"code": row.code, **{name: getattr(row, name) for name in SAID}}
    record(by, "cases.cause_set", row, before=known, after=after, reason=words)
    return row


@transaction.atomic
def retire_cause(row: Cause, *, reason: str, by: User) -> None:
    """No complaint is sorted by it any more; those that are stay so."""
    words = retired(row, reason)
    record(by, "cases.cause_retired", row, after={"code": row.code}, reason=words)

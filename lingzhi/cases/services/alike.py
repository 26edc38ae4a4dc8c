"""One matter in several complaints: linked, after somebody looked at them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Complaint
from lingzhi.cases.queries.alike import group_of, repeats_of
from lingzhi.core.errors import BadInput


@transaction.atomic
def link_alike(complaint: Complaint, other: int, *, by: User) -> None:
    """The other was the same customer's before it (重复), or is of the same group (群体)."""
    found = repeats_of(complaint).filter(pk=other).first()
    link = "repeats" if found else "group"
    found = found or group_of(complaint).filter(pk=other).first()
    if found is None:
        raise BadInput(_("These are not alike."), field="other")
    head = found.group_id or found.pk if link == "group" else found.pk
    if head == complaint.pk:
        head = found.pk
    Complaint.objects.filter(pk=complaint.pk).update(**{f"{link}_id": head})
    record(by, "cases.complaints_linked", complaint, after={link: head})

"""What customers' files are checked for."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.quality import DOUBLE, MISSING, QualityCheck
from lingzhi.customers.models import Customer, Identifier, Likeness

REACHED_BY = (Identifier.Kind.PHONE, Identifier.Kind.EMAIL, Identifier.Kind.ACCOUNT)


def _records(_since: datetime) -> QuerySet[Customer]:
    """Every file that is in use, however old: doubles do not age."""
    return Customer.objects.filter(merged_into=None, erased_at=None)


def _name(row: Customer) -> str:
    return f"#{row.pk}"


def _url(row: Customer) -> str:
    return reverse("customers:detail", args=[row.pk])


_REACHED = Identifier.objects.filter(customer=OuterRef("pk"), kind__in=REACHED_BY)
_LIKE = Likeness.objects.filter(first=OuterRef("pk"), dismissed_at=None)
_UNREACHED = QualityCheck(
    "customers.unreached", MISSING, _("customers"), _("without phone, e-mail or account"),
    _records, ~Q(Exists(_REACHED)), _name, _url, "customers.read", unit_path="",
)  # fmt: skip
_DOUBLE = QualityCheck(
    "customers.double", DOUBLE, _("customers"), _("that look like another file, undecided"),
    _records, Q(Exists(_LIKE)), _name, _url, "customers.read", unit_path="",
)  # fmt: skip
QUALITY = (_UNREACHED, _DOUBLE)

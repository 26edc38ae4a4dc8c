"""What the house keeps in lists is retired, never deleted: what was sorted by it stays readable."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError


class RetiredAlready(DomainError):
    message = _("It was retired already.")


def retired(row: Any, reason: str) -> str:
    """Retire a row that has `retired_at`, in the caller's transaction; the reason as it is kept.

    Raises BadInput without a reason, RetiredAlready.
    """
    words = demanded(reason, 300, field="reason")
    claimed = type(row).objects.filter(pk=row.pk, retired_at=None).update(retired_at=now())
    if not claimed:
        raise RetiredAlready()
    return words

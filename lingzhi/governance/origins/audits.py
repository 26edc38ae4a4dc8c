"""Nonconformities of audits, as what may be put right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.governance.models import NONCONFORMITIES, AuditLine
from lingzhi.governance.queries.audits import NONCONFORMITY as KIND
from lingzhi.governance.queries.audits import audits_visible_to


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    rows = AuditLine.objects.filter(
        pk__in=keys, verdict__in=NONCONFORMITIES, audit__in=audits_visible_to(user).values("pk")
    ).select_related("audit", "clause")
    return {
        one.pk: Found(
            f"{one.audit.number} · {one.label}"[:120], reverse("governance:line", args=[one.pk]),
            one.unit_id, words=one.words,
        )
        for one in rows
    }  # fmt: skip


def _again(key: int, since: datetime) -> str:
    """A later audit found the same clause not kept in the same unit."""
    old = AuditLine.objects.select_related("clause__version").filter(pk=key).first()
    if old is None or old.clause is None:
        return ""
    rows = AuditLine.objects.filter(
        clause__number=old.clause.number, verdict__in=NONCONFORMITIES, unit=old.unit_id,
        clause__version__regulation=old.clause.version.regulation_id, answered_at__gt=since,
    ).exclude(pk=key)  # fmt: skip
    found = rows.select_related("audit", "clause").order_by("answered_at").first()
    return f"{found.audit.number} · {found.label}: {found.words}"[:300] if found else ""


NONCONFORMITY = Origin(KIND, _("Nonconformity of an audit"), _find, _again)

"""Cases and complaints as what may be put right."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Improvement
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.summaries import improvements_visible_to
from lingzhi.core.origins import Found, Origin


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    return {
        one.pk: Found(
            f"{one.number} {one.title}", reverse("cases:case", args=[one.pk]), one.unit_id
        )
        for one in cases_visible_to(user).filter(pk__in=keys)
    }


def _proposals(user: Any, keys: Collection[int]) -> dict[int, Found]:
    rows = improvements_visible_to(user).filter(pk__in=keys, state=Improvement.State.ADOPTED)
    return {
        one.pk: Found(
            one.text[:120], reverse("cases:summary", args=[one.summary_id]), one.summary.unit_id,
            words=one.text,
        )
        for one in rows
    }  # fmt: skip


PROPOSAL = Origin("cases.proposal", _("Adopted proposal of staff"), _proposals)
CASE = Origin("cases.case", _("Complaint or case"), _find)

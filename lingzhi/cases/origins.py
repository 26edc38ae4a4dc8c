"""Cases and complaints as what may be put right."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.core.origins import Found, Origin


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    return {
        one.pk: Found(
            f"{one.number} {one.title}", reverse("cases:case", args=[one.pk]), one.unit_id
        )
        for one in cases_visible_to(user).filter(pk__in=keys)
    }


CASE = Origin("cases.case", _("Complaint or case"), _find)

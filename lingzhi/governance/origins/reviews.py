"""What reviews decided, as what may be put right."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.governance.queries.reviews import DECISION, decisions_visible_to


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    return {
        one.pk: Found(
            f"{one.review.number} {one.review.get_kind_display()}"[:120],
            reverse("governance:review", args=[one.review_id]),
            one.review.unit_id, words=one.words,
        )
        for one in decisions_visible_to(user).filter(pk__in=keys)
    }  # fmt: skip


REVIEW_DECISION = Origin(DECISION, _("Decision of a review"), _find)

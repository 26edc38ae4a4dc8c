"""What meetings decided, as what may be put right."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.governance.queries.meetings import decisions_visible_to


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    return {
        one.pk: Found(
            f"{one.meeting.series.name} {localdate(one.meeting.begins_at)}",
            reverse("governance:meeting", args=[one.meeting_id]),
            one.meeting.series.unit_id, words=one.words,
        )
        for one in decisions_visible_to(user).filter(pk__in=keys)
    }  # fmt: skip


DECISION = Origin("governance.decision", _("Decision of a meeting"), _find)

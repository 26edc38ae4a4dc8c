"""Conversations as what may be put right: by what was found in them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.queries import visible_to
from lingzhi.core.origins import Found, Origin


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    rows = visible_to(user).filter(pk__in=keys).select_related("channel")
    return {
        one.pk: Found(
            f"{one.channel} {date_format(localtime(one.started_at), 'Y-m-d H:i')}",
            reverse("contacts:detail", args=[one.pk]), one.unit_id,
        )
        for one in rows
    }  # fmt: skip


CONTACT = Origin("contacts.contact", _("Finding in a conversation"), _find)

"""What a run is about, in words."""

from django.utils.translation import gettext as _

from lingzhi.contacts.models import Channel
from lingzhi.contacts.queries import Filters
from lingzhi.org.models import Unit


def filters_in_words(filters: Filters) -> str:
    """The filters of a run as one line; everything where nothing narrows."""
    parts = [_days(filters)]
    if filters.channel:
        channel = Channel.objects.filter(code=filters.channel).first()
        parts.append(channel.label if channel else filters.channel)
    if filters.unit:
        unit = Unit.objects.filter(pk=filters.unit).first()
        parts.append(unit.name if unit else str(filters.unit))
    parts.append(filters.agent)
    return " · ".join(part for part in parts if part) or _("all conversations")


def _days(filters: Filters) -> str:
    if not filters.from_on and not filters.to_on:
        return ""
    return f"{filters.from_on or '…'} – {filters.to_on or '…'}"

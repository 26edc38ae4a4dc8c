"""Parts of the conversations as people name them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lingzhi.contacts.models import Channel
from lingzhi.inspections.queries.coverage import Covered
from lingzhi.inspections.wording.plans import LENGTHS


def named(lines: Iterable[Covered], by: str) -> list[Covered]:
    """Each part with its name in words."""
    channels = {one.code: one.label for one in Channel.objects.all()} if by == "channel" else {}
    return [line._replace(name=_name(line, by, channels)) for line in lines]


def _name(line: Covered, by: str, channels: dict[str, str]) -> str:
    if line.key is None:
        return _("Unknown")
    if by == "channel":
        return channels.get(line.key, line.name)
    if by == "hour":
        return f"{line.key:02}:00–{line.key + 1:02}:00"
    return LENGTHS[line.key] if by == "length" else line.name


def never_looked_at(agents: list[Covered]) -> list[Covered]:
    """Agents of whom people scored nothing, those with most conversations first."""
    unseen = [one for one in agents if one.key is not None and not one.scored]
    return sorted(unseen, key=lambda one: -one.size)

"""Targets with the clause that set them, in words that lead there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from lingzhi.core.channels import channel_words
from lingzhi.kpis.models import Target
from lingzhi.rulebook.models import Control


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A target; `clause` and `url` are empty where a person set it."""

    target: Target
    channel: str
    clause: str
    url: str


def shown_targets(targets: Iterable[Target]) -> list[ShownTarget]:
    """Each with the title of its regulation and the number of its clause (two queries in all)."""
    found = list(targets)
    wanted = {one.control_id for one in found if one.control_id is not None}
    rows = Control.objects.filter(pk__in=wanted).select_related("clause__version__regulation")
    controls = {one.pk: one for one in rows}
    channels = channel_words()
    return [
        ShownTarget(
            one,
            channels.get(one.channel, one.channel),
            *_clause(controls.get(one.control_id or 0), one),
        )
        for one in found
    ]


def _clause(control: Control | None, target: Target) -> tuple[str, str]:
    """A control that is gone leaves the reference that was stored with the target."""
    if control is None:
        return target.reference, ""
    version, number = control.clause.version, control.clause.number
    url = reverse("rulebook:clause", args=[version.regulation_id, number])
    return f"{version.title} {number}", url

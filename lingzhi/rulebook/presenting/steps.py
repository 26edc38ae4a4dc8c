"""The steps of the wizard, and what is still to be done in each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import conflicts_of, gaps_of

LABELS: dict[str, str | Promise] = {
    "figures": _("Figures"),
    "conflicts": _("Conflicts"),
    "text": _("Text"),
    "start": _("Start"),
}
VIEWS = {"figures": "figures", "conflicts": "conflicts", "text": "preview", "start": "start"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its page, and how much is left to do there."""

    label: str
    url: str
    left: int
    is_current: bool


def steps_of(version: Version, current: str) -> list[Step]:
    left = {
        "figures": len(gaps_of(version)),
        "conflicts": sum(not one.is_decided for one in conflicts_of(version)),
    }
    return [
        Step(
            f"{at}. {label}",
            reverse(f"rulebook:{VIEWS[code]}", args=[version.pk]),
            left.get(code, 0),
            code == current,
        )
        for at, (code, label) in enumerate(LABELS.items(), 1)
    ]

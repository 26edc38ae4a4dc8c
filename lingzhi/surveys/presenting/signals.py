"""The signs as people read them: what each counts, and those who stand out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.surveys.queries.signals import Sign

WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "forgotten": (
        _("Not asked in time"),
        _("Of services whose customer was to be asked, beside all other agents."),
    ),
    "hung_up": (
        _("Hung up before the question"),
        _("Of services whose customer was to be asked, beside all other agents."),
    ),
    "trouble_not_asked": (
        _("Not asked where the customer came again"),
        _("Services after which the customer came again within three days, beside the same agent's"
          " other services."),
    ),
    "hasty": (
        _("Answered quicker than anybody reads"),
        _("Under two seconds a question, of finished questionnaires with three answers or more;"
          " beside all other agents."),
    ),
    "all_best": (
        _("Every judgement the best one"),
        _("Of questionnaires with four judgements or more; beside all other agents."),
    ),
    "by_hand": (
        _("Better where a person asked"),
        _("Satisfied where somebody sent the link or wrote the answers down, beside the same"
          " agent's customers who were asked by rule."),
    ),
}  # fmt: skip
MOST = 12  # of each sign: those who stand out come first


@dataclass(frozen=True, slots=True)
class ShownSigns:
    """One sign with the people it was counted of."""

    title: str | Promise
    about: str | Promise
    lines: list[Sign]
    more: int
    raised: int


def shown_signs(signs: Iterable[Sign]) -> list[ShownSigns]:
    """The signs in their order of `WORDS`, each with those who stand out first."""
    several = list(signs)
    found = []
    for code, (title, about) in WORDS.items():
        lines = [one for one in several if one.code == code]
        if lines:
            raised = sum(one.is_raised for one in lines)
            found.append(ShownSigns(title, about, lines[:MOST], max(0, len(lines) - MOST), raised))
    return found

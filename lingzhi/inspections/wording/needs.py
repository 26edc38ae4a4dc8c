"""What a condition needs to know: what was said, times, records of other systems."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEEDS: dict[str, str | Promise] = {
    "text": _("what was said"),
    "timing": _("times of the turns"),
    "roles": _("who speaks"),
    "metadata": _("data of the conversation"),
    "emotion": _("emotions heard"),
    "energy": _("levels of the voice"),
    "history": _("earlier contacts"),
    "complaints": _("complaints"),
    "tickets": _("tickets"),
    "promises": _("promises"),
    "surveys": _("surveys"),
    "clocks": _("time limits"),
    "screen": _("events of the screen"),
    "knowledge": _("articles"),
    "model": _("a trained model"),
    "judge": _("a language model"),
}


def need_in_words(need: str) -> str:
    """What the need or the table of records is called; one of a newer engine as it is."""
    return str(NEEDS.get(need, need))

"""What plans and draws are made of, in words: signs, strata, what is left out."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = dict[str, str | Promise]

SIGNS: Words = {
    "dissatisfied": gettext_lazy("rated two of five or worse"),
    "complaint": gettext_lazy("a complaint"),
    "escalation": gettext_lazy("escalated"),
    "severe": gettext_lazy("a severe problem was found"),
    "signal": gettext_lazy("a severe risk signal was found"),
    "new_staff": gettext_lazy("an agent in the first ninety days"),
    "repeat": gettext_lazy("the customer came back within a week"),
    "hit": gettext_lazy("any problem was found"),
    "long": gettext_lazy("ten minutes or longer"),
}
STRATA: Words = {
    "team": gettext_lazy("team"),
    "agent": gettext_lazy("agent"),
    "channel": gettext_lazy("channel"),
    "hour": gettext_lazy("time of day"),
    "length": gettext_lazy("length"),
}
LEFT_OUT: Words = {
    "silent": gettext_lazy("the customer says nothing"),
    "misdialled": gettext_lazy("misdialled or nuisance, by its outcome"),
}
PARTS: Words = {
    "must": gettext_lazy("in any case"),
    "nonhit": gettext_lazy("without a hit"),
    "random": gettext_lazy("all"),
    "risk": gettext_lazy("all, by risk"),
}
# The bands of `queries.frames.LENGTHS`.
LENGTHS = ("< 1 min", "1–3 min", "3–5 min", "5–10 min", "≥ 10 min")
Names = Mapping[str, Mapping[str, str]]


def sign_in_words(code: str) -> str:
    """A sign for which a conversation is looked at."""
    return str(SIGNS.get(code, code))


def stratum_in_words(stratum: str, names: Names) -> str:
    """`team:3/hour:8` as people read it; `names` has the names of teams, agents and channels."""
    if stratum in PARTS:
        return str(PARTS[stratum])
    parts = (part.partition(":") for part in stratum.split("/") if part)
    return " · ".join(_part(kind, value, names) for kind, _colon, value in parts) or _("all")


def _part(kind: str, value: str, names: Names) -> str:
    if not value:
        return _("unknown %(what)s") % {"what": STRATA.get(kind, kind)}
    if kind == "hour":
        return f"{int(value):02}–{int(value) + 4:02} h"
    if kind == "length":
        return LENGTHS[int(value)]
    return names.get(kind, {}).get(value, value)

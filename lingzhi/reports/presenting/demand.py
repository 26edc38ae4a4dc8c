"""What changed in demand, in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lingzhi.cases.models import CaseType
from lingzhi.core.templatetags.figures import share
from lingzhi.inspections.presenting.lines import conversations_url
from lingzhi.reports.facts import FACTS
from lingzhi.reports.queries.demand import SOURCES, Asked, Demand, Subject

STATES: dict[str, tuple[str | Promise, str]] = {
    "new": (gettext_lazy("new of late"), "warn"),
    "grows": (gettext_lazy("grows"), "warn"),
    "shrinks": (gettext_lazy("shrinks"), "flow"),
    "same": (gettext_lazy("no sure change"), "plain"),
    "few": (gettext_lazy("too few to say"), "unknown"),
}
SPAN = 28  # days over which a change is said


@dataclass(frozen=True, slots=True)
class ShownSubject:
    """A line: its change in four weeks with its limits, and where it leads to."""

    subject: Subject
    name: str
    url: str
    change: str
    state: str | Promise
    tone: str


@dataclass(frozen=True, slots=True)
class ShownDemand:
    """All of it."""

    found: Demand
    whole: ShownSubject
    lines: Sequence[ShownSubject]
    words: str


def shown_demand(asked: Asked, found: Demand) -> ShownDemand:
    """The subjects by their names, those that changed first."""
    source = SOURCES[asked.source]
    axis = FACTS[source.facts].axis(source.axis)
    names = axis.words([one.value for one in found.subjects]) if axis else {}
    urls = _Urls(asked, found)
    lines = [_line(one, names, urls(one.value)) for one in found.subjects]
    changed = sum(one.subject.state in ("new", "grows", "shrinks") for one in lines)
    words = ngettext(
        "%(n)d of %(all)d subjects changed for sure.",
        "%(n)d of %(all)d subjects changed for sure.",
        changed,
    ) % {"n": changed, "all": len(lines)}
    return ShownDemand(found, _line(found.whole, {None: _("All together")}, ""), lines, words)


def _line(one: Subject, names: Mapping[Any, str], url: str) -> ShownSubject:
    words, tone = STATES[one.state]
    name = names.get(one.value) or (_("not known") if one.value is None else str(one.value))
    return ShownSubject(one, name, url, _change(one), words, tone)


def _change(one: Subject) -> str:
    if one.found is None:
        return "–"
    value, low, high = (_signed(part) for part in one.found.over(SPAN))
    return _("%(change)s (%(low)s to %(high)s)") % {"change": value, "low": low, "high": high}


def _signed(ratio: float) -> str:
    sign = "+" if ratio > 0 else "−" if ratio < 0 else "±"
    return f"{sign}{share(abs(ratio), 0)}"


class _Urls:
    """Leads to the contacts or cases of a subject on just these days."""

    def __init__(self, asked: Asked, found: Demand) -> None:
        self.source = asked.source
        self.given = {"from_on": found.first.isoformat(), "to_on": found.last.isoformat()}
        if asked.unit is not None and self.source != "type":
            self.given["unit"] = str(asked.unit.pk)
        if asked.channel and self.source != "type":
            self.given["channel"] = asked.channel
        is_type = self.source == "type"
        self.types = dict(CaseType.objects.values_list("code", "pk")) if is_type else {}
        self.is_narrowed = bool(asked.unit or asked.channel)

    def __call__(self, value: Any) -> str:
        if value is None:
            return ""
        if self.source == "signal":
            return conversations_url({**self.given, "rule": str(value), "verdict": "hit"})
        if self.source == "channel":
            return f"{reverse('contacts:list')}?{urlencode({**self.given, 'channel': value})}"
        if self.is_narrowed:  # the list of cases knows neither: it would show others, too
            return ""
        asked = {**self.given, "type": self.types.get(value, ""), "kind": "all"}
        return f"{reverse('cases:list')}?{urlencode(asked)}"

"""Weak links in the reader's words, and where each leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.core.channels import channel_words
from lingzhi.core.templatetags.figures import share
from lingzhi.core.templatetags.labels import duration
from lingzhi.inspections.presenting.lines import conversations_url
from lingzhi.reports.models import WeakStep
from lingzhi.reports.queries.weak_steps import (
    BY_CODE,
    Asked,
    Compared,
    OnTheWay,
    Passed,
    Place,
    Reason,
    Step,
)
from lingzhi_engine.stats import TOO_FEW, wilson

STATES: dict[str, tuple[str | Promise, str]] = {
    "worse": (gettext_lazy("surely worse"), "bad"),
    "better": (gettext_lazy("surely better"), "good"),
    "same": (gettext_lazy("no sure difference"), "plain"),
    "few": (gettext_lazy("too few to say"), "unknown"),
}
SHOWN = 15  # places at which somebody was lost


@dataclass(frozen=True, slots=True)
class Line:
    """A step or a place with its figures in words; `url` leads on."""

    name: str
    compared: Compared
    rate: str
    other: str
    state: str | Promise
    tone: str
    wait: str = ""
    url: str = ""
    key: str = ""
    lost_url: str = ""


def shown_way(asked: Asked, found: Sequence[OnTheWay], query: Any) -> list[Line]:
    """Each step leads to where it happens, and to what was lost."""
    lines = []
    for one in found:
        given = query.copy()
        given["step"] = one.step.code
        url = f"{reverse('reports:weak_steps')}?{given.urlencode()}"
        made = line(str(one.step.label), one.compared, url=url, wait=_waits(one.waits))
        lines.append(replace(made, lost_url=_lost(asked, one.step, one.compared)))
    return lines


def shown_places(asked: Asked, step: Step, found: Sequence[Place]) -> list[Line]:
    """Those that lost somebody, surely worse ones and then the largest first."""
    lossy = [one for one in found if one.compared.now.lost]
    lines = []
    for one in lossy[:SHOWN]:
        name = f"{one.label} · {one.words or _('not known')}"
        made = line(name, one.compared, url=_behind(asked, step, one), key=one.key)
        lost_url = _lost(asked, step, one.compared, place=one.key)
        lines.append(replace(made, lost_url=lost_url))
    return lines


def shown_reasons(asked: Asked, found: Sequence[Reason]) -> list[Line]:
    """Each leads to the conversations in which the rule found it."""
    return [
        line(
            one.title, one.compared,
            url=conversations_url({**given_of(asked), "rule": str(one.rule_id), "verdict": "hit"}),
        )
        for one in found
    ]  # fmt: skip


def shown_telling(asked: Asked, step: Step, found: Sequence[Reason]) -> list[Line]:
    """Each leads to the conversations of what was lost in which it was found."""
    return [
        line(one.title, one.compared, url=lost_url(asked, step, rule=str(one.rule_id)))
        for one in found
    ]


def lost_url(asked: Asked, step: Step, **more: str) -> str:
    """What was lost at a step, at a place or with a hit of a rule."""
    given = {**given_of(asked), "step": step.code, **more}
    return f"{reverse('reports:lost_at_step')}?{urlencode(given)}"


def _lost(asked: Asked, step: Step, compared: Compared, **more: str) -> str:
    return lost_url(asked, step, **more) if compared.now.lost else ""


def line(name: str, compared: Compared, *, url: str = "", wait: str = "", key: str = "") -> Line:
    words, tone = STATES[compared.state]
    now, other = in_words(compared.now), in_words(compared.other)
    return Line(name, compared, now, other, words, tone, wait, url, key)


def in_words(passed: Passed) -> str:
    """The share that went on with its 95 % interval; of few only how many of how many."""
    if not passed.entered:
        return "–"
    if passed.entered < TOO_FEW:
        return _("%(k)d of %(n)d") % {"k": passed.went_on, "n": passed.entered}
    low, high = wilson(*passed.pair)
    value = share(passed.went_on / passed.entered)
    return f"{value} [{100 * low:.1f}, {100 * high:.1f}]"


def step_words(row: WeakStep) -> str:
    """What is weak where, for titles."""
    step = BY_CODE.get(row.step)
    parts = [row.unit.name, str(step.label) if step else row.step, row.value]
    if row.channel:
        parts.append(str(channel_words().get(row.channel, row.channel)))
    return " · ".join(part for part in parts if part)


def taken_line(row: WeakStep) -> Line:
    """Its figures on the day it was taken up."""
    now = Passed(row.entered, row.went_on)
    return line(step_words(row), Compared(now, Passed(row.before_entered, row.before_went_on)))


def contacts_behind(asked: Asked) -> str:
    """The contacts of just these days, unit and channel, with recordings and words."""
    return f"{reverse('contacts:list')}?{urlencode(given_of(asked))}"


def given_of(asked: Asked) -> dict[str, str]:
    """The choice as addresses carry it."""
    given = {"from_on": asked.first.isoformat(), "to_on": asked.last.isoformat()}
    if asked.unit is not None:
        given["unit"] = str(asked.unit.pk)
    if asked.channel:
        given["channel"] = asked.channel
    return given


def _behind(asked: Asked, step: Step, place: Place) -> str:
    """Contacts of a team or channel; other places have no list that shows just them."""
    if step.facts != "contacts" or place.axis not in ("unit", "channel") or place.value is None:
        return ""
    given = {**given_of(asked), place.axis: str(place.value)}
    return f"{reverse('contacts:list')}?{urlencode(given)}"


def _waits(waits: Sequence[float] | None) -> str:
    """0:20 / 1:05: half were through within the first, nine of ten within the second."""
    return " / ".join(str(duration(round(one))) for one in waits) if waits else "–"

"""What was lost at a step, in the reader's words: a line a contact, case or answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Call
from lingzhi.reports.facts import FACTS
from lingzhi.reports.presenting.weak_steps import in_words
from lingzhi.reports.queries.lost import At, Lost
from lingzhi.reports.queries.weak_steps import Passed, Step


@dataclass(frozen=True, slots=True)
class LostLine:
    """One that was lost. Without `url` it is counted, but not this person's to open."""

    number: str = ""
    url: str = ""
    at: datetime | None = None
    unit: str = ""
    channel: str = ""


def shown_lost(lost: Lost, keys: Collection[int], user: User) -> list[LostLine]:
    """A line for each of these keys, in their order."""
    rows: Mapping[int, Any] = lost.shown_to(user, keys)
    return [_LINES[lost.facts](rows[key]) if key in rows else LostLine() for key in keys]


def title_of(step: Step, place: At | None, rule: int | None) -> str:
    """What the list is narrowed to: a place or a rule."""
    if rule is not None:
        axis = FACTS["findings"].axis("rule")
        return axis.words([rule]).get(rule, "") if axis else ""
    axis = step.table.axis(place.axis) if place else None
    if axis is None or place is None:
        return ""
    known = [] if place.value is None else [place.value]
    words = axis.words(known).get(place.value) or str(place.value or _("not known"))
    return f"{axis.label} · {words}"


def shown_left(found: Collection[tuple[str, int]], lost: int) -> list[tuple[str, int, str]]:
    """Why calls were not answered, each with how many of all lost."""
    words = dict(Call.Left.choices)
    return [(str(words[code]), number, in_words(Passed(lost, number))) for code, number in found]


def _contact(one: Any) -> LostLine:
    url = reverse("contacts:detail", args=[one.pk])
    return LostLine(one.external_id, url, one.started_at, _name(one.unit), one.channel.label)


def _case(one: Any) -> LostLine:
    channel = one.channel.label if one.channel else ""
    url = reverse("cases:case", args=[one.pk])
    return LostLine(one.number, url, one.opened_at, _name(one.unit), channel)


def _limit(one: Any) -> LostLine:
    """The case, with which of its limits was not kept and when that began."""
    found = _case(one.case)
    number = f"{found.number} · {one.get_kind_display()}"
    return LostLine(number, found.url, one.opened_at, found.unit, found.channel)


def _answer(one: Any) -> LostLine:
    """What somebody answered: its page leads to the conversation or case it was about."""
    url = reverse("surveys:answering", args=[one.pk])
    title = str(one.version.questionnaire)
    return LostLine(title, url, one.started_at, _name(one.unit), one.get_mode_display())


def _name(unit: Any) -> str:
    return unit.name if unit else _("not known")


_LINES = {"contacts": _contact, "cases": _case, "limits": _limit, "answers": _answer}

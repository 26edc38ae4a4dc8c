"""Services as pages and papers say them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lingzhi.core.channels import channel_words
from lingzhi.core.clock import today
from lingzhi.core.languages import joined
from lingzhi.core.units import say_figure
from lingzhi.governance.models import PolicyVersion, ServiceEntry, ServicePromise
from lingzhi.governance.presenting.goals import ShownGoal
from lingzhi.governance.presenting.papers import Paper, Part
from lingzhi.governance.queries.directory import AHEAD, measured
from lingzhi.org.models import Calendar, Statement
from lingzhi.org.queries import calendar_of

TONES = {
    "draft": "unknown", "asked": "warn", "offered": "good", "replaced": "unknown",
    "withdrawn": "bad", "published": "good", "dropped": "unknown",
}  # fmt: skip
OUTCOME_TONES = {"kept": "good", "changed": "warn", "withdrawn": "bad"}


@dataclass(frozen=True, slots=True)
class ShownPromise:
    """A promise with, for who may see it, what was measured."""

    promise: ServicePromise
    shown: ShownGoal | None

    @property
    def promised(self) -> str:
        """20 seconds; 95%."""
        return say_figure(self.promise.value, self.promise.stated_in)


@dataclass(frozen=True, slots=True)
class ShownService:
    """A service with its promises."""

    entry: ServiceEntry
    channels: str
    promises: list[ShownPromise]

    @property
    def tone(self) -> str:
        return TONES[self.entry.state]

    @property
    def calendar(self) -> Calendar | None:
        """Its own, else that of the unit."""
        return self.entry.calendar or calendar_of(self.entry.unit)

    @property
    def hours(self) -> str:
        name = self.calendar.name if self.calendar else ""
        return joined([one for one in (name, self.entry.hours) if one])

    @property
    def due(self) -> tuple[str, str] | None:
        return said_due(self.entry.review_on) if self.entry.state == "offered" else None


def said_due(day: date | None) -> tuple[str, str] | None:
    """Words and tone where a review is due soon or late."""
    if day is None or day > today() + AHEAD:
        return None
    return (_("Review overdue"), "bad") if day < today() else (_("Review due"), "warn")


def shown_services(
    entries: Sequence[ServiceEntry], *, measures: bool | set[int] = False
) -> list[ShownService]:
    """With their promises; `measures` are the keys of those whose figures may be seen, or all."""
    rows = ServicePromise.objects.filter(entry__in=entries).order_by("pk")
    promises = list(rows.select_related("entry__unit", "definition__indicator"))
    seen = [one for one in promises if measures is True or (measures and one.entry_id in measures)]
    figures = measured(seen)
    by_entry: dict[int, list[ShownPromise]] = {}
    for one in promises:
        found = figures.get(one.pk)
        shown = ShownGoal(found.goal, found) if found else None
        by_entry.setdefault(one.entry_id, []).append(ShownPromise(one, shown))
    words = channel_words()
    return [
        ShownService(one, said_channels(one, words), by_entry.get(one.pk, [])) for one in entries
    ]


def said_channels(entry: ServiceEntry, words: dict[str, str]) -> str:
    return joined([str(words.get(code, code)) for code in entry.channels])


def directory_paper(
    services: Sequence[ShownService], policies: Sequence[tuple[Statement, PolicyVersion | None]]
) -> Paper:
    """The policy in force, then each service with its promises; for paper nothing is measured."""
    facts = [
        (_("As of"), f"{today():%Y-%m-%d}"),
        (_("Services offered"), str(len(services))),
    ]
    parts = [
        Part(f"{_('Quality policy')} · {one.unit.name}", one.text) for one, _version in policies
    ]
    parts += [_part(one) for one in services]
    return Paper("service-directory", _("Service directory"), facts, parts)


def _part(shown: ShownService) -> Part:
    entry, colon = shown.entry, _(": ")
    post = entry.post.name if entry.post else ""
    lines = [
        entry.provided, f"{pgettext('of a service', 'For whom')}{colon}{entry.for_whom}",
        f"{_('Channels')}{colon}{shown.channels}",
        f"{_('Service hours')}{colon}{shown.hours or '–'}",
        f"{_('Provided by')}{colon}{joined([one for one in (entry.unit.name, post) if one])}",
        f"{_('Person in charge')}{colon}{entry.owner.name}",
        f"{_('Next review')}{colon}{entry.review_on or '–'}",
    ]  # fmt: skip
    rows = [[one.promise.title, one.promised] for one in shown.promises]
    header = [_("What is promised"), pgettext("of a service", "Promised")]
    return Part(entry.name, "\n".join(lines), header, rows)

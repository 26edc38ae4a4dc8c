"""Lines of results as pages and files show them: names, rates, where they lead."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import Line, Tally
from lingzhi.org.models import Unit

Asked = dict[str, str]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: its name, a second line, its counts, and the filters that lead to its rows."""

    name: str
    about: str
    tally: Tally
    asked: Asked
    version: RuleVersion | None = None

    @property
    def hits_url(self) -> str:
        return conversations_url({**self.asked, "verdict": "hit"})

    @property
    def unknown_url(self) -> str:
        return conversations_url({**self.asked, "verdict": "unknown"})

    @property
    def low(self) -> float:
        """What the rate is at least: the order in which problems are looked at."""
        return self.tally.interval.low if self.tally.interval else -1.0


def conversations_url(asked: Asked) -> str:
    """The list of conversations narrowed to `asked`."""
    return f"{reverse('inspections:conversations')}?{urlencode(asked)}"


Namer = Callable[[Any], tuple[str, str, Asked]]


def shown_lines(lines: Iterable[Line], by: str, asked: Asked) -> list[ShownLine]:
    """Each line with its name and the address of its conversations."""
    several = list(lines)
    if by == "rule":
        return [_rule_line(line, asked) for line in several]
    name = NAMERS[by]([line.key for line in several])
    return [
        ShownLine(words, about, line.tally, {**asked, **own})
        for line in several
        for words, about, own in [name(line.key)]
    ]


def _rule_line(line: Line, asked: Asked) -> ShownLine:
    version: RuleVersion = line.key
    own = {**asked, "rule": str(version.rule_id)}
    return ShownLine(version.title, version.rule.code, line.tally, own, version)


def _agents(keys: list[Any]) -> Namer:
    people = User.objects.in_bulk([key for key in keys if key is not None])

    def name(key: Any) -> tuple[str, str, Asked]:
        if key is None:
            return _("Unknown agent"), "", {}
        person = people[key]
        return person.name, person.staff_no, {"agent": person.staff_no}

    return name


def _units(keys: list[Any]) -> Namer:
    units = Unit.objects.in_bulk([key for key in keys if key is not None])

    def name(key: Any) -> tuple[str, str, Asked]:
        return (units[key].name, "", {"unit": str(key)}) if key else (_("No team"), "", {})

    return name


def _channels(keys: list[Any]) -> Namer:
    channels = Channel.objects.in_bulk(keys)
    return lambda key: (channels[key].label, "", {"channel": channels[key].code})


def _days(keys: list[Any]) -> Namer:
    def name(key: date | None) -> tuple[str, str, Asked]:
        if key is None:
            return _("No time"), "", {}
        day = key.isoformat()
        return day, date_format(key, "l"), {"from_on": day, "to_on": day}

    return name


NAMERS: dict[str, Callable[[list[Any]], Namer]] = {
    "agent": _agents,
    "unit": _units,
    "channel": _channels,
    "day": _days,
}

NICE = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)


def nice_end(highs: Iterable[float]) -> float:
    """Where the axis of interval graphics ends, so that small rates can be told apart."""
    highest = max(highs, default=1.0)
    return next(end for end in NICE if end >= highest)


def axis_end(lines: Iterable[ShownLine]) -> float:
    """The same for lines that are enough to say something."""
    tallies = (line.tally for line in lines if line.tally.is_enough)
    return nice_end(tally.interval.high for tally in tallies if tally.interval)

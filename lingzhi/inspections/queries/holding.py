"""Of which conversations a rule that is there because of a clause is asked at all.

Such a rule judges every conversation, for it knows no units. Its verdict counts only where a
clause holds that asks for it, by its words (话术) or by its name: for the units of the clause, on
its days, in its channels. A rule that a person took over is that person's, and counts everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt
from django.db.models import Q
from django.utils import timezone

from lingzhi.contacts.models import Contact
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Binding
from lingzhi.inspections.canonical import Body
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.phrases import demand_of, demanded_in
from lingzhi.inspections.queries.demands import PHRASES
from lingzhi.rulebook.queries import controls_in_force
from lingzhi.rulebook.queries.stretches import FAR_AHEAD, LONG_AGO

Mask = npt.NDArray[np.bool_]
NEVER = 0  # the day of a conversation without a time: no clause holds on it
PLACE = ("contact__started_at", "contact__unit__path", "contact__channel__code")
MARK = "§ "  # begins the note of a version that is there because of a clause


def is_company(binding: Binding) -> bool:
    """Whether it binds the root of the tree: then conversations of no team count, too."""
    return binding.unit_path.count("/") == 2


def binds(binding: Binding, path: str, channel: str) -> bool:
    """Whether it binds conversations of the unit with this path ("" of none) in a channel."""
    if binding.channels and channel not in binding.channels:
        return False
    return binding.holds_for(path) if path else is_company(binding)


@dataclass(frozen=True, slots=True)
class Places:
    """Where and when each of many conversations was, for questions to all of them at once."""

    days: npt.NDArray[np.int64]
    cells: list[tuple[str, str]]  # path of the unit, code of the channel
    cell_of: npt.NDArray[np.int64]

    @classmethod
    def of(
        cls,
        moments: Iterable[datetime | None],
        paths: Iterable[str | None],
        channels: Iterable[str],
    ) -> "Places":
        """One value a conversation in each of the columns `PLACE`."""
        zone = timezone.get_default_timezone()
        days = [at.astimezone(zone).toordinal() if at else NEVER for at in moments]
        cells: dict[tuple[str, str], int] = {}
        cell_of = [
            cells.setdefault((path or "", channel), len(cells))
            for path, channel in zip(paths, channels, strict=True)
        ]
        return cls(np.array(days, np.int64), list(cells), np.array(cell_of, np.int64))

    def bound_by(self, binding: Binding) -> Mask:
        """Which of the conversations a binding holds for."""
        last = binding.to_on or date.max
        is_bound = np.array([binds(binding, *cell) for cell in self.cells], bool)
        during = (self.days >= binding.from_on.toordinal()) & (self.days <= last.toordinal())
        return during & is_bound[self.cell_of]


@dataclass(frozen=True, slots=True)
class Holding:
    """`{version id: the clauses it is there for}`; of other versions everything counts."""

    bindings: Mapping[int, Sequence[Binding]]

    @classmethod
    def now(cls) -> "Holding":
        """The versions that clauses brought in, and every clause that held or will hold."""
        rows = RuleVersion.objects.filter(rule__owner=None, note__startswith=MARK)
        words: dict[int, Body] = {}
        names: dict[int, str] = {}
        for pk, code, body in rows.values_list("pk", "rule__code", "body"):
            if code.startswith(PHRASES):
                words[pk] = demanded_in(body)
            else:
                names[pk] = code
        return cls({**dict(_asked_by_words(words)), **dict(_asked_by_name(names))})

    def __contains__(self, version_id: object) -> bool:
        """Whether a version counts only where its clauses hold."""
        return version_id in self.bindings

    def mask(self, version_id: int, places: Places) -> Mask:
        """Of which conversations this version is asked."""
        found = np.zeros(len(places.days), bool)
        for binding in self.bindings[version_id]:
            found |= places.bound_by(binding)
        return found

    def asks(self, version_id: int, contact: Contact) -> bool:
        """Whether what this version says about one conversation counts."""
        place = Places.of([contact.started_at], [_path(contact)], [contact.channel.code])
        return version_id not in self or bool(self.mask(version_id, place)[0])

    def concerns(self, version_id: int, contact: Contact) -> bool:
        """The same on whatever day: before its first day a clause is looked back at."""
        bindings = self.bindings.get(version_id)
        cell = (_path(contact), contact.channel.code)
        return bindings is None or any(binds(binding, *cell) for binding in bindings)

    def where(self, version_id: int) -> Q:
        """The same as a filter of judgements; of a version without clauses everything."""
        if version_id not in self:
            return Q()
        found = Q(pk__in=[])
        for binding in self.bindings[version_id]:
            found |= _where(binding)
        return found


def _asked_by_words(words: Mapping[int, Body]) -> Iterator[tuple[int, list[Binding]]]:
    """For each version the clauses with just its words."""
    found = controls_in_force(LONG_AGO, FAR_AHEAD, kind="phrases") if words else []
    asked = [(demand_of(one.values), one) for one in found]
    for pk, demand in words.items():
        yield pk, [binding for wanted, binding in asked if wanted == demand]


def _asked_by_name(names: Mapping[int, str]) -> Iterator[tuple[int, list[Binding]]]:
    """For each version the clauses that name its rule."""
    found = controls_in_force(LONG_AGO, FAR_AHEAD, kind="inspection_rule") if names else []
    for pk, code in names.items():
        yield pk, [binding for binding in found if code in binding.values.get("rules", ())]


def _path(contact: Contact) -> str:
    return contact.unit.path if contact.unit else ""


def _where(binding: Binding) -> Q:
    unit = binding.over("contact__unit__path")
    if is_company(binding):
        unit |= Q(contact__unit=None)
    days = Q(contact__started_at__gte=midnight(binding.from_on))
    if binding.to_on:
        days &= Q(contact__started_at__lt=midnight(binding.to_on + timedelta(days=1)))
    channels = Q(contact__channel__code__in=binding.channels) if binding.channels else Q()
    return unit & days & channels

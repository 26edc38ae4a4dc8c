"""How clauses about inspection by people are kept: enough scored, and by the sheet they ask for.

A sample (抽检) is kept for an agent, team or centre if, of its conversations in a period that is
over, at least the number asked for were scored by people; of whom there were fewer conversations,
all of them. Listening in (实时监听) is kept if so many of them were watched; a clause that does not
say how often is asked by the month. Both are dated on the last day of the period. A score sheet
(评分表) is kept by each score that was given with a sheet that has every section the clause names.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from lingzhi.contacts.queries import Filters, conversations, published
from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.inspections.models import Review, SheetVersion, Watch
from lingzhi.inspections.queries.holding import binds
from lingzhi.kpis.queries.periods import Period, completed
from lingzhi.org.models import Unit
from lingzhi.org.queries import paths_to

DAY = timedelta(days=1)
LIVE = "live"
MONTHS = {"quarterly": 3, "yearly": 12}
GIVEN = (Review.State.SCORED, Review.State.RELEASED)


@dataclass(frozen=True, slots=True)
class _Count:
    """Conversations of one agent in one place: how many there were, were scored, were watched.

    What was watched is not known by channel: it stands in the first row of an agent and place.
    """

    agent: int
    path: str
    channel: str
    talks: int
    scored: int
    watched: int


def samples_kept(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding one check for each agent, team or centre and period that is over."""
    periods: dict[Period, list[_Count]] = {}
    units = {unit.path: unit for unit in Unit.objects.all()}
    found: list[Days] = []
    for binding in bindings:
        days: dict[date, Evidence] = {}
        for period in ended(_cadence(binding), first, last):
            if period not in periods:
                periods[period] = list(_counts(period))
            evidence = _sampled(binding, periods[period], units)
            if evidence != Evidence():
                days[period.last] = evidence
        found.append(days)
    return found


def _cadence(binding: Binding) -> str:
    """How often; listening in is asked by the month unless the clause says otherwise."""
    usual = "monthly" if binding.values.get("method") == LIVE else ""
    return str(binding.values.get("cadence") or usual)


def ended(cadence: str, first: date, last: date) -> Iterator[Period]:
    """The periods whose last day lies from `first` to `last` and is past.

    Without a cadence, or for "each time", there is nothing to count by: none.
    """
    until = min(last, today() - DAY)
    if cadence in {"daily", "weekly", "monthly"}:
        yield from (one for one in completed(cadence, first, until) if one.last >= first)
    elif cadence in MONTHS:
        months = MONTHS[cadence]
        for one in completed("monthly", first, until):
            if one.last.month % months == 0 and one.last >= first:
                begin = one.first.month - months + 1
                yield Period(one.first.replace(month=begin), one.last)


def _counts(period: Period) -> Iterator[_Count]:
    within = Filters(from_on=period.first, to_on=period.last).apply(published())
    talks = conversations(within).exclude(agent=None).order_by()
    place = ("agent_id", "unit__path", "channel__code")
    scored = {
        (agent, path, channel): number
        for agent, path, channel, number in talks.filter(reviews__state__in=GIVEN)
        .values_list(*place)
        .annotate(number=Count("pk", distinct=True))
    }
    watched = _watched(period)
    for agent, path, channel, number in talks.values_list(*place).annotate(number=Count("pk")):
        key = (agent, path, channel)
        seen = watched.pop((agent, path), 0)
        yield _Count(agent, path or "", channel, number, scored.get(key, 0), seen)


def _watched(period: Period) -> dict[tuple[int, str | None], int]:
    rows = Watch.objects.filter(
        from_at__gte=midnight(period.first), from_at__lt=midnight(period.last + DAY)
    ).exclude(agent=None)
    counted = (
        rows.order_by()
        .values_list("agent_id", "unit__path")
        .annotate(number=Count("external_id", distinct=True))
    )
    return {(agent, path): number for agent, path, number in counted}


def _sampled(binding: Binding, counts: Iterable[_Count], units: Mapping[str, Unit]) -> Evidence:
    """How many of those who are asked for had enough scored."""
    totals: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    is_live = binding.values.get("method") == LIVE
    for one in counts:
        if binds(binding, one.path, one.channel):
            total = totals[_whose(str(binding.values.get("per", "")), one, units)]
            total[0] += one.talks
            total[1] += one.watched if is_live else one.scored
    wanted = int(binding.values.get("size") or 1)
    enough = [done >= min(wanted, talks) for talks, done in totals.values()]
    return Evidence(kept=sum(enough), broken=len(enough) - sum(enough))


def _whose(per: str, one: _Count, units: Mapping[str, Unit]) -> Any:
    """The agent, or the team or centre in which the conversation was."""
    if per == "agent":
        return one.agent
    kinds = {"team": Unit.Kind.TEAM, "centre": Unit.Kind.CENTRE}
    above = (path for path in reversed(paths_to(one.path)) if path in units)
    return next((path for path in above if units[path].kind == kinds.get(per)), one.path)


def sheets_kept(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding how many scores were given with a sheet that has every section asked for."""
    rows = Review.objects.filter(
        state__in=GIVEN,
        scored_at__gte=midnight(first),
        scored_at__lt=midnight(last + DAY),
    ).values_list("scored_at", "unit__path", "contact__channel__code", "version_id")
    given = [
        (timezone.localdate(at), path or "", channel, version)
        for at, path, channel, version in rows
        if at is not None
    ]
    sections = {pk: sections_of(version) for pk, version in _versions(given).items()}
    return [_scored(binding, given, sections) for binding in bindings]


def _versions(given: Iterable[tuple[Any, ...]]) -> dict[int, SheetVersion]:
    return SheetVersion.objects.in_bulk({one[-1] for one in given})


def sections_of(version: SheetVersion) -> frozenset[str]:
    """The titles of a version's sections, without spaces."""
    return frozenset(_folded(section.title) for section in version.read().sections)


def lacks(sections: frozenset[str], wanted: Iterable[Any]) -> list[str]:
    """Which of the sections that a clause names a sheet does not have, in the clause's words.

    A name in several languages is had if the sheet has it in any of them.
    """
    missing = []
    for name in wanted:
        forms = list(name.values()) if isinstance(name, Mapping) else [str(name)]
        if not any(_folded(form) in sections for form in forms):
            missing.append(forms[0])
    return missing


def _folded(title: str) -> str:
    return "".join(title.split()).casefold()


def _scored(
    binding: Binding,
    given: Iterable[tuple[date, str, str, int]],
    sections: Mapping[int, frozenset[str]],
) -> Days:
    wanted = binding.values.get("sections", ())
    has_all = {pk: not lacks(titles, wanted) for pk, titles in sections.items()}
    days: dict[date, Evidence] = {}
    for day, path, channel, version in given:
        if binds(binding, path, channel):
            one = Evidence(kept=int(has_all[version]), broken=int(not has_all[version]))
            days[day] = days.get(day, Evidence()) + one
    return days

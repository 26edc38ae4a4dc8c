"""Service now (服务数据看板): today so far beside yesterday and a week ago by the same hour.

Volume, answers, waiting and ratings are read from the contacts themselves, so they are as new as
the question. Whether a matter was solved is known only once nobody came again: that is the figure
of the newest whole day that can be judged, and so is satisfaction counted from anything but
ratings of the contact.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, isnan
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Lower

from lingzhi.accounts.models import User
from lingzhi.contacts.flow_figures import LOST, TAKEN
from lingzhi.contacts.measures.ratings import rating_of
from lingzhi.contacts.measures.voice import STARTS
from lingzhi.contacts.models import Channel, Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import midnight, now, today
from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.queries import Figure, Scope, headlines, last_days, sums_by, targets_on
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to

DAY = timedelta(days=1)
QUIET = timedelta(minutes=15)
SPANS = {"today": 0, "yesterday": 1, "week": 7}  # days back
CODES = {"connected": "K01", "speed": "K02", "solved": "K07", "satisfied": "K12"}
SHAPES = {
    "volume": ("count", "items", ""),
    "connected": ("share", "percent", "high"),
    "speed": ("mean", "seconds", "low"),
}
OF_CALLS = {"connected", "speed"}  # over several channels these are of calls alone
RATED = "contacts.satisfied"
Figures = Mapping[str, Mapping[str, Figure]]


class Counted(NamedTuple):
    """One measure of one span, channel and team."""

    name: str
    span: str
    channel: str
    unit: int | None
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Line:
    """The whole (no key), a channel or a team: by measure and span what it came to."""

    key: str | Unit
    figures: Figures
    targets: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class Board:
    """`newest` is when the last contact of today began. `is_quiet`: none for a quarter of an hour,
    though both days beside had some in it. `judged` are the days of figures that need time.
    """

    at: datetime
    newest: datetime | None
    is_quiet: bool
    whole: Line
    channels: list[Line]
    teams: list[Line]
    judged: Mapping[str, date]


def board(user: User) -> Board:
    """As the person reaches it; contacts of no team count for everybody."""
    at, units = now(), {one.pk: one for one in units_visible_to(user, "contacts.floor")}
    unit = min(units.values(), key=lambda one: (one.depth, one.pk), default=None)
    used = headlines(codes=list(CODES.values()))
    where = reach(user, "contacts.floor").over("unit__path", "agent_id") | Q(unit=None)
    rows = published().filter(where, _any_span(at), direction="in").order_by()
    counted, newest, pauses = _live(rows, at, used.get("K02"))
    counted += _rated(rows, at, used.get("K12"))
    late, judged = _judged(Scope(Q(unit__in=units) | Q(unit=None)), used)
    counted += late
    calls = set(Channel.objects.filter(is_voice=True).values_list("code", flat=True))
    alike = [one for one in counted if one.name not in OF_CALLS or one.channel in calls]
    targets = _targets(used, unit, "")
    return Board(
        at, newest, not pauses["today"] and bool(pauses["yesterday"] and pauses["week"]),
        Line("", _figures(alike, used), targets),
        [
            Line(code, _figures([one for one in counted if one.channel == code], used),
                 _targets(used, unit, code) if code in calls else {})
            for code in sorted({one.channel for one in counted if one.channel})
        ],
        [
            Line(units[key], _figures([one for one in alike if one.unit == key], used), targets)
            for key in sorted({one.unit for one in alike if one.unit in units},
                              key=lambda key: units[key].path)
        ],
        judged,
    )  # fmt: skip


def _begin(at: datetime, span: str) -> tuple[datetime, datetime]:
    back = SPANS[span]
    return midnight(today() - back * DAY), at - back * DAY


def _within(at: datetime, span: str, pause: timedelta | None = None) -> Q:
    begin, end = _begin(at, span)
    return Q(started_at__gte=end - pause if pause else begin, started_at__lte=end)


def _any_span(at: datetime) -> Q:
    found = Q(pk__in=[])
    for span in SPANS:
        found |= _within(at, span)
    return found


def _spanned(rows: QuerySet[Contact], at: datetime) -> QuerySet[Any, Any]:
    whens = [When(_within(at, span), then=Value(span)) for span in SPANS]
    return rows.annotate(span=Case(*whens), said=Lower("outcome"))


def _live(
    rows: QuerySet[Contact], at: datetime, speed: Definition | None
) -> tuple[list[Counted], datetime | None, dict[str, int]]:
    """Volume, answered and time to the answer, with the newest start and the last contacts."""
    start = STARTS[speed.params["start"]] if speed else "queued_at"
    timed = Q(**{f"{start}__lte": F("answered_at")})
    waited = ExpressionWrapper(F("answered_at") - F(start), DurationField())
    pause = Q(pk__in=[])
    for span in SPANS:
        pause |= _within(at, span, QUIET)
    sums = _spanned(rows, at).values_list("span", "channel__code", "unit_id").annotate(
        n=Count("pk"), taken=Count("pk", filter=TAKEN), lost=Count("pk", filter=LOST),
        waited=Sum(waited, filter=timed), timed=Count("pk", filter=timed),
        late=Count("pk", filter=pause), newest=Max("started_at"),
    )  # fmt: skip
    counted: list[Counted] = []
    pauses, newest = dict.fromkeys(SPANS, 0), None
    for span, channel, unit, n, taken, lost, seconds, known, late, last in sums:
        place = (span, channel, unit)
        counted.append(Counted("volume", *place, n, 0))
        counted.append(Counted("connected", *place, taken, taken + lost))
        if known:
            counted.append(Counted("speed", *place, seconds.total_seconds(), known))
        pauses[span] += late
        if span == "today":
            newest = max(last, newest) if newest else last
    return counted, newest, pauses


def _rated(
    rows: QuerySet[Contact], at: datetime, definition: Definition | None
) -> Iterator[Counted]:
    """Ratings of contacts, where satisfaction is counted from them."""
    if not _is_rated(definition):
        return
    assert definition is not None
    key, least = definition.params["key"], definition.params["at_least"]
    given = _spanned(rows.filter(meta__has_key=key), at)
    for span, channel, unit, meta in given.values_list("span", "channel__code", "unit_id", "meta"):
        value = rating_of(meta, key)
        if not isnan(value):
            yield Counted("satisfied", span, channel, unit, float(value >= least), 1)


def _is_rated(definition: Definition | None) -> bool:
    measure = definition.way.measure if definition else None
    return measure is not None and measure.code == RATED


def _judged(scope: Scope, used: Mapping[str, Definition]) -> tuple[list[Counted], dict[str, date]]:
    """What needs time: of the newest whole day, the day before it and the same weekday before."""
    found: list[Counted] = []
    days: dict[str, date] = {}
    wanted = {used["K07"].pk: "solved"} if "K07" in used else {}
    if "K12" in used and not _is_rated(used["K12"]):
        wanted[used["K12"].pk] = "satisfied"
    sums = sums_by([one for one in used.values() if one.pk in wanted], scope,
                   last_days(21, today() - DAY), "day", "channel", "unit_id")  # fmt: skip
    for key, name in wanted.items():
        last = _last_judged(used[CODES[name]])
        counted = {day for (one, day, *_place), value in sums.items() if one == key and value[1]}
        newest = max((day for day in counted if day <= last), default=None)
        if newest is None:
            continue
        days[name] = newest
        spans = {newest - back * DAY: span for span, back in SPANS.items()}
        found += [
            Counted(name, spans[day], channel, unit, value[0], value[1])
            for (one, day, channel, unit), value in sums.items() if one == key and day in spans
        ]  # fmt: skip
    return found, days


def _last_judged(definition: Definition) -> date:
    """Yesterday, or as much earlier as repeats are waited for."""
    return today() - DAY - ceil(definition.params.get("hours", 0) / 24) * DAY


def _figures(rows: Collection[Counted], used: Mapping[str, Definition]) -> Figures:
    sums: dict[tuple[str, str], list[float]] = {}
    for one in rows:
        cell = sums.setdefault((one.name, one.span), [0.0, 0.0])
        cell[0] += one.above
        cell[1] += one.below
    found: dict[str, dict[str, Figure]] = {}
    for (name, span), (above, below) in sums.items():
        found.setdefault(name, {})[span] = _figure(name, used, above, below)
    return found


def _figure(name: str, used: Mapping[str, Definition], above: float, below: float) -> Figure:
    if name in SHAPES:
        return Figure(*SHAPES[name], above, below)
    return Figure.of(used[CODES[name]], (above, below, 0))


def _targets(used: Mapping[str, Definition], unit: Unit | None, channel: str) -> dict[str, Target]:
    """By measure; where the indicator leaves soon abandoned calls out, the board does not."""
    alike = {
        name: used[code] for name, code in CODES.items()
        if code in used and not (name == "connected" and used[code].params.get("abandon_seconds"))
    }  # fmt: skip
    found = targets_on(alike.values(), unit, today(), channel)
    return {name: found[one.pk] for name, one in alike.items() if one.pk in found}

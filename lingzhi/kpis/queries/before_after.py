"""An indicator before and after a day, beside units in which nothing was done (前后对比)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lingzhi.accounts.models import User
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries.comparing import FEWEST_PEERS
from lingzhi.kpis.queries.courses import scale_of
from lingzhi.kpis.queries.figures import NOTHING, Figure, Sums, sums_by
from lingzhi.kpis.queries.periods import Period
from lingzhi.kpis.queries.scopes import READ, Scope
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, units_visible_to
from lingzhi_engine.stats import TOO_FEW, Change, Window, change

DAY = timedelta(days=1)
WEEK = 7
FEWEST_WEEKS = 2
LONGEST = 84  # days on either side
ByDay = Mapping[tuple[int | None, date], Sums]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Both windows with their figures; `found` is the change less that elsewhere, in the unit of
    the figure (a share in points of per cent, a count a day). `others` is how many units it is held
    against. `verdict` is better, worse, same, moved (neither side is better) or too_few. `drifted`
    says that both groups moved apart already before the day: then they are no good comparison.
    """

    definition: Definition
    before_days: Period
    after_days: Period
    before: Figure
    after: Figure
    others: int
    found: Change | None
    drifted: bool

    @property
    def verdict(self) -> str:
        if self.found is None:
            return "too_few"
        if self.found.low <= 0 <= self.found.high:
            return "same"
        direction = self.definition.direction
        if not direction:
            return "moved"
        return "better" if (self.found.low > 0) == (direction == "high") else "worse"


def windows(day: date, length: int, last: date) -> tuple[Period, Period] | None:
    """Whole weeks before and from `day` on, as many on either side, up to `length` days and not
    after `last`: so each weekday is as often in both. None with fewer than two weeks.
    """
    weeks = min(length, LONGEST, (last - day).days + 1) // WEEK
    if weeks < FEWEST_WEEKS:
        return None
    span = weeks * WEEK * DAY
    return Period(day - span, day - DAY), Period(day, day + span - DAY)


def units_beside(units: Sequence[Unit], reader: User | None = None) -> list[Unit]:
    """Open units of the same kind under the same units above, that are none of these.

    Of fewer than two others the figure would be somebody's own: only who may see them gets them.
    """
    parents = {one.parent_id for one in units if one.parent_id}
    kinds = {one.kind for one in units}
    rows = open_units().filter(parent__in=parents, kind__in=kinds)
    found = list(rows.exclude(pk__in=[one.pk for one in units]))
    if len(found) >= FEWEST_PEERS or reader is None:
        return found
    seen = set(units_visible_to(reader, READ).values_list("pk", flat=True))
    return [one for one in found if one.pk in seen]


def sums_by_day(definition: Definition, period: Period, channels: Collection[str] = ()) -> ByDay:
    """What was counted by unit and day, everywhere; read once for many questions."""
    rows = sums_by([definition], Scope(channels=tuple(channels)), period, "unit_id", "day")
    return {(unit, day): sums for (_key, unit, day), sums in rows.items()}


def before_after(
    definition: Definition,
    counted: ByDay,
    units: Sequence[Unit],
    others: Sequence[Unit],
    days: tuple[Period, Period],
    level: float = 0.95,
) -> BeforeAfter:
    """What changed in `units` from the second window on, less what changed in `others`."""
    paths = dict(Unit.objects.values_list("pk", "path"))
    own, away = (_course(counted, one, paths) for one in (units, others))
    before, after = (_figure(definition, own, one) for one in days)
    with_data = bool(away)
    first, second = (_window(definition, own, one) for one in days)
    beside = tuple(_window(definition, away, one) for one in days) if with_data else ()
    found = None
    if min(before.n, after.n) >= TOO_FEW:
        elsewhere = (beside[0], beside[1]) if beside else None
        found = change(first, second, elsewhere, level)
    is_apart = bool(beside) and _drifted(first, beside[0])
    number = len(others) if with_data else 0
    return BeforeAfter(
        definition, *days, before, after, number, _scaled(found, definition), is_apart
    )


def _course(counted: ByDay, units: Sequence[Unit], paths: Mapping[int, str]) -> dict[date, Sums]:
    """Sums of the units with all below them, by day; what has no team is the company's."""
    roots, has_top = tuple(one.path for one in units), any(one.parent_id is None for one in units)
    found: dict[date, Sums] = {}
    for (unit, day), sums in counted.items():
        is_in = has_top if unit is None else bool(roots) and paths[unit].startswith(roots)
        if is_in:
            old = found.get(day, NOTHING)
            found[day] = (old[0] + sums[0], old[1] + sums[1], old[2] + sums[2])
    return found


def _days(period: Period) -> list[date]:
    return [period.first + at * DAY for at in range(period.days)]


def _figure(definition: Definition, course: Mapping[date, Sums], period: Period) -> Figure:
    sums = [course.get(day, NOTHING) for day in _days(period)]
    above, below, unsure = (sum(each) for each in zip(*sums, strict=True))
    return Figure.of(definition, (float(above), float(below), int(unsure)))


def _window(definition: Definition, course: Mapping[date, Sums], period: Period) -> Window:
    """A count is one of its day: a day without any is a day with none."""
    sums = [course.get(day, NOTHING) for day in _days(period)]
    is_count = definition.shape == "count"
    return Window([one[0] for one in sums], [1.0 if is_count else one[1] for one in sums])


def _drifted(own: Window, away: Window) -> bool:
    half = len(own.numerators) // (2 * WEEK) * WEEK
    halves = [
        (Window(one.numerators[:half], one.denominators[:half]),
         Window(one.numerators[-half:], one.denominators[-half:]))
        for one in (own, away)
    ]  # fmt: skip
    found = change(*halves[0], halves[1]) if half else None
    return found is not None and not found.low <= 0 <= found.high


def _scaled(found: Change | None, definition: Definition) -> Change | None:
    if found is None:
        return None
    scale = scale_of(definition.shape)
    away = None if found.elsewhere is None else found.elsewhere * scale
    return Change(found.value * scale, found.low * scale, found.high * scale, away, found.alike)

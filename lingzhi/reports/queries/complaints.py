"""How complaints of a period were handled (投诉处理统计): each with what became of it, and how many
share something.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent, Clock, Complaint
from lingzhi.cases.models.goods import Goods
from lingzhi.cases.queries.complaints import complaints_visible_to
from lingzhi.core.clock import midnight, now
from lingzhi.org.models import Unit
from lingzhi_engine.stats import Rate

Kind, Happens = Case.Kind, CaseEvent.Kind
PASSED_ON = (Happens.ASSIGNED, Happens.HAND_OVER_ACCEPTED, Happens.ORDER_SENT)
AGREED = (Case.Satisfaction.SATISFIED, Case.Satisfaction.ACCEPTED)
STEPS = ("registered", "assessed", "passed_on", "solved", "told", "confirmed", "closed")
AGES = (1, 3, 7, 30)  # days; an open complaint stands below the first it has not reached
CONCERNED = "accused_unit", "case__contact__unit", "case__unit"  # as the voice of the customer
COLUMNS = {
    "opened_at": "case__opened_at", "kind": "case__kind", "cycle": "case__cycle",
    "satisfaction": "case__satisfaction", "assessed_at": "assessed_at",
    "solved_at": "case__solved_at", "told_at": "case__fed_back_at", "closed_at": "case__closed_at",
    "unit": "place", "channel": "case__channel__code", "cause": "cause", "grade": "grade",
    "source": "source", "finding": "finding", "handling": "handling_satisfaction",
}  # fmt: skip


@dataclass(frozen=True)
class Handled:
    """One complaint. `reached` are the moments of the steps it did, in the order of `STEPS`; `kept`
    of `judged` time limits were kept; `products` are those it names.
    """

    pk: int
    opened_at: datetime
    is_over: bool
    is_reopened: bool
    finding: str
    handling: str
    values: Mapping[str, Sequence[object]]
    reached: Mapping[str, datetime]
    kept: int = 0
    judged: int = 0

    @property
    def furthest(self) -> int:
        """The place of the furthest step it did."""
        return max(STEPS.index(step) for step in self.reached)

    @property
    def is_upheld(self) -> bool:
        return self.finding in (Complaint.Finding.UPHELD, Complaint.Finding.PARTLY)

    @property
    def is_closed(self) -> bool:
        return "closed" in self.reached

    def age(self, at: datetime) -> int:
        """Whole days since it was registered."""
        return (at - self.opened_at).days


Choice = Callable[[Handled], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """Complaints registered on these days about a unit and all below it, on one channel."""

    user: User
    first: date
    last: date
    unit: Unit | None = None
    channel: str = ""

    @property
    def rows(self) -> QuerySet[Complaint]:
        """What this person sees of them; merged ones are worked on in another."""
        rows = complaints_visible_to(self.user).select_related(None).exclude(case__kind=Kind.MERGED)
        rows = rows.annotate(place=Coalesce(*CONCERNED)).order_by("case__opened_at", "pk")
        if self.unit is not None and self.unit.parent_id is not None:
            below = Unit.objects.filter(path__startswith=self.unit.path)
            rows = rows.filter(place__in=below.values("pk"))
        return rows.filter(case__channel__code=self.channel) if self.channel else rows

    @property
    def registered(self) -> QuerySet[Complaint]:
        end = midnight(self.last + timedelta(days=1))
        return self.rows.filter(case__opened_at__gte=midnight(self.first), case__opened_at__lt=end)

    @property
    def still_open_from_before(self) -> int:
        """Registered before these days and not solved yet."""
        before = self.rows.filter(case__opened_at__lt=midnight(self.first))
        return before.exclude(case__kind__in=(Kind.SOLVED, Kind.CLOSED)).count()


def handled(asked: Asked) -> list[Handled]:
    """The complaints of the period, the oldest first, as they stand now."""
    rows = asked.registered
    keys = rows.order_by().values("pk")
    passed, answered = _moments(keys)
    clocks, products = _clocks(keys), _products(keys)
    found = []
    for pk, *values in rows.values_list("pk", *COLUMNS.values()):
        said = dict(zip(COLUMNS, values, strict=True))
        agreed = answered.get(pk) if said["satisfaction"] in AGREED else None
        moments = {"passed_on": passed.get(pk), "confirmed": agreed}
        found.append(_handled(pk, said, moments, clocks.get(pk, (0, 0)), products.get(pk, [])))
    return found


def _handled(
    pk: int,
    said: Mapping[str, Any],
    moments: Mapping[str, datetime | None],
    clocks: tuple[int, int],
    products: Sequence[str],
) -> Handled:
    at = {"registered": said["opened_at"], **moments}
    at |= {step: said[f"{step}_at"] for step in ("assessed", "solved", "told", "closed")}
    one = {name: [said[name]] for name in ("unit", "channel", "cause", "grade", "source")}
    return Handled(
        pk, said["opened_at"], said["kind"] in (Kind.SOLVED, Kind.CLOSED), said["cycle"] > 1,
        said["finding"], said["handling"], {**one, "product": products or [None]},
        {step: at[step] for step in STEPS if at[step]}, *clocks,
    )  # fmt: skip


def _moments(keys: QuerySet[Any]) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """By case, when it was first passed on to somebody, and when the customer last answered."""
    events = CaseEvent.objects.filter(case__in=keys).order_by().values_list("case")
    passed = events.filter(kind__in=PASSED_ON).annotate(at=Min("at"))
    answered = events.filter(kind=Happens.ANSWERED).annotate(at=Max("at"))
    return dict(passed), dict(answered)


def _judged(keys: QuerySet[Any]) -> QuerySet[Clock]:
    """Clocks that could be kept and came to a verdict."""
    verdicts = (Clock.Verdict.MET, Clock.Verdict.LATE)
    rows = Clock.objects.filter(case__in=keys, verdict__in=verdicts, was_over_before=False)
    return rows.order_by()


KEPT = Count("pk", filter=Q(verdict=Clock.Verdict.MET))


def _clocks(keys: QuerySet[Any]) -> dict[int, tuple[int, int]]:
    found = _judged(keys).values_list("case").annotate(kept=KEPT, judged=Count("pk"))
    return {case: (kept, judged) for case, kept, judged in found}


def _products(keys: QuerySet[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    goods = Goods.objects.filter(complaint__in=keys).order_by("pk")
    for complaint, product in goods.values_list("complaint", "product"):
        named = found.setdefault(complaint, [])
        if product not in named:
            named.append(product)
    return found


def limits_kept(asked: Asked) -> list[tuple[str, Rate]]:
    """Each kind of time limit with how many were kept, the most missed first."""
    found = _judged(asked.registered.order_by().values("pk")).values_list("kind")
    rates = found.annotate(kept=KEPT, judged=Count("pk"))
    return sorted(
        ((kind, Rate(kept, judged)) for kind, kept, judged in rates),
        key=lambda one: one[1].numerator - one[1].denominator,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """The complaints that share a value; `number` of them, each rate of those it can be said of."""

    value: object
    number: int
    over: Rate
    upheld: Rate
    missed: Rate
    reopened: Rate
    content: Rate
    not_asked: int

    @classmethod
    def of(cls, value: object, rows: Sequence[Handled]) -> "Line":
        decided = [one for one in rows if one.finding]
        asked = [one for one in rows if one.handling]
        once_over = [one for one in rows if one.is_over or one.is_reopened]
        return cls(
            value, len(rows), _rate(rows, lambda one: one.is_over),
            _rate(decided, lambda one: one.is_upheld),
            Rate(sum(one.judged - one.kept for one in rows), sum(one.judged for one in rows)),
            _rate(once_over, lambda one: one.is_reopened),
            _rate(asked, _is_content),
            len(rows) - len(asked),
        )  # fmt: skip


def _is_content(one: Handled) -> bool:
    return one.handling == Complaint.Handling.SATISFIED


def _rate(rows: Sequence[Handled], choice: Choice) -> Rate:
    return Rate(sum(map(choice, rows)), len(rows))


def lines(rows: Sequence[Handled], by: str) -> list[Line]:
    """By one of the values, the most frequent first, what nobody knows last."""
    parts: dict[object, list[Handled]] = {}
    for one in rows:
        for value in one.values[by]:
            parts.setdefault(value, []).append(one)
    found = [Line.of(value, part) for value, part in parts.items()]
    return sorted(found, key=lambda one: (one.value is None, -one.number, str(one.value)))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of handling: `through` came so far or further, `done` did it, `staying` are not closed
    and came just so far; the oldest of them waits for `oldest` days. `days` is the median from
    registration to the step.
    """

    code: str
    through: int
    done: int
    staying: int
    oldest: int | None
    days: float | None


def steps(rows: Sequence[Handled]) -> list[Step]:
    """The funnel of handling."""
    at = now()
    found = []
    for place, code in enumerate(STEPS):
        stay = [one for one in rows if stays_at(code)(one)]
        took = sorted(
            (one.reached[code] - one.opened_at).total_seconds() / 86_400
            for one in rows if code in one.reached
        )  # fmt: skip
        through = sum(one.furthest >= place for one in rows)
        oldest = max((one.age(at) for one in stay), default=None)
        found.append(Step(code, through, len(took), len(stay), oldest, _median(took)))
    return found


def _median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def ages(rows: Iterable[Handled]) -> list[int]:
    """How many open ones are of each age of `AGES`, and beyond the last."""
    at = now()
    counted = Counter(_band(one.age(at)) for one in rows if not one.is_over)
    return [counted[band] for band in range(len(AGES) + 1)]


def _band(days: int) -> int:
    return next((band for band, age in enumerate(AGES) if days < age), len(AGES))


def stays_at(step: str) -> Choice:
    """Not closed, and came just so far."""
    return lambda one: not one.is_closed and STEPS[one.furthest] == step


def choices() -> dict[str, Choice]:
    """What complaints of a number on the page have in common, by the word in its address."""
    at = now()
    found: dict[str, Choice] = {
        "all": lambda one: True,
        "over": lambda one: one.is_over,
        "open": lambda one: not one.is_over,
        "upheld": lambda one: one.is_upheld,
        "late": lambda one: one.kept < one.judged,
        "reopened": lambda one: one.is_reopened,
        "content": _is_content,
    }
    for band in range(len(AGES) + 1):
        found[f"age-{band}"] = lambda one, band=band: (  # type: ignore[misc]
            not one.is_over and _band(one.age(at)) == band
        )
    return found | {f"stay-{step}": stays_at(step) for step in STEPS}


def by_hour(rows: Iterable[Handled], zone: Any) -> Counter[tuple[int, int]]:
    """How many were registered on each weekday (Monday is 1) and hour."""
    local = (one.opened_at.astimezone(zone) for one in rows)
    return Counter((moment.isoweekday(), moment.hour) for moment in local)

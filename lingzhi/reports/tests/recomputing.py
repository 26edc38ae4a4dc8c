"""Every number of a quality report, counted with plain loops over raw rows.

Nothing here asks a measure, a query or the engine: rows are read as they stand and added up in
the way the dictionary of indicators says in words.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import groupby
from math import comb
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from lingzhi.cases.models import Case, Clock, Complaint
from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Appeal, Inspection, Review, ReviewChange, ReviewItem
from lingzhi.org.models import Unit

ZONE = ZoneInfo("Asia/Shanghai")
Z95 = 1.959963984540054
FEW = "; too few to say"
NOTHING = "–"
LIMITS_OF_COMPLAINTS = ("first_response", "investigation", "proposal", "resolution", "feedback")
OF_PROCESS = ("hold", "transfer", "ownership", "structure", "privacy", "promise")
Row = Any
Rows = list[Row]


def day_of(moment: datetime | None) -> date | None:
    return moment.astimezone(ZONE).date() if moment else None


def seconds(row: Row, begin: str, end: str) -> float | None:
    since, until = getattr(row, begin), getattr(row, end)
    return (until - since).total_seconds() if since and until else None


# -- what a share, a mean and a count say


def limits(k: int, n: int) -> tuple[float, float]:
    """The exact 95 % interval: the shares under which so many, or so few, come in 2.5 %."""

    def solve(at_most: int, chance: float) -> float:
        low, high = 0.0, 1.0
        for _step in range(60):
            middle = (low + high) / 2
            said = sum(comb(n, i) * middle**i * (1 - middle) ** (n - i) for i in range(at_most + 1))
            low, high = (middle, high) if said > chance else (low, middle)
        return (low + high) / 2

    return (solve(k - 1, 0.975) if k else 0.0), (solve(k, 0.025) if k < n else 1.0)


def wilson(k: int, n: int) -> tuple[float, float]:
    share, z2 = k / n, Z95 * Z95
    middle, reach = share + z2 / (2 * n), Z95 * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5
    return (middle - reach) / (1 + z2 / n), (middle + reach) / (1 + z2 / n)


def gap(before: tuple[int, int], now: tuple[int, int]) -> tuple[float, float]:
    """Newcombe's interval of the difference of two shares."""
    (low_old, high_old), (low_new, high_new) = wilson(*before), wilson(*now)
    old, new = before[0] / before[1], now[0] / now[1]
    down = ((new - low_new) ** 2 + (high_old - old) ** 2) ** 0.5
    return new - old - down, new - old + ((high_new - new) ** 2 + (old - low_old) ** 2) ** 0.5


def percent(ratio: float) -> str:
    return f"{round(ratio * 100, 1):.1f}%"


def with_limits(k: int, n: int) -> str:
    low, high = limits(k, n)
    said = f"{percent(k / n)} [{percent(low)}–{percent(high)}]"
    return said if n >= 30 else said + FEW


class Share:
    """So many of so many; what is not known (None) is in neither."""

    def __init__(self, said: Iterable[bool | None]) -> None:
        known = [one for one in said if one is not None]
        self.k, self.n = sum(known), len(known)

    def value(self) -> str:
        return percent(self.k / self.n) if self.n else NOTHING

    def cells(self) -> list[str]:
        return [with_limits(self.k, self.n), str(self.n)]


class Mean:
    """The mean of what is known, as `say` says it."""

    def __init__(self, values: Iterable[float | None], say: Callable[[float], str]) -> None:
        self.values, self.say = [float(one) for one in values if one is not None], say
        self.n = len(self.values)

    def value(self) -> str:
        return self.say(sum(self.values) / self.n) if self.n else NOTHING

    def cells(self) -> list[str]:
        return [self.value() + ("" if self.n >= 30 else FEW), str(self.n)]


class Per:
    """So many for each of something else; `n` are the cases above."""

    def __init__(self, above: float, below: float) -> None:
        self.above, self.n = above, below
        self.few = "" if above >= 30 else FEW

    def value(self) -> str:
        return items(self.above / self.n) if self.n else NOTHING

    def cells(self) -> list[str]:
        return [self.value() + self.few, str(round(self.above))]


class Number:
    """A plain count."""

    def __init__(self, n: int) -> None:
        self.n = n

    def value(self) -> str:
        return items(self.n) if self.n else NOTHING

    def cells(self) -> list[str]:
        return [self.value(), str(self.n)]


def clock(value: float) -> str:
    if value < 60:
        return f"{round(value, 1):.1f} s"
    minutes, rest = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def items(value: float) -> str:
    said = f"{value:.0f}" if float(value).is_integer() else f"{round(value, 1):.1f}"
    return f"{said} contact{'' if value == 1 else 's'}"


def points(value: float) -> str:
    return f"{round(value, 2):g} points"


# -- the rows of a unit and a day


class Raw:
    """All rows, read once, and what of them lies in a unit."""

    def __init__(self, unit: Unit) -> None:
        places = dict(Unit.objects.values_list("pk", "path"))
        self.own = {pk for pk, path in places.items() if path.startswith(unit.path)}
        every = list(map(_plain, Contact.objects.select_related("channel")))
        self.contacts = [one for one in every if one.unit_id in self.own]
        self.units = {one.pk: one.unit_id for one in every}
        self.reviews = [one for one in Review.objects.all() if one.state != "draft"]
        self.verdicts = {
            one.contact_id: (one.snapshot.version_ids, one.verdicts)
            for one in Inspection.objects.select_related("snapshot") if one.is_latest
        }  # fmt: skip
        self.cases = [one for one in Case.objects.all() if one.unit_id in self.own]
        self.complaints = list(
            Complaint.objects.select_related("case__type", "cause", "case__unit")
        )
        self.clocks = [
            one for one in Clock.objects.select_related("case__type")
            if one.case.unit_id in self.own
        ]  # fmt: skip

    def of(self, day: date) -> Rows:
        return [one for one in self.contacts if day_of(one.started_at) == day]

    def talks(self, day: date) -> Rows:
        return [one for one in self.of(day) if one.turn_count]

    def lost(self, day: date) -> Rows:
        return [one for one in self.of(day) if not one.turn_count and one.answered_at is None]

    def broken(self, contact: Row, rule: Any) -> bool | None:
        """Whether the conversation shows the problem; None where no rule said so."""
        versions, letters = self.verdicts.get(contact.pk, ((), ""))
        said = dict(zip(versions, letters, strict=True)).get(rule.pk)
        return {"h": True, "m": False}.get(said)


def _plain(contact: Contact) -> SimpleNamespace:
    return SimpleNamespace(**vars(contact), pk=contact.pk, voice=contact.channel.is_voice)


# -- the indicators, by the words of the dictionary


def phone(raw: Raw, day: date) -> dict[str, Any]:
    calls = [one for one in raw.of(day) if one.voice]
    inbound = [one for one in calls if one.direction == "in"]
    taken = [one for one in calls if one.answered_at]
    taken_in = [one for one in inbound if one.answered_at]
    hours = sum(seconds(one, "answered_at", "wrapped_up_at") for one in taken) / 3600
    return {
        "K01": Share(one.answered_at is not None for one in inbound),
        "K02": Mean((seconds(one, "ringing_at", "answered_at") for one in taken_in), clock),
        "K03": Share(one.answered_at is not None and one.ring_count <= 3 for one in inbound),
        "K04": Mean((seconds(one, "answered_at", "wrapped_up_at") for one in taken), clock),
        "K05": Mean((seconds(one, "ended_at", "wrapped_up_at") for one in taken), clock),
        "K24": Per(len(taken), hours),
        "K27": Per(len(taken), len({one.agent_id for one in taken})),
        "K33": Number(sum(one.direction == "in" for one in raw.of(day))),
        "T01": Share(
            one.answered_at is None and one.ended_by == "customer" for one in inbound
        ),
        "T02": Share(
            one.answered_at is not None and seconds(one, "queued_at", "answered_at") <= 20
            for one in inbound
        ),
        "T03": Mean((one.hold_seconds for one in taken), clock),
        "T04": Share(None if one.transfers is None else one.transfers > 0 for one in taken),
        "T05": Share(one.ended_by == "agent" if one.ended_by else None for one in taken),
    }  # fmt: skip


def customers(raw: Raw, day: date) -> dict[str, Any]:
    """What customers said, and how many conversations led to a complaint."""
    told = [one.meta.get("satisfaction") for one in raw.of(day)]
    lost = {one.pk for one in raw.lost(day)}
    led = {one.case.contact_id for one in raw.complaints}
    return {
        "K12": Share(None if said is None else said >= 4 for said in told),
        "K14": Share(one.pk in led for one in raw.of(day) if one.pk not in lost),
    }


def complaints(raw: Raw, day: date) -> dict[str, Any]:
    own = [one for one in raw.complaints if one.case.unit_id in raw.own]
    taken_up = [
        one for one in own
        if day_of(one.case.opened_at) == day and one.case.state not in ("refused", "withdrawn")
    ]  # fmt: skip
    closed = [one.case for one in own if day_of(one.case.closed_at) == day]
    over = [one for one in raw.cases if day_of(one.closed_at) == day and one.kind == "closed"]
    judged = [
        one for one in raw.clocks
        if day_of(one.judged_at) == day and not one.was_over_before
        and one.verdict in ("met", "late") and one.case.type.code == "complaint"
    ]  # fmt: skip
    return {
        "K08": Share(one.satisfaction != "objects" for one in over),
        "K15": Share(one.case.kind in ("solved", "closed") for one in taken_up),
        "K16": Share(one.verdict == "met" for one in judged if one.kind == "resolution"),
        "K17": Mean((seconds(one, "opened_at", "closed_at") for one in closed), clock),
        "K18": Share(one.satisfaction == "satisfied" for one in closed if one.satisfaction),
        "K19": Share(one.verdict == "met" for one in judged if one.kind in LIMITS_OF_COMPLAINTS),
        "K40": Mean((seconds(one, "opened_at", "closed_at") for one in over), clock),
    }


def inspection(raw: Raw, day: date, rule: Any) -> dict[str, Any]:
    """Scores belong to the day of the conversation; the work on them to the day it was done."""
    talks = raw.talks(day)
    on_day = {one.pk for one in raw.of(day)}
    given = [one for one in raw.reviews if one.contact_id in on_day and one.counts]
    told = [one for one in given if one.state == "released"]
    failed = {one.review_id for one in ReviewItem.objects.all() if one.is_failed and not one.family}
    won = {one.review_id for one in ReviewChange.objects.all() if one.cause == "appeal"}
    asked = {one.review_id for one in Appeal.objects.all()}
    kept = [raw.broken(one, rule) for one in talks] if rule.dimension in OF_PROCESS else []
    in_time = (seconds(one, "scored_at", "released_at") for one in given)
    return {
        "K21": Share(None if said is None else not said for said in kept),
        "Q01": Mean((one.value for one in told), points),
        "Q02": Share(one.is_passed for one in told),
        "Q03": Share(one.is_excellent for one in told),
        "Q04": Share(one.is_vetoed or any(one.families.values()) for one in told),
        "Q05": Share(one.pk in failed for one in told),
        "Q06": Share(one.pk in {given.contact_id for given in given} for one in talks),
        "Q07": Share(one.pk in raw.verdicts for one in talks),
        "Q08": Share(one.pk in won for one in told),
        "Q10": Per(*_work(raw, day)),
        "Q11": Share(took <= 72 * 3600 for took in in_time if took is not None),
        "Q12": Share(one.pk in asked for one in told),
    }


def _work(raw: Raw, day: date) -> tuple[int, int]:
    """Scores given on a day, and the days of inspectors; a day counts where most of it lay."""
    done = [one for one in raw.reviews if day_of(one.scored_at) == day]
    done.sort(key=lambda one: one.inspector_id)
    days = 0
    for _inspector, own in groupby(done, key=lambda one: one.inspector_id):
        [(most, _n)] = Counter(raw.units[one.contact_id] for one in own).most_common(1)
        days += most in raw.own
    return sum(raw.units[one.contact_id] in raw.own for one in done), days


def indicators_of(raw: Raw, day: date, rule: Any) -> dict[str, Any]:
    """By code; what has no data has none."""
    found = phone(raw, day) | customers(raw, day) | complaints(raw, day)
    found |= inspection(raw, day, rule)
    return dict(sorted((code, one) for code, one in found.items() if one.n))


def weak_items(raw: Raw, day: date, least: int) -> list[list[str]]:
    on_day = {one.pk for one in raw.of(day)}
    told = {
        one.pk for one in raw.reviews
        if one.contact_id in on_day and one.state == "released" and one.counts
    }  # fmt: skip
    answers: dict[str, list[bool]] = {}
    for one in ReviewItem.objects.all():
        if one.review_id in told and not one.is_na and one.is_failed is not None:
            answers.setdefault(one.item, []).append(one.is_failed)
    found = [(code, sum(said), len(said)) for code, said in answers.items()]
    rows = [(code, k, n) for code, k, n in found if k and n >= least]
    rows.sort(key=lambda one: -limits(*one[1:])[0])
    return [[code, with_limits(k, n).removesuffix(FEW), str(n)] for code, k, n in rows]


# -- cases and complaints


def service(raw: Raw, day: date) -> dict[str, Any]:
    """Counts and shares by the first words of their row."""
    about = [
        one for one in raw.complaints
        if one.accused_unit_id in raw.own or one.case.unit_id in raw.own
    ]  # fmt: skip
    opened = [one for one in raw.cases if day_of(one.opened_at) == day]
    still = [
        one for one in raw.cases
        if day_of(one.opened_at) <= day
        and not any(moment and day_of(moment) <= day for moment in (one.solved_at, one.closed_at))
    ]  # fmt: skip
    decided = [one for one in about if day_of(one.decided_at) == day]
    told = [one for one in raw.cases if day_of(one.fed_back_at) == day]
    began = [
        one for one in raw.clocks
        if day_of(one.opened_at) == day and not one.was_over_before
        and one.verdict in ("met", "late")
    ]  # fmt: skip
    registered = [one for one in about if day_of(one.case.opened_at) == day]
    return {
        "Cases registered": len(opened),
        "Cases solved": sum(day_of(one.solved_at) == day for one in raw.cases),
        "Cases open at the end": len(still),
        "Complaints registered": len(registered),
        "Time limits missed": Share(one.verdict == "late" for one in began),
        "Customers who object to the result": Share(
            one.satisfaction == "objects" for one in told if one.satisfaction
        ),
        "Complaints upheld, of those decided": Share(
            one.finding in ("upheld", "partly") for one in decided if one.finding
        ),
        "Complainants dissatisfied with the handling": Share(
            one.handling_satisfaction == "dissatisfied"
            for one in decided if one.handling_satisfaction
        ),
        "types": Counter(one.type.title["en"] for one in opened),
        "causes": Counter(one.cause.title["en"] for one in registered if one.cause),
    }  # fmt: skip

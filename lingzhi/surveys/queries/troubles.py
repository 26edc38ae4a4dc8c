"""Products that customers call about oftener than before (产品问题), by what was noted."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.fields.json import KT
from scipy.stats import binom

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, published
from lingzhi.core.clock import midnight
from lingzhi.org.models import Unit

DAYS, BEFORE = 7, 28  # days looked at, and those before that say what is usual
FEWEST = 8  # conversations about a product before anything is said
TIMES = 2.0  # as often as before: less is no trouble
CHANCE = 0.001  # for all products of a look together: one look in a thousand calls out by chance
MATTERS = 3
Counted = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A product with how many of the conversations were about it now and in the days before, and
    the matters (what was noted as the reason) that were named most.
    """

    product: str
    hits: int
    of: int
    before_hits: int
    before_of: int
    matters: tuple[str, ...]


def troubles_up_to(last: date, unit: Unit | None = None, days: int = DAYS) -> list[Trouble]:
    """Products of the `days` up to `last` that are surely named twice as often as in four weeks
    before; the most frequent first. `unit` with all below it; None: the company.

    Surely: exact binomial test of the share, at one in a thousand divided by the products seen.
    """
    first = last - timedelta(days=days - 1)
    now = _counted(first, last, unit)
    before = _counted(first - timedelta(days=BEFORE), first - timedelta(days=1), unit)
    of, before_of = _sum(now), _sum(before)
    named = [one for one in now if one]
    found = []
    for product in named:
        hits, earlier = sum(now[product].values()), sum(before.get(product, {}).values())
        if hits >= FEWEST and _rose((hits, of), (earlier, before_of), CHANCE / len(named)):
            matters = sorted(now[product], key=lambda one: (-now[product][one], one))
            told = tuple(one for one in matters if one)[:MATTERS]
            found.append(Trouble(product, hits, of, earlier, before_of, told))
    return sorted(found, key=lambda one: (-one.hits, one.product))


def _rose(now: tuple[int, int], before: tuple[int, int], chance: float) -> bool:
    """Whether the share is more than `TIMES` that before, by more than chance explains."""
    if not before[1]:
        return False
    usual = TIMES * now[1] / (TIMES * now[1] + before[1])
    return bool(binom.sf(now[0] - 1, now[0] + before[0], usual) < chance)


def _sum(counted: Counted) -> int:
    return sum(sum(matters.values()) for matters in counted.values())


def _counted(first: date, last: date, unit: Unit | None) -> Counted:
    """By product ("" where none was noted) and matter, how many conversations."""
    rows = conversations(published()).filter(
        direction=Contact.Direction.IN, started_at__gte=midnight(first),
        started_at__lt=midnight(last + timedelta(days=1)),
    )  # fmt: skip
    if unit is not None and unit.parent_id is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    named = rows.order_by().annotate(product=KT("meta__product"), matter=KT("meta__reason"))
    counted = named.values("product", "matter").annotate(number=Count("pk"))
    found: Counted = defaultdict(dict)
    for row in counted:
        found[row["product"] or ""][row["matter"] or ""] = row["number"]
    return found

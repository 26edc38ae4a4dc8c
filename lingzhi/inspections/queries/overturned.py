"""How often appeals overturned what rules, inspectors and items had found (改判率).

Counted among everything that could be appealed against and no longer can, not among the appeals
alone: agents appeal where a score was wrong, so of the appeals most are won even with a fair rule.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from lingzhi.core.clock import midnight
from lingzhi.inspections.models import (
    Appeal,
    AppealItem,
    Finding,
    Policy,
    Review,
    ReviewItem,
    SheetVersion,
)
from lingzhi.inspections.queries.deadlines import DAY, begun_before
from lingzhi.kpis.queries import Period
from lingzhi_engine.sheet import Fill, Item, ItemKind
from lingzhi_engine.stats import Rate


def settled_reviews(period: Period, within: Q | None = None) -> QuerySet[Review]:
    """Scores of agents released in `period` whose time to appeal is over for good.

    Over means: the month is closed, or the longest window that any centre has is past; and no
    appeal is open. All are held to the same moment, else early wins would weigh too much.
    `within` narrows the scores, such as to a person's reach.
    """
    longest = Policy.objects.aggregate(days=Max("appeal_days"))["days"] or 0
    before = begun_before(None, max(longest, Policy().appeal_days))
    living = Appeal.objects.filter(review=OuterRef("pk"), state__in=Appeal.LIVING)
    rows = Review.objects.filter(
        state=Review.State.RELEASED,
        agent__isnull=False,
        released_at__gte=midnight(period.first),
        released_at__lt=midnight(period.last + DAY),
    )
    over = Q(closed_at__isnull=False) | Q(released_at__lt=before)
    return rows.filter(over, within or Q()).exclude(Exists(living))


def overturned_by_inspector(period: Period, within: Q | None = None) -> dict[int, Rate]:
    """Scores changed by an appeal, of all that could be appealed against, by the inspector's id."""
    scores = settled_reviews(period, within)
    all_of = _counts(scores, "inspector")
    won = _won(scores, "appeal__review__inspector")
    return {who: Rate(won.get(who, 0), number) for who, number in all_of.items()}


def overturned_by_item(period: Period, within: Q | None = None) -> dict[tuple[int, str], Rate]:
    """Answers changed by an appeal, of all that could be, by (sheet id, code of the item)."""
    scores = settled_reviews(period, within)
    asked = ReviewItem.objects.filter(review__in=scores)
    all_of = _counts(asked, "review__version__sheet", "item")
    won = _won(scores, "appeal__review__version__sheet", "item")
    return {which: Rate(won.get(which, 0), number) for which, number in all_of.items()}


def overturned_by_rule(period: Period, within: Q | None = None) -> dict[str, Rate]:
    """Hits that appeals overturned, of all hits that people could appeal against, by rule code.

    A hit counts where the rule's answer stood in the score when it could be appealed against.
    Where several rules fill one item, it counts for those that hit in the conversation.
    """
    asked = ReviewItem.objects.filter(review__in=settled_reviews(period, within)).exclude(
        proposed=""
    )
    kept = Q(value=F("proposed")) | Q(is_na=True, proposed="na")
    asked = asked.filter(_is_item_overturned(is_by_rule=True) | kept)
    rates: dict[str, Rate] = {}
    for item, fill, rows in _filled(asked):
        hits = rows.exclude(proposed__in=("0", "na"))
        if item.kind is not ItemKind.COUNT:
            hits = rows.filter(proposed=fill.hit)
        for code in fill.rules:
            found = _rate(hits if len(fill.rules) == 1 else hits.filter(_has_hit(code)))
            if found.denominator:
                rates[code] = rates.get(code, Rate(0, 0)) + found
    return rates


def _filled(
    asked: QuerySet[ReviewItem],
) -> Iterable[tuple[Item, Fill, QuerySet[ReviewItem]]]:
    """The items that rules fill, one a version of a sheet, with their rows."""
    used = asked.order_by().values_list("review__version", "item").distinct()
    found: dict[int, set[str]] = {}
    for key, code in used:
        found.setdefault(key, set()).add(code)
    for version in SheetVersion.objects.filter(pk__in=found):
        for item in version.read().items:
            if item.fill is not None and item.code in found[version.pk]:
                yield item, item.fill, asked.filter(review__version=version, item=item.code)


def _rate(hits: QuerySet[ReviewItem]) -> Rate:
    counted = hits.aggregate(
        n=Count("pk"), won=Count("pk", filter=_is_item_overturned(is_by_rule=True))
    )
    return Rate(counted["won"], counted["n"])


def _has_hit(code: str) -> Exists:
    return Exists(
        Finding.objects.filter(
            inspection__contact=OuterRef("review__contact"),
            inspection__is_latest=True,
            version__rule__code=code,
            verdict="hit",
        )
    )


def _won(scores: QuerySet[Review], *key: str) -> dict[Any, int]:
    """How many of these scores an appeal changed; each counts once, however many rounds."""
    rows = AppealItem.objects.filter(appeal__review__in=scores, is_changed=True)
    return _counts(rows, *key, what="appeal__review")


def _is_item_overturned(**more: Any) -> Any:
    return Q(
        Exists(
            AppealItem.objects.filter(
                appeal__review=OuterRef("review"), item=OuterRef("item"), is_changed=True, **more
            )
        )
    )


def _counts(rows: QuerySet[Any], *key: str, what: str = "") -> dict[Any, int]:
    """Rows, or different values of `what`, by the values of `key`."""
    number = Count(what, distinct=True) if what else Count("pk")
    counted = rows.order_by().values_list(*key).annotate(number=number)
    shape: Callable[[tuple[Any, ...]], Any] = (lambda one: one[0]) if len(key) == 1 else tuple
    return {shape(row[:-1]): row[-1] for row in counted}

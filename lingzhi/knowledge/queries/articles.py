"""Answers that hold now, those that fit a question, and the list of who writes them."""

import math
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from lingzhi.approvals.models import Approval
from lingzhi.core.clock import today
from lingzhi.core.folding import RUN, folded
from lingzhi.knowledge.models import Article, ArticleUse, ArticleVersion, Category

READ, WRITE, APPROVE = "knowledge.read", "knowledge.write", "knowledge.approve"
PUBLIC = Article.Audience.PUBLIC
MOST_WEIGHED = 500
ENOUGH = 0.4  # the share that an answer has to hold of the weight of what any answer knows
AT_LEAST = 0.25  # and of all that was asked
IN_TITLE = 2.0  # what a word weighs more where it stands in the title


def in_force(*, to_customers: bool = False) -> QuerySet[ArticleVersion]:
    """The version of each article that holds today. One that expired brings back no older one."""
    day = today()
    begun = Q(approved_at__isnull=False, effective_on__lte=day)
    newer = ArticleVersion.objects.filter(
        begun, article=OuterRef("article"), number__gt=OuterRef("number")
    )
    rows = ArticleVersion.objects.filter(begun, ~Exists(newer), article__ended_at=None)
    rows = rows.filter(Q(expires_on=None) | Q(expires_on__gt=day))
    if to_customers:
        rows = rows.filter(article__audience=PUBLIC)
    return rows.select_related("article__category").order_by("article__category__order", "pk")


def below(category: Category) -> list[int]:
    """The keys of a category and of all that is part of it."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Category.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found, waiting = [], [category.pk]
    while waiting:
        found.append(one := waiting.pop())
        waiting += children.get(one, [])
    return found


def tokens(text: str) -> list[str]:
    """What is looked for: pairs of characters of Chinese runs, whole words of others."""
    found: list[str] = []
    for run in RUN.findall(folded(text)):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
    return list(dict.fromkeys(found))


def fitting(rows: QuerySet[ArticleVersion], text: str, most: int = 20) -> list[ArticleVersion]:
    """Those that answer a question, the best first; a whole sentence may be asked.

    A pair of characters weighs the more, the fewer answers have it; those in the title weigh more.
    Two characters suffice, and 简体 and 繁體 find each other.
    """
    wanted = tokens(text[:200])
    if not wanted:
        return []
    any_of = Q()
    for token in wanted:
        any_of |= Q(words__contains=token)
    found = list(rows.filter(any_of)[:MOST_WEIGHED])
    weights = _weights(wanted, found)
    whole = sum(weights.values())
    scored = [(_score(one, weights), one) for one in found]
    good = [
        (score, one)
        for score, one in scored
        if _held(one, weights) >= ENOUGH * whole
        and sum(token in one.words for token in wanted) >= AT_LEAST * len(wanted)
    ]
    return [one for _, one in sorted(good, key=lambda each: (-each[0], each[1].pk))[:most]]


def _weights(wanted: Iterable[str], found: list[ArticleVersion]) -> dict[str, float]:
    have = {token: sum(token in one.words for one in found) for token in wanted}
    return {token: math.log(1 + len(found) / count) for token, count in have.items() if count}


def _held(one: ArticleVersion, weights: dict[str, float]) -> float:
    return sum(weight for token, weight in weights.items() if token in one.words)


def _score(one: ArticleVersion, weights: dict[str, float]) -> float:
    titled = sum(weight for token, weight in weights.items() if token in one.title_words)
    return _held(one, weights) + IN_TITLE * titled


def newest_versions() -> QuerySet[ArticleVersion]:
    """The last version of each article, drafts and ended ones too: for who writes them."""
    newer = ArticleVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    rows = ArticleVersion.objects.filter(~Exists(newer))
    return rows.select_related("article__category").order_by("article__category__order", "pk")


def state_of(version: ArticleVersion) -> str:
    """draft | asked | waiting | in_force | expired | replaced | ended."""
    if version.article.ended_at:
        return "ended"
    if version.approved_at is None:
        return "asked" if open_approval(version) else "draft"
    day = today()
    if version.effective_on > day:
        return "waiting"
    if version.expires_on and version.expires_on <= day:
        return "expired"
    return "in_force" if in_force().filter(pk=version.pk).exists() else "replaced"


def open_approval(version: ArticleVersion) -> Approval | None:
    """The request for this version that waits for signatures."""
    subject = f"{version._meta.label_lower}/{version.pk}"
    rows = Approval.objects.filter(subject=subject, state=Approval.State.OPEN)
    return rows.first()


def uses_of(article: Article) -> dict[str, int]:
    """How often it was opened, helped and did not, over all its versions."""
    rows = ArticleUse.objects.filter(version__article=article)
    sums = rows.aggregate(opened=Sum("opened"), helped=Sum("helped"), failed=Sum("not_helped"))
    return {name: value or 0 for name, value in sums.items()}

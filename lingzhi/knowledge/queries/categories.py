"""The tree of categories in the order in which it is shown."""

from dataclasses import dataclass

from django.db.models import Count, Q

from lingzhi.knowledge.models import Category


@dataclass(frozen=True, slots=True)
class Branch:
    """A category, how deep it stands, and how many articles stand right under it."""

    category: Category
    depth: int
    articles: int

    @property
    def dashes(self) -> str:
        return "— " * self.depth


def tree() -> list[Branch]:
    """All of them, each before what is part of it."""
    living = Q(articles__ended_at=None)
    rows = Category.objects.annotate(number=Count("articles", filter=living))
    children: dict[int | None, list[Category]] = {}
    for one in rows:
        children.setdefault(one.parent_id, []).append(one)
    found: list[Branch] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in children.get(parent, []):
            found.append(Branch(one, depth, one.number))  # type: ignore[attr-defined]
            walk(one.pk, depth + 1)

    walk(None, 0)
    return found

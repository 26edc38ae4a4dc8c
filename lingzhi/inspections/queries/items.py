"""Items of the score sheets in force, named so that settings can point at them."""

from collections.abc import Iterator

from lingzhi.inspections.models import SheetVersion


def places_of_items() -> Iterator[tuple[str, str]]:
    """Each item as `sheet:item`, their codes, with the titles of both."""
    for version in SheetVersion.objects.filter(state="active").select_related("sheet"):
        for item in version.read().items:
            yield f"{version.sheet.code}:{item.code}", f"{version.title} · {item.title}"

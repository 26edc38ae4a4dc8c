"""A form as pages and paper show it."""

from dataclasses import dataclass

from lingzhi.cases.models import PaperForm, PaperSection
from lingzhi.core.languages import in_language


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section: its title, its fields with what was filled in, and the signature under it."""

    title: str
    fields: tuple[tuple[str, str], ...]
    signature: PaperSection | None


def shown_sections(paper: PaperForm) -> list[ShownSection]:
    """The sections in their order, signed or not."""
    signed = {one.code: one for one in paper.signed.select_related("signed_by")}
    found = []
    for one in paper.content["sections"]:
        signature = signed.get(one["code"])
        values = signature.values if signature else {}
        rows = tuple((in_language(f["title"]), values.get(f["code"], "")) for f in one["fields"])
        found.append(ShownSection(in_language(one["title"]), rows, signature))
    return found

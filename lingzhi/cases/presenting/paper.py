"""A form as pages and paper show it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Duty, FormTemplate, PaperForm, PaperSection
from lingzhi.cases.services.paper import FACTS
from lingzhi.core.languages import in_language, joined


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


@dataclass(frozen=True, slots=True)
class Outlined:
    """A section of a template: who signs it, and its fields with what each begins with."""

    title: str
    signers: str | Promise
    fields: tuple[tuple[str, str | Promise], ...]


def outline(template: FormTemplate) -> list[Outlined]:
    """The sections of a template in their order."""
    route: dict[int, list[str]] = {}
    for duty in Duty.objects.filter(task=Duty.Task.OPINION):
        route.setdefault(duty.order, []).append(str(duty))
    return [
        Outlined(
            in_language(one["title"]),
            joined(route.get(one["step"], ())) or _("Whoever works on the case"),
            tuple((in_language(f["title"]), FACTS.get(f.get("fact", ""), ""))
                  for f in one["fields"]),
        )
        for one in template.content["sections"]
    ]  # fmt: skip

"""Conversations in a list, with what hit in them and the place where one starts to read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Finding, RuleVersion
from lingzhi.inspections.queries import hits_of


@dataclass(frozen=True, slots=True)
class ShownConversation:
    """One conversation; `hits` is None where nobody judged it."""

    contact: Contact
    hits: list[RuleVersion] | None
    url: str


def shown_conversations(
    contacts: Iterable[Contact], rules: Collection[int] | None
) -> list[ShownConversation]:
    """Each conversation with its hits; its address leads to the first words found by `rules`."""
    several = list(contacts)
    hits = hits_of(several)
    chosen = {
        contact: [one for one in found if rules is None or one.rule_id in rules]
        for contact, found in hits.items()
    }
    places = _first_places(several, {one.pk for found in chosen.values() for one in found})
    return [
        ShownConversation(
            contact,
            chosen.get(contact.pk),
            reverse("contacts:detail", args=[contact.pk]) + places.get(contact.pk, ""),
        )
        for contact in several
    ]


def _first_places(contacts: list[Contact], versions: Collection[int]) -> dict[int, str]:
    """`#turn-4` of the first words that hit, for each conversation that has some."""
    rows = Finding.objects.filter(
        inspection__contact__in=contacts,
        inspection__is_latest=True,
        version_id__in=versions,
        verdict=Finding.Verdict.HIT,
        turn__isnull=False,
    )
    found = rows.order_by("-turn").values_list("inspection__contact_id", "turn")
    return {contact: f"#turn-{turn}" for contact, turn in found}

"""Signs that somebody works for the figure and not for the customer (刷指标): reasons to look.

Each sign is a share of a person's conversations or scores beside a reference: that of everybody
else, or of the person's own other conversations. It is raised where the interval of the difference
(Newcombe 1998), at 95 % over all persons of the sign together (Bonferroni), lies above nought.
What is not known counts neither way; too few are too few to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.results import is_severe
from lingzhi.inspections.queries.verdicts import HIT, MISS, verdicts_of
from lingzhi_engine.stats import Rate, difference

LEVEL = 0.95
SHORT = timedelta(seconds=30)
HASTY_SECONDS = 30
SOON = timedelta(days=1)
NO_SURVEY = "closing.no_survey"
Rates = Mapping[int, Rate]


@dataclass(frozen=True, slots=True)
class Sign:
    """One person's share of what a sign counts, the share it is held against, and by how much.

    `low` and `high` are the limits of the difference, in shares.
    """

    code: str
    person: User
    own: Rate
    reference: Rate
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        """Whether both shares may be shown as a statement about somebody."""
        return self.own.is_enough() and self.reference.is_enough()

    @property
    def is_raised(self) -> bool:
        """Whether the person stands out by more than chance explains."""
        return self.is_enough and self.low > 0


def signs_of_agents(contacts: QuerySet[Contact]) -> list[Sign]:
    """Hanging up first, quick closes after which the customer calls again, selective invitation."""
    counts = _agents(contacts)
    found = [
        *_beside_others("hung_up", {pk: Rate(one["hung_up"], one["known_end"])
                                    for pk, one in counts.items()}),
        *_beside_others("quick_close", {pk: Rate(one["quick"], one["known_customer"])
                                        for pk, one in counts.items()}),
        *_invitations(contacts),
    ]  # fmt: skip
    return _with_people(found)


def _agents(contacts: QuerySet[Contact]) -> dict[int, dict[str, Any]]:
    again = Contact.objects.filter(
        customer=OuterRef("customer"),
        started_at__gt=OuterRef("ended_at"),
        started_at__lte=OuterRef("ended_at") + SOON,
    )
    is_known = Q(customer__isnull=False, ended_at__isnull=False)
    rows = (
        contacts.order_by()
        .exclude(agent=None)
        .annotate(lasted=F("ended_at") - Coalesce("answered_at", "started_at"))
        .values("agent_id")
        .annotate(
            known_end=Count("pk", filter=~Q(ended_by="")),
            hung_up=Count("pk", filter=Q(ended_by="agent")),
            known_customer=Count("pk", filter=is_known),
            quick=Count("pk", filter=is_known & Q(lasted__lt=SHORT) & Q(Exists(again))),
        )
    )
    return {int(row["agent_id"]): {**row} for row in rows}


def _invitations(contacts: QuerySet[Contact]) -> Iterator[tuple[str, int, Rate, Rate, int]]:
    """Not asked to rate where something went wrong, beside the same agent's other conversations."""
    verdicts = verdicts_of(contacts, ("contact__agent_id",))
    asked = [one.rule.code == NO_SURVEY for one in verdicts.versions]
    if not any(asked):
        return
    said = verdicts.letters[:, asked.index(True)]
    severe = [is_severe(one) for one in verdicts.versions]
    trouble = (verdicts.letters[:, severe] == HIT).any(axis=1)
    agents = np.array([pk or 0 for pk in verdicts.keys["contact__agent_id"]], np.int64)
    people = [int(pk) for pk in np.unique(agents) if pk]
    for pk in people:
        own = agents == pk
        in_trouble, otherwise = (
            Rate(
                int((said[own & where] == HIT).sum()),
                int(((said[own & where] == HIT) | (said[own & where] == MISS)).sum()),
            )
            for where in (trouble, ~trouble)
        )
        yield "selective_invitation", pk, in_trouble, otherwise, len(people)


def signs_of_inspectors(reviews: QuerySet[Review]) -> list[Sign]:
    """Scores given without listening, and quicker than anybody can read."""
    rows = (
        reviews.order_by()
        .exclude(state=Review.State.DRAFT)
        .values("inspector_id")
        .annotate(
            with_sound=Count("pk", filter=Q(sound_ratio__isnull=False)),
            unheard=Count("pk", filter=Q(sound_ratio=0)),
            timed=Count("pk", filter=Q(seconds__gt=0)),
            hasty=Count("pk", filter=Q(seconds__gt=0, seconds__lt=HASTY_SECONDS)),
        )
    )
    counts = {row["inspector_id"]: row for row in rows}
    found = [
        *_beside_others("unheard", {pk: Rate(one["unheard"], one["with_sound"])
                                    for pk, one in counts.items()}),
        *_beside_others("hasty", {pk: Rate(one["hasty"], one["timed"])
                                  for pk, one in counts.items()}),
    ]  # fmt: skip
    return _with_people(found)


def _beside_others(code: str, rates: Rates) -> Iterator[tuple[str, int, Rate, Rate, int]]:
    whole = sum(rates.values(), Rate(0, 0))
    for pk, own in rates.items():
        others = Rate(whole.numerator - own.numerator, whole.denominator - own.denominator)
        yield code, pk, own, others, len(rates)


def _with_people(found: Iterable[tuple[str, int, Rate, Rate, int]]) -> list[Sign]:
    """The signs of whoever has any figure, those that are raised first."""
    several = [one for one in found if one[2].denominator]
    people = User.objects.in_bulk({pk for _code, pk, *_rest in several})
    signs = [_sign(code, people[pk], own, beside, among)
             for code, pk, own, beside, among in several]  # fmt: skip
    return sorted(signs, key=lambda one: (not one.is_raised, not one.is_enough, -one.low))


def _sign(code: str, person: User, own: Rate, reference: Rate, among: int) -> Sign:
    level = 1 - (1 - LEVEL) / max(1, among)
    low, high = difference(
        (reference.numerator, reference.denominator), (own.numerator, own.denominator), level
    )
    return Sign(code, person, own, reference, low, high)

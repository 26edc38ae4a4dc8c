"""Which cases belong together, and which look like one matter (重复工单)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent, CaseLink, CaseMerge
from lingzhi.cases.queries.cases import NOT_OPEN
from lingzhi.cases.queries.secrecy import shown_cases_of

NEAR = timedelta(days=30)
ALIKE = 0.5  # of the pairs of characters in both subjects
MOST = 50  # cases of one customer that are compared


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be about the same matter; `part` of its subject's pairs are the same."""

    case: Case
    same_contact: bool
    same_type: bool
    part: float


@dataclass(frozen=True, slots=True)
class Belonging:
    """What belongs to a case: links both ways, merges both ways."""

    whole: CaseLink | None
    parts: list[CaseLink]
    related: list[tuple[CaseLink, Case]]
    kept: CaseMerge | None
    absorbed: list[CaseMerge]


def belonging_to(case: Case) -> Belonging:
    """Every living link and merge of the case."""
    links = CaseLink.objects.filter(Q(case=case) | Q(other=case), ended_at=None)
    rows = list(links.select_related("case__version", "other__version"))
    merges = CaseMerge.objects.filter(Q(kept=case) | Q(merged=case), undone_at=None)
    found = list(merges.select_related("kept", "merged", "made_by"))
    of_whole = [one for one in rows if one.kind == CaseLink.Kind.PART_OF]
    related = [one for one in rows if one.kind == CaseLink.Kind.RELATED]
    return Belonging(
        next((one for one in of_whole if one.case_id == case.pk), None),
        [one for one in of_whole if one.other_id == case.pk],
        [(one, one.other if one.case_id == case.pk else one.case) for one in related],
        next((one for one in found if one.merged_id == case.pk), None),
        [one for one in found if one.kept_id == case.pk],
    )


def open_cases_of(customer_id: int | None, user: User) -> QuerySet[Case]:
    """What is open of a customer, as far as `user` may see it: look here before opening one."""
    if customer_id is None:
        return Case.objects.none()
    rows = shown_cases_of(user).filter(customer=customer_id).exclude(kind__in=NOT_OPEN)
    return rows.order_by("-opened_at")


def alike(case: Case, user: User) -> list[Alike]:
    """Open cases of the same customer or conversation that look like the same matter.

    The same conversation, or opened within NEAR with the same type or with ALIKE subjects. The
    most alike first; those linked or merged already are left out.
    """
    same = Q(contact=case.contact_id) if case.contact_id else Q(pk=None)
    if case.customer_id:
        same |= Q(
            customer=case.customer_id,
            opened_at__gte=case.opened_at - NEAR,
            opened_at__lte=case.opened_at + NEAR,
        )
    rows = shown_cases_of(user).filter(same).exclude(pk=case.pk).exclude(kind__in=NOT_OPEN)
    rows = rows.exclude(pk__in=_tied(case)).order_by("-opened_at")
    found = (_compare(case, one) for one in rows[:MOST])
    near = [one for one in found if one.same_contact or one.same_type or one.part >= ALIKE]
    return sorted(near, key=lambda one: (-one.same_contact, -one.part, -one.case.pk))


def _tied(case: Case) -> Iterable[int]:
    rows = CaseLink.objects.filter(Q(case=case) | Q(other=case), ended_at=None)
    pairs = rows.values_list("case", "other")
    return {pk for pair in pairs for pk in pair} - {case.pk}


def _compare(case: Case, other: Case) -> Alike:
    is_same = case.contact_id is not None and case.contact_id == other.contact_id
    return Alike(other, is_same, case.type_id == other.type_id, likeness(case.title, other.title))


def likeness(one: str, other: str) -> float:
    """Pairs of neighbouring characters in both, of those in either: 0 to 1 (Jaccard)."""
    pairs, others = _pairs(one), _pairs(other)
    either = pairs | others
    return len(pairs & others) / len(either) if either else 0.0


def _pairs(text: str) -> set[str]:
    plain = "".join(text.casefold().split())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def parts_open(whole: Case) -> QuerySet[Case]:
    """Parts of an incident whose customers still wait."""
    parts = CaseLink.objects.filter(other=whole, kind=CaseLink.Kind.PART_OF, ended_at=None)
    rows = Case.objects.filter(pk__in=parts.values("case"))
    return rows.exclude(kind__in=NOT_OPEN).order_by("pk")


def parts_to_tell(told: CaseEvent) -> QuerySet[Case]:
    """Open parts whose customers were not yet told what the whole was told."""
    passed_on = CaseEvent.objects.filter(
        case=OuterRef("pk"), kind=told.kind, other=told.case_id, id__gt=told.pk
    )
    return parts_open(told.case).exclude(Exists(passed_on))


def last_told(case: Case) -> CaseEvent | None:
    """What the customer of the case heard last."""
    return case.events.filter(kind=CaseEvent.Kind.TOLD).order_by("-id").first()

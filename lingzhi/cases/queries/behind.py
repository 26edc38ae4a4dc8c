"""The cases and conversations behind a figure of a clause, as far as one person may see them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, FollowUp
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.clauses import Judge, Judged, judged_under
from lingzhi.cases.queries.follow_ups import follow_ups_visible_to
from lingzhi.cases.queries.record_fields import FIELDS
from lingzhi.cases.queries.secrecy import shown_cases_of
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to
from lingzhi.rulebook.queries.stretches import stretches_of

MOST = 2000  # the newest are shown


@dataclass(frozen=True, slots=True)
class Asked:
    """A control, for a unit and days; without a verdict all."""

    control_id: int
    unit_id: int | None
    first: date
    last: date
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that was judged, with its case, its conversation or its follow-up; `matter` is
    the case that a follow-up is about, where the person sees it."""

    judged: Judged
    case: Case | None
    contact: Contact | None
    follow_up: FollowUp | None = None
    matter: Case | None = None

    @property
    def lacks(self) -> list[str]:
        """What its record lacks, in words."""
        return [str(FIELDS[code]) for code in self.judged.lacks]


def behind(judge: Judge, asked: Asked, user: User) -> tuple[list[Shown], int]:
    """What was judged so, the newest first, and how many of it this person may not see.

    Counted are all; of more than MOST only the newest are looked at.
    """
    found = sorted(_judged(judge, asked), key=_newest, reverse=True)[:MOST]
    talks = {one.contact_id for one in found if one.contact_id}
    contacts: dict[int, Contact] = {}
    if talks and user.can("contacts.read"):
        contacts = visible_to(user).select_related("agent", "unit").filter(pk__in=talks).in_bulk()
    calls = {one.follow_up_id for one in found if one.follow_up_id}
    follow_ups = follow_ups_visible_to(user).filter(pk__in=calls).in_bulk() if calls else {}
    keys = {one.case_id for one in found} | {one.case_id for one in follow_ups.values()}
    cases = cases_visible_to(user).filter(pk__in=[key for key in keys if key]).in_bulk()
    of_talks = {one.case_id for one in found if one.contact_id and one.case_id}
    named = set(shown_cases_of(user).filter(pk__in=of_talks).values_list("pk", flat=True))
    shown = [_shown(one, cases, contacts, follow_ups, named) for one in found]
    seen = [one for one in shown if one.case or one.contact or one.follow_up]
    return seen, len(shown) - len(seen)


def _shown(
    one: Judged, cases: Mapping[int, Case], contacts: Mapping[int, Contact],
    follow_ups: Mapping[int, FollowUp], named: Collection[int],
) -> Shown:  # fmt: skip
    """A conversation that was judged for its case (`named`) shows as much as that may be shown."""
    if one.contact_id:
        is_open = one.case_id is None or one.case_id in named
        return Shown(one, None, contacts.get(one.contact_id) if is_open else None)
    call = follow_ups.get(one.follow_up_id or 0)
    matter = cases.get(call.case_id or 0) if call else None
    return Shown(one, cases.get(one.case_id or 0), None, call, matter)


def _judged(judge: Judge, asked: Asked) -> Iterable[Judged]:
    for part in stretches_of(asked.control_id, asked.unit_id, asked.first, asked.last):
        for one in judged_under(judge, part.binding, part.first, part.last):
            if asked.verdict in ("", one.verdict):
                yield one


def _newest(one: Judged) -> tuple[date, float, int]:
    at = one.at.timestamp() if one.at else 0.0
    return one.day, at, one.case_id or one.contact_id or one.follow_up_id or 0

"""The cases and conversations behind a figure of a clause, as far as one person may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, FollowUp
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.clauses import Judge, Judged
from lingzhi.cases.queries.follow_ups import follow_ups_visible_to
from lingzhi.cases.queries.record_fields import FIELDS
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
    """One thing that was judged, with its case, its conversation or its follow-up."""

    judged: Judged
    case: Case | None
    contact: Contact | None
    follow_up: FollowUp | None = None

    @property
    def lacks(self) -> list[str]:
        """What its record lacks, in words."""
        return [str(FIELDS[code]) for code in self.judged.lacks]


def behind(judge: Judge, asked: Asked, user: User) -> tuple[list[Shown], int]:
    """What was judged so, the newest first, and how many of it this person may not see.

    Counted are all; of more than MOST only the newest are looked at.
    """
    found = sorted(_judged(judge, asked), key=_newest, reverse=True)[:MOST]
    keys = {one.case_id for one in found if one.case_id}
    cases = cases_visible_to(user).filter(pk__in=keys).in_bulk()
    talks = {one.contact_id for one in found if one.contact_id}
    contacts: dict[int, Contact] = {}
    if talks and user.can("contacts.read"):
        contacts = visible_to(user).select_related("agent", "unit").filter(pk__in=talks).in_bulk()
    calls = {one.follow_up_id for one in found if one.follow_up_id}
    follow_ups = follow_ups_visible_to(user).filter(pk__in=calls).in_bulk() if calls else {}
    shown = [
        Shown(
            one, cases.get(one.case_id or 0), contacts.get(one.contact_id or 0),
            follow_ups.get(one.follow_up_id or 0),
        )
        for one in found
    ]  # fmt: skip
    seen = [one for one in shown if one.case or one.contact or one.follow_up]
    return seen, len(shown) - len(seen)


def _judged(judge: Judge, asked: Asked) -> Iterable[Judged]:
    for part in stretches_of(asked.control_id, asked.unit_id, asked.first, asked.last):
        for one in judge(part.binding, part.first, part.last):
            is_meant = part.first <= one.day <= part.last and part.binding.holds_for(one.path)
            if is_meant and asked.verdict in ("", one.verdict):
                yield one


def _newest(one: Judged) -> tuple[date, float, int]:
    at = one.at.timestamp() if one.at else 0.0
    return one.day, at, one.case_id or one.contact_id or one.follow_up_id or 0

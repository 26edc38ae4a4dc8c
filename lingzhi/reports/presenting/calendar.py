"""Lines of the report calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.accounts.models import User
from lingzhi.core.languages import joined
from lingzhi.reports.kinds import title_of
from lingzhi.reports.models import Report
from lingzhi.reports.presenting.words import days_in_words
from lingzhi.reports.queries import makers_of, visible_to
from lingzhi.reports.queries.calendar import COMING, LATE, READ, UNREAD, WAITS, Dated, unread_by

MOST = 4  # names; the page of the report has them all
TONES = {LATE: "bad", WAITS: "warn", UNREAD: "flow", READ: "good", COMING: "unknown"}


@dataclass(frozen=True, slots=True)
class ShownDate:
    """One report of the calendar. `says` what is the matter, `whose` turn it is."""

    row: Dated
    title: str | Promise
    days: str
    says: str
    tone: str
    whose: str
    is_open: bool


def shown_dates(rows: Sequence[Dated], reader: User) -> list[ShownDate]:
    made = [one.report.pk for one in rows if one.report]
    seen = set(visible_to(reader).filter(pk__in=made).values_list("pk", flat=True))
    unread = unread_by(made)
    return [
        ShownDate(
            row=one,
            title=title_of(one.plan),
            days=days_in_words(one.period.first.isoformat(), one.period.last.isoformat()),
            says=_says(one),
            tone=TONES[one.stands],
            whose=_whose(one, unread),
            is_open=one.report is not None and one.report.pk in seen,
        )
        for one in rows
    ]


def _says(one: Dated) -> str:
    if one.stands == LATE:
        n = one.days_late
        return ngettext("overdue by %(n)s day", "overdue by %(n)s days", n) % {"n": n}
    if one.stands == WAITS and one.report:
        return str(one.report.get_state_display())
    if one.stands == COMING:
        return _("not due yet")
    if not one.asked:
        return _("sent, but to nobody")
    return _("read by %(read)s of %(asked)s") % {"read": one.read, "asked": one.asked}


def _whose(one: Dated, unread: dict[int, list[str]]) -> str:
    """Who has not read it, or who has to hand it in."""
    if one.report is None:
        return ""
    if one.report.state == Report.State.DRAFT:
        return _("waits for %(people)s") % {"people": _named(x.name for x in makers_of(one.plan))}
    if one.report.state == Report.State.ASKED:
        return _("waits for its approval")
    names = unread.get(one.report.pk, [])
    return _("not yet: %(people)s") % {"people": _named(names)} if names else ""


def _named(names: Iterable[str]) -> str:
    found = list(names)
    words = joined(found[:MOST]) or "–"
    if len(found) > MOST:
        return _("%(people)s and %(n)s more") % {"people": words, "n": len(found) - MOST}
    return words

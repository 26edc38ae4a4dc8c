"""A weak link (薄弱环节) is told to who leads the unit: a to-do, until improvements have an app."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.queries.people import leaders_of
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.surveys.queries.results import Line


class NotWeak(DomainError):
    message = _("This does not lie below its target by more than chance explains.")


class ToldAlready(DomainError):
    message = _("Who leads this unit has this to-do already.")


class NobodyLeads(DomainError):
    message = _("Nobody leads this unit: name somebody first.")


@transaction.atomic
def tell_weak_link(unit: Unit, line: Line | None, *, name: str, url: str, by: User) -> int:
    """The leaders of the unit have to say what is done about a dimension; how many were told.

    Raises NotWeak, NobodyLeads, ToldAlready.
    """
    if line is None or not line.is_weak or line.target is None:
        raise NotWeak()
    leaders = leaders_of(unit)
    if not leaders:
        raise NobodyLeads()
    rate, target = line.said.satisfied, line.target
    body = f"{name}: {rate.numerator}/{rate.denominator}, ≥ {target.value:g}%"
    matter = f"surveys.weak_link/{unit.pk}/{line.key}"
    told = tell(leaders, _("Weak link in what customers say: say what is done about it"),
                body=body, url=url, is_todo=True, matter=matter)  # fmt: skip
    if not told:
        raise ToldAlready()
    after = {"dimension": line.key, "satisfied": rate.numerator, "of": rate.denominator,
             "target": target.value}  # fmt: skip
    record(by, "surveys.weak_link_told", unit, after=after)
    return told

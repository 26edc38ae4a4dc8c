"""A weak link (薄弱环节) is given to who leads the unit, who answers what is done about it."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.queries.people import leaders_of
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.surveys.models import WeakLink
from lingzhi.surveys.queries.results import Line, Said
from lingzhi_engine.stats import Rate

TIME = timedelta(days=14)  # to answer


class NotWeak(DomainError):
    message = _("This does not lie below its target by more than chance explains.")


class ToldAlready(DomainError):
    message = _("Who leads this unit has this to-do already.")


class NobodyLeads(DomainError):
    message = _("Nobody leads this unit: name somebody first.")


class AnsweredWeakLink(DomainError):
    message = _("This was answered already.")


@transaction.atomic
def tell_weak_link(unit: Unit, line: Line | None, *, name: str, by: User) -> WeakLink:
    """The leaders of the unit have to answer what is done about a dimension.

    Raises NotWeak, NobodyLeads, ToldAlready.
    """
    if line is None or not line.is_weak or line.target is None:
        raise NotWeak()
    leaders = leaders_of(unit)
    if not leaders:
        raise NobodyLeads()
    rate, target = line.said.satisfied, line.target
    try:
        with transaction.atomic():
            found = WeakLink.objects.create(
                unit=unit, dimension=line.key, satisfied=rate.numerator, asked=rate.denominator,
                target=target.value, due_on=today() + TIME, told_at=now(), told_by=by,
                gap=line.gap, **_counts("before", line.before), **_counts("others", line.others),
            )  # fmt: skip
    except IntegrityError:
        raise ToldAlready() from None
    tell(
        leaders, _("Weak link in what customers say: say what is done about it"), is_todo=True,
        body=f"{name}: {rate.numerator}/{rate.denominator}, ≥ {target.value:g}%",
        url=reverse("surveys:weak_link", args=[found.pk]), matter=_matter(found),
    )  # fmt: skip
    after = {"dimension": line.key, "satisfied": rate.numerator, "of": rate.denominator,
             "target": target.value, "due_on": str(found.due_on)}  # fmt: skip
    record(by, "surveys.weak_link_told", unit, after=after)
    return found


def _counts(name: str, said: Said | None) -> dict[str, int]:
    """What a comparison rests on, as the row keeps it."""
    rate = said.satisfied if said else Rate(0, 0)
    return {f"{name}_satisfied": rate.numerator, f"{name}_asked": rate.denominator}


@transaction.atomic
def answer_weak_link(link: WeakLink, *, cause: str, measures: str, by: User) -> None:
    """Why it is so, and what is done. Raises BadInput, AnsweredWeakLink."""
    said = {"cause": cause.strip(), "measures": measures.strip()}
    for name, words in said.items():
        if not words:
            raise BadInput(_("Write it down."), field=name)
    rows = WeakLink.objects.filter(pk=link.pk, answered_at=None)
    if not rows.update(**said, answered_at=now(), answered_by=by):
        raise AnsweredWeakLink()
    settle_matter(_matter(link))
    record(by, "surveys.weak_link_answered", link, after={"dimension": link.dimension})


def _matter(link: WeakLink) -> str:
    return f"surveys.weak_link/{link.pk}"

"""Planning meetings that come back, and ending them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.controls import Binding
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.languages import in_language
from lingzhi.governance.models import Meeting, Series
from lingzhi.governance.queries.meetings_held import demand_of
from lingzhi.governance.queries.points import FOR_MEETINGS
from lingzhi.improvement.queries.people import heads_of
from lingzhi.jobs.services import later
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Post, Unit


class SeriesHasEnded(DomainError):
    message = _("These meetings have ended.")


@transaction.atomic
def keep_series(
    series: Series, *, posts: Sequence[Post] = (), units: Sequence[Unit] = (),
    people: Sequence[User] = (), by: User | None,
) -> Series:  # fmt: skip
    """New or changed: meetings that were not called yet follow it. Raises BadInput, SeriesHasEnded.

    The next ones are called by a job.
    """
    if series.ended_at is not None:
        raise SeriesHasEnded()
    if series.pk is None and series.first_on < today():
        raise BadInput(_("Name a day to come."), field="first_on")
    if set(series.sources) - set(FOR_MEETINGS):
        raise BadInput(_("There is no such point."), field="sources")
    series.kept_at, series.kept_by = now(), by
    series.save()
    series.posts.set(posts)
    series.units.set(units)
    series.people.set(people)
    for demand in series.demands:
        for unit_id in (*series.unit.above, series.unit_id):
            settle_matter(_matter(demand, unit_id))
    record(by, "governance.series_kept", series, after=_facts(series))
    later("governance.prepare_meetings")
    return series


@transaction.atomic
def end_series(series: Series, reason: str, *, by: User) -> None:
    """No more meetings are called; what was called and not held is called off with the reason.

    Raises BadInput, SeriesHasEnded.
    """
    why = reason.strip()
    if not why:
        raise BadInput(_("Write it down."), field="words")
    if not Series.objects.filter(pk=series.pk, ended_at=None).update(ended_at=now()):
        raise SeriesHasEnded()
    State = Meeting.State
    series.meetings.filter(state=State.CALLED).update(state=State.CANCELLED, cancelled=why[:500])
    record(by, "governance.series_ended", series, reason=why)


@transaction.atomic
def ask_for_series(binding: Binding, *, by: User | None) -> int:
    """A clause asks for meetings that nobody planned: who leads the unit has a to-do, once. The
    number of people told.
    """
    demand = demand_of(binding.reference)
    running = Series.objects.filter(ended_at=None).select_related("unit")
    if any(demand in one.demands and binding.holds_for(one.unit.path) for one in running):
        return 0
    heads = heads_of(Unit.objects.select_related("owner").get(pk=binding.unit_id))
    url = f"{reverse('governance:new_series')}?{urlencode({'demand': demand})}"
    return tell(
        heads, _("A regulation asks for meetings: plan them"), is_todo=True, url=url,
        body=f"{in_language(binding.title)} · {binding.reference}",
        matter=_matter(demand, binding.unit_id),
    )  # fmt: skip


def _matter(demand: str, unit_id: int) -> str:
    return f"governance.demand/{demand}/{unit_id}"[:100]


def _facts(series: Series) -> dict[str, Any]:
    names = ("name", "kind", "cadence", "chair_id", "minute_taker_id", "unit_id", "sources")
    found = {name: getattr(series, name) for name in names}
    return found | {"first_on": str(series.first_on), "demands": series.demands}

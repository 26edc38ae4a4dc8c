"""Staff with frequent complaints: their leader is asked to look, which judges nobody (R-CP-25)."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Blame
from lingzhi.cases.queries.people import leaders_of
from lingzhi.core.clock import now, today
from lingzhi.notifications.services import tell
from lingzhi.org.queries import team_of
from lingzhi_engine.stats import Rate

FREQUENT, DAYS = 3, 90


def look_at_frequent(person: User) -> int:
    """A to-do for the leader once a person was at fault so often; the number of people told.

    The share of decided complaints with its interval stands beside it: so few say little.
    """
    decided = Blame.objects.filter(person=person, decided_at__gte=now() - timedelta(days=DAYS))
    counts = decided.aggregate(
        fault=Count("pk", filter=Q(is_at_fault=True)),
        known=Count("pk", filter=Q(is_at_fault__isnull=False)),
    )
    team = team_of(person, today())
    if counts["fault"] < FREQUENT or team is None:
        return 0
    rate = Rate(counts["fault"], counts["known"])
    body = gettext("%(name)s: %(fault)s of %(known)s complaints with fault (95 %%: %(interval)s)")
    words = {"name": person.name, **counts, "interval": rate.interval().as_percent()}
    leaders = [one for one in leaders_of(team) if one != person]
    return tell(
        leaders, _("Several complaints about one person: talk, train or relieve"), is_todo=True,
        body=body % words, matter=f"cases.frequent/{person.pk}/{today():%Y%m}",
    )  # fmt: skip

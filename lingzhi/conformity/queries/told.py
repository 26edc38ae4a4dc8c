"""How many contacts carry the notice and the consent, by channel and day (告知与同意).

What nobody recorded is unknown: neither told nor untold.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from lingzhi.cases.models import Case
from lingzhi.conformity.queries.periods import Period
from lingzhi.contacts.models import Channel
from lingzhi.contacts.queries import ANSWERED, published
from lingzhi.core.clock import midnight
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.verdicts import HIT, MISS, verdicts_of
from lingzhi.org.models import PrivacyNotice
from lingzhi.org.queries.privacy import CHANNELS, notices_by_day
from lingzhi.org.queries.scope import Reach
from lingzhi.surveys.models import Answering
from lingzhi_engine.stats import TOO_FEW, Interval, clopper_pearson

Place = tuple[str, date]  # code of the channel, day
TOLD = Q(notice__isnull=False) | Q(recording_notice=True)
UNTOLD = Q(notice=None, recording_notice=False)


@dataclass(slots=True)
class Told:
    """Contacts of a channel on a day, or over all days: `told`, `untold`, the rest is unknown.

    `agreed` and `refused` are about being recorded; elsewhere nobody is asked.
    """

    n: int = 0
    told: int = 0
    untold: int = 0
    agreed: int = 0
    refused: int = 0

    def add(self, other: "Told") -> None:
        """Add the counts of another day."""
        for name in ("n", "told", "untold", "agreed", "refused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def unknown(self) -> int:
        return self.n - self.told - self.untold

    @property
    def not_said(self) -> int:
        """Contacts of which nobody knows whether the customer agreed."""
        return self.n - self.agreed - self.refused

    @property
    def judged(self) -> int:
        return self.told + self.untold

    @property
    def ratio(self) -> float | None:
        """Told of those where it is known, 0–1."""
        return self.told / self.judged if self.judged else None

    @property
    def interval(self) -> Interval | None:
        return clopper_pearson(self.told, self.judged) if self.judged else None

    @property
    def is_enough(self) -> bool:
        return self.judged >= TOO_FEW


@dataclass(slots=True)
class Evidence:
    """What was found, by channel and by channel and day."""

    by_day: dict[Place, Told] = field(default_factory=lambda: defaultdict(Told))

    @property
    def by_channel(self) -> dict[str, Told]:
        found: dict[str, Told] = defaultdict(Told)
        for (channel, _day), told in self.by_day.items():
            found[channel].add(told)
        return dict(found)


def told_in(where: Reach, period: Period, rule: RuleVersion | None = None) -> Evidence:
    """The evidence within a person's reach. `rule` says of calls of which the phone system told
    nothing whether the notice was spoken: a hit of a violation means that it was not.
    """
    found = Evidence()
    rows = _contacts(where, period)
    for place, told in _counted(rows):
        found.by_day[place].add(told)
    if rule is not None:
        _hear(found, rows.filter(channel__is_voice=True).exclude(TOLD).exclude(UNTOLD), rule)
    _count_portal(found, where, period)
    _count_surveys(found, where, period)
    return found


def _contacts(where: Reach, period: Period) -> Any:
    rows = published().filter(ANSWERED, where.over("unit__path", "agent_id"))
    first, end = midnight(period.first), midnight(period.after)
    return rows.filter(started_at__gte=first, started_at__lt=end)


def _counted(rows: Any) -> list[tuple[Place, Told]]:
    days = rows.order_by().annotate(day=TruncDate("started_at")).values("channel__code", "day")
    counted = days.annotate(
        n=Count("pk"),
        told=Count("pk", filter=TOLD),
        untold=Count("pk", filter=UNTOLD),
        agreed=Count("pk", filter=Q(recording_consent=True)),
        refused=Count("pk", filter=Q(recording_consent=False)),
    )
    return [((row.pop("channel__code"), row.pop("day")), Told(**row)) for row in counted]


def _hear(found: Evidence, rows: Any, rule: RuleVersion) -> None:
    """Add what a rule of speech found to the calls of which nothing else is known."""
    verdicts = verdicts_of(rows, ("contact__channel__code", "contact__started_at"))
    column = next((at for at, one in enumerate(verdicts.versions) if one.pk == rule.pk), None)
    if column is None:
        return
    is_lack = rule.kind == RuleVersion.Kind.VIOLATION
    spoken, missing = (MISS, HIT) if is_lack else (HIT, MISS)
    places = zip(*verdicts.keys.values(), strict=True)
    for letter, (channel, at) in zip(verdicts.letters[:, column], places, strict=True):
        told = found.by_day[channel, _day(at)]
        told.told += int(letter == spoken)
        told.untold += int(letter == missing)


def _day(at: datetime) -> date:
    return localdate(at)


def _count_portal(found: Evidence, where: Reach, period: Period) -> None:
    """What came through the portal: its forms show the version of their day once it is published
    here. What came before that is unknown; without any version nobody was told."""
    rows = Case.objects.filter(opened_through=Case.Through.PORTAL).filter(
        where.over("unit__path", "handler_id"), opened_at__gte=midnight(period.first),
        opened_at__lt=midnight(period.after),
    )  # fmt: skip
    versions = PrivacyNotice.objects.filter(channel=CHANNELS.PORTAL).order_by("number")
    since = versions.values_list("published_at", flat=True).first()
    version_on = notices_by_day(CHANNELS.PORTAL)
    for at in rows.order_by().values_list("opened_at", flat=True):
        has_one = version_on(_day(at)) is not None
        is_told = has_one and since is not None and at >= since
        told = Told(n=1, told=int(is_told), untold=int(not has_one))
        found.by_day["portal", _day(at)].add(told)


def _count_surveys(found: Evidence, where: Reach, period: Period) -> None:
    """Who answered on a page of ours; the answering keeps the version that stood there."""
    pages = Answering.objects.filter(mode__in=("mail", "sms", "chat", "qr")).filter(
        where.over("unit__path", "invitation__agent_id"), started_at__gte=midnight(period.first),
        started_at__lt=midnight(period.after),
    )  # fmt: skip
    version_on = notices_by_day(CHANNELS.SURVEY)
    rows = pages.order_by().annotate(day=TruncDate("started_at")).values("day")
    for row in rows.annotate(n=Count("pk"), told=Count("notice")):
        untold = row["n"] - row["told"] if version_on(row["day"]) is None else 0
        told = Told(n=row["n"], told=row["told"], untold=untold)
        found.by_day["survey", row["day"]].add(told)


def voice_channels() -> set[str]:
    """Codes of the channels that are recorded: there customers agree or do not."""
    return set(Channel.objects.filter(is_voice=True).values_list("code", flat=True))


def channel_names() -> dict[str, str]:
    """Labels of all that has contacts."""
    names = {one.code: str(one.label) for one in Channel.objects.all()}
    more = {one.value: str(one.label) for one in (CHANNELS.PORTAL, CHANNELS.SURVEY)}
    return names | more

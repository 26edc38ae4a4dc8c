"""Whose voice is asked about: days, unit, channel, and as far as the person reaches."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from lingzhi.accounts.models import User
from lingzhi.cases.models import Complaint, Feedback
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.complaints import complaints_visible_to
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, conversations, visible_to
from lingzhi.core.clock import midnight
from lingzhi.inspections.queries import Tallies, tallies_visible_to
from lingzhi.org.models import Unit
from lingzhi.org.queries import Reach, reach
from lingzhi.surveys.models import Answer, SolicitedOpinion
from lingzhi.surveys.queries.independence import held_back
from lingzhi.surveys.queries.voice import Terms
from lingzhi.surveys.queries.wanted import Wanted, within_reach
from lingzhi.surveys.queries.words import Word, by_dimension

READ = "surveys.read"
DAY = timedelta(days=1)
MOST = 5000  # texts, complaints, opinions that are looked at: the latest


@dataclass(frozen=True)
class Asked:
    """Days (both included), the unit with everything below it, the channel; None and "" narrow
    nothing. Every source is narrowed to what `user` reaches with the right to read surveys, so that
    all of them speak of the same customers.
    """

    user: User
    first: date
    last: date
    unit: Unit | None = None
    channel: str = ""

    @cached_property
    def before(self) -> "Asked":
        """As many days just before."""
        days = self.last - self.first
        last = self.first - DAY
        return replace(self, first=last - days, last=last)

    @cached_property
    def terms(self) -> Terms:
        return Terms.now()

    @cached_property
    def _where(self) -> Reach:
        return reach(self.user, READ)

    @cached_property
    def wanted(self) -> Wanted:
        return Wanted(
            self.first, self.last, within_reach(self.user, READ), held_back(self.user),
            unit_path=self.unit.path if self.unit else "", channel=self.channel,
        )  # fmt: skip

    @cached_property
    def words(self) -> dict[str, list[Word]]:
        """What each person said on scales, by dimension."""
        return by_dimension(self.wanted.answerings())

    @cached_property
    def texts(self) -> list[tuple[int, int, str]]:
        """The latest texts of surveys: answer, answering, words."""
        answerings = self.wanted.answerings().order_by().values("pk")
        rows = Answer.objects.filter(~Q(text=""), answering__in=answerings)
        rows = rows.order_by("-answering__started_at", "pk")
        return list(rows.values_list("pk", "answering_id", "text")[:MOST])

    @cached_property
    def _filters(self) -> Filters:
        unit = self.unit.pk if self.unit else None
        return Filters(channel=self.channel, unit=unit, from_on=self.first, to_on=self.last)

    @cached_property
    def tallies(self) -> Tallies:
        """What rules found, from the sums that are kept."""
        return tallies_visible_to(self.user, READ, self._filters)

    @cached_property
    def talks(self) -> QuerySet[Contact]:
        """The conversations that this person may open."""
        return self._filters.apply(conversations(visible_to(self.user)))

    @cached_property
    def sees_cases(self) -> bool:
        """Whether complaints can be counted: nobody sees those about the own person."""
        return self.user.can("cases.read") and bool(self._where.paths)

    @cached_property
    def complaints(self) -> QuerySet[Complaint]:
        """By the unit they are about, else the conversation's, else the one that handles them."""
        paths = ("accused_unit__path", "case__contact__unit__path", "case__unit__path")
        rows = complaints_visible_to(self.user).annotate(place=Coalesce(*(F(one) for one in paths)))
        return rows.filter(self._narrowed("case__opened_at", "case__channel__code"))

    @cached_property
    def feedback(self) -> QuerySet[Feedback]:
        """Opinions and suggestions that became a case."""
        paths = ("case__contact__unit__path", "case__unit__path")
        rows = Feedback.objects.filter(case__in=cases_visible_to(self.user).values("pk"))
        rows = rows.annotate(place=Coalesce(*(F(one) for one in paths)))
        return rows.filter(self._narrowed("case__opened_at", "case__channel__code"))

    @cached_property
    def opinions(self) -> QuerySet[SolicitedOpinion]:
        """What was asked for on the spot and is no case; of no channel."""
        rows = SolicitedOpinion.objects.filter(case=None).annotate(place=F("unit__path"))
        if self.channel:
            return rows.none()
        kinds = (SolicitedOpinion.Kind.PROBLEM, SolicitedOpinion.Kind.SUGGESTION)
        return rows.filter(self._narrowed("asked_at"), kind__in=kinds)

    def _narrowed(self, moment: str, channel: str = "") -> Q:
        found = Q(**{f"{moment}__gte": midnight(self.first)})
        found &= Q(**{f"{moment}__lt": midnight(self.last + DAY)})
        where = self._where
        within = Q(pk__in=[])
        for path in where.paths:
            within |= Q(place__startswith=path)
        found &= within | Q(place=None) if where.is_everything else within
        if self.unit:
            found &= Q(place__startswith=self.unit.path)
        return found & Q(**{channel: self.channel}) if channel and self.channel else found

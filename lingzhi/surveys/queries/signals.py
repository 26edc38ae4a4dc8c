"""Signs that a survey does not hear everybody, or hears more than customers said (评价异常迹象).

Reasons to look, never a proof. A sign is a share of a person's services or answers beside that of
all others, or of the person's own others. It is raised where the interval of the difference
(Newcombe 1998), at 95 % over all persons of the sign together (Bonferroni), lies above nought.
Too few are too few to say. Which device somebody answers with is kept nowhere, so nothing is
concluded from it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.surveys.models import Answering, Invitation
from lingzhi.surveys.queries.invited import ASKABLE, ASKED, DECIDED
from lingzhi.surveys.queries.wanted import Wanted
from lingzhi.surveys.queries.words import JUDGED, words
from lingzhi_engine.stats import Rate, difference

LEVEL = 0.95
AGAIN = timedelta(days=3)
SECONDS_AN_ANSWER = 2  # nobody reads and answers a question in less
ALIKE_FROM = 4  # so many judgements, all the best one, look like no judgement
IN_A_MINUTE = 3
Reason = Invitation.Reason
Rates = Mapping[int, Rate]
Raw = tuple[str, int, Rate, Rate, int]


@dataclass(frozen=True, slots=True)
class Sign:
    """One person's share of what a sign counts, the share it is held against, and the limits of
    the difference, in shares."""

    code: str
    person: User
    own: Rate
    reference: Rate
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        return self.own.is_enough() and self.reference.is_enough()

    @property
    def is_raised(self) -> bool:
        """Whether the person stands out by more than chance explains."""
        return self.is_enough and self.low > 0


@dataclass(frozen=True, slots=True)
class Burst:
    """Several answers about one person that ended in the same minute."""

    person: User
    minute: datetime
    answerings: tuple[int, ...]


def signs(wanted: Wanted) -> list[Sign]:
    """Every sign of every agent with any figure, those that are raised first."""
    found = [*_of_asking(wanted), *_of_answering(wanted), *_by_hand(wanted)]
    several = [one for one in found if one[2].denominator]
    people = User.objects.in_bulk({pk for _code, pk, *_rest in several})
    shown = [_sign(code, people[pk], own, beside, among)
             for code, pk, own, beside, among in several]  # fmt: skip
    return sorted(shown, key=lambda one: (not one.is_raised, not one.is_enough, -one.low))


def _of_asking(wanted: Wanted) -> Iterator[Raw]:
    """Not asked, hung up before, and not asked where the customer came again soon."""
    again = Contact.objects.filter(
        customer=OuterRef("customer"),
        started_at__gt=OuterRef("served_at"),
        started_at__lte=OuterRef("served_at") + AGAIN,
    )
    rows = wanted.invitations().filter(ASKABLE, DECIDED).exclude(agent=None).order_by()
    rows = rows.annotate(is_again=Exists(again))
    troubled, quiet = Q(is_again=True, customer__isnull=False), Q(is_again=False)
    counts = rows.values("agent_id").annotate(
        every=Count("pk"),
        forgotten=Count("pk", filter=Q(reason=Reason.NOT_ASKED)),
        hung_up=Count("pk", filter=Q(reason=Reason.AGENT_HUNG_UP)),
        troubled=Count("pk", filter=troubled),
        troubled_not=Count("pk", filter=troubled & ~ASKED),
        quiet=Count("pk", filter=quiet & Q(customer__isnull=False)),
        quiet_not=Count("pk", filter=quiet & Q(customer__isnull=False) & ~ASKED),
    )
    several = {row["agent_id"]: row for row in counts}
    for code in ("forgotten", "hung_up"):
        rates = {pk: Rate(row[code], row["every"]) for pk, row in several.items()}
        yield from _beside_others(code, rates)
    for pk, row in several.items():
        own, other = (
            Rate(row["troubled_not"], row["troubled"]),
            Rate(row["quiet_not"], row["quiet"]),
        )
        yield "trouble_not_asked", pk, own, other, len(several)


def _of_answering(wanted: Wanted) -> Iterator[Raw]:
    """Answered quicker than anybody reads; every judgement the best one."""
    hasty: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    alike: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for pk, began, ended, number in _timed(wanted):
        hasty[pk][1] += 1
        hasty[pk][0] += (ended - began).total_seconds() < SECONDS_AN_ANSWER * number
    for pk, marks, best in _marks(wanted):
        alike[pk][1] += marks >= ALIKE_FROM
        alike[pk][0] += marks >= ALIKE_FROM and marks == best
    for code, counts in (("hasty", hasty), ("all_best", alike)):
        yield from _beside_others(code, {pk: Rate(*both) for pk, both in counts.items()})


def _timed(wanted: Wanted) -> Iterator[tuple[int, datetime, datetime, int]]:
    rows = wanted.answerings().filter(finished_at__isnull=False, invitation__agent__isnull=False)
    counted = rows.order_by().annotate(number=Count("answers")).filter(number__gt=2)
    columns = ("invitation__agent_id", "started_at", "finished_at", "number")
    for agent, began, ended, number in counted.values_list(*columns).iterator():
        if agent is not None and ended is not None:
            yield agent, began, ended, number


def _marks(wanted: Wanted) -> Iterator[tuple[int, int, int]]:
    rows = wanted.answerings().filter(invitation__agent__isnull=False).order_by()
    judged = Q(answers__scale__kind__in=JUDGED)
    best = judged & Q(answers__number=F("answers__scale__highest"))
    counted = rows.annotate(
        marks=Count("answers", filter=judged), best=Count("answers", filter=best)
    )
    yield from counted.values_list("invitation__agent_id", "marks", "best").iterator()


def _by_hand(wanted: Wanted) -> Iterator[Raw]:
    """Satisfied where a person asked or wrote the answer down, beside those that went by rule."""
    by_hand = set(_handed(wanted.answerings()).values_list("pk", flat=True))
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in words(wanted.answerings()):
        if one.agent_id is not None:
            at = 0 if one.answering_id in by_hand else 2
            counts[one.agent_id][at] += one.is_satisfied
            counts[one.agent_id][at + 1] += 1
    for pk, (hand, of_hand, rule, of_rule) in counts.items():
        yield "by_hand", pk, Rate(hand, of_hand), Rate(rule, of_rule), len(counts)


def _handed(rows: QuerySet[Answering]) -> QuerySet[Answering]:
    return rows.filter(Q(invitation__sent_by__isnull=False) | Q(entered_by__isnull=False))


def bursts(wanted: Wanted) -> list[Burst]:
    """Answers about one person that came in together, the newest first."""
    rows = wanted.answerings().filter(finished_at__isnull=False, invitation__agent__isnull=False)
    found: dict[tuple[int, datetime], list[int]] = defaultdict(list)
    columns = ("pk", "invitation__agent_id", "finished_at")
    for pk, agent, ended in rows.order_by("pk").values_list(*columns):
        if agent is not None and ended is not None:
            found[(agent, ended.replace(second=0, microsecond=0))].append(pk)
    many = {key: pks for key, pks in found.items() if len(pks) >= IN_A_MINUTE}
    people = User.objects.in_bulk({agent for agent, _minute in many})
    shown = [Burst(people[agent], minute, tuple(pks)) for (agent, minute), pks in many.items()]
    return sorted(shown, key=lambda one: one.minute, reverse=True)


def own_entries(wanted: Wanted) -> list[tuple[User, int]]:
    """Who wrote down answers about the own service, and how many."""
    rows = wanted.answerings().filter(entered_by=F("invitation__agent_id")).order_by()
    counts = Counter(rows.values_list("entered_by_id", flat=True))
    people = User.objects.in_bulk(counts)
    return [(people[pk], number) for pk, number in counts.most_common()]


def _beside_others(code: str, rates: Rates) -> Iterator[Raw]:
    whole = sum(rates.values(), Rate(0, 0))
    for pk, own in rates.items():
        others = Rate(whole.numerator - own.numerator, whole.denominator - own.denominator)
        yield code, pk, own, others, len(rates)


def _sign(code: str, person: User, own: Rate, reference: Rate, among: int) -> Sign:
    level = 1 - (1 - LEVEL) / max(1, among)
    low, high = difference(
        (reference.numerator, reference.denominator), (own.numerator, own.denominator), level
    )
    return Sign(code, person, own, reference, low, high)

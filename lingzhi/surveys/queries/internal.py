"""What units say of each other, of no fewer people than nobody can be recognised among."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.org.queries import reach
from lingzhi.surveys.models import InternalPair, InternalSeat, InternalSurvey
from lingzhi.surveys.queries.questionnaires import scales
from lingzhi.surveys.queries.results import Said
from lingzhi.surveys.queries.words import JUDGED, OVERALL, Mark, Word, all_in_all
from lingzhi_engine.questionnaire import Given, Kind, Questionnaire

READ = "surveys.read"


@dataclass(frozen=True, slots=True)
class Judged:
    """Who was asked, who answered, and what they said: None where they are too few."""

    pair: InternalPair
    asked: int
    answered: int
    said: Said | None


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """One unit as all others see it; `said` is None where somebody could be worked out."""

    unit_id: int
    name: str
    cells: list[Judged]
    said: Said | None
    dimensions: dict[str, Said]
    texts: list[str]


def internal_visible_to(user: User) -> QuerySet[InternalSurvey]:
    """Surveys that judge a unit within reach, and those this person made."""
    rows = InternalSurvey.objects.select_related("questionnaire", "version", "post", "created_by")
    judged = pairs_within(user).filter(survey=OuterRef("pk"))
    return rows.filter(Exists(judged) | Q(created_by=user))


def pairs_within(user: User) -> QuerySet[InternalPair]:
    """Pairs whose judged unit is within reach."""
    return InternalPair.objects.filter(rated__in=reach(user, READ).units)


def seats_of(user: User) -> QuerySet[InternalSeat]:
    """What this person is still asked to judge."""
    rows = InternalSeat.objects.filter(
        person=user, has_answered=False, pair__survey__opened_at__isnull=False,
        pair__survey__closed_at=None,
    )  # fmt: skip
    return rows.select_related("pair__survey__version", "pair__rater", "pair__rated")


def pairs_of(survey: InternalSurvey, user: User) -> QuerySet[InternalPair]:
    """Who judges whom, with how many were asked and answered; of units within reach alone."""
    seen = Q(pk__in=pairs_within(user).values("pk"))
    if survey.created_by_id == user.pk and survey.closed_at is None:
        seen = Q()  # who prepares it knows whom it names; what is said goes by reach alone
    return (
        survey.pairs.filter(seen)
        .select_related("rater", "rated")
        .annotate(asked=Count("seats"), answered=Count("seats", filter=Q(seats__has_answered=True)))
    )


def judged_units(survey: InternalSurvey, user: User) -> list[JudgedUnit]:
    """Each unit within reach as the others judge it; nothing before it is over."""
    if survey.closed_at is None or survey.version is None:
        return []
    read, words = survey.version.read(), _Words(survey)
    by_unit: dict[int, list[InternalPair]] = defaultdict(list)
    for pair in pairs_of(survey, user).prefetch_related("words"):
        by_unit[pair.rated_id].append(pair)
    return [_unit(pairs, survey.minimum, read, words) for pairs in by_unit.values()]


class _Words:
    """Answers as words on scales."""

    def __init__(self, survey: InternalSurvey) -> None:
        self.scales = scales()
        self.at = survey.created_at

    def of(self, read: Questionnaire, several: Sequence[Given], dimension: str = "") -> list[Word]:
        found = [self._marks(read, given, dimension) for given in several]
        return [
            Word(at, self.at, None, None, "", "", marks if dimension else all_in_all(marks))
            for at, marks in enumerate(found)
            if marks
        ]

    def _marks(self, read: Questionnaire, given: Given, dimension: str) -> tuple[Mark, ...]:
        return tuple(
            Mark(
                int(given[place][0]), scale.lowest, scale.highest, scale.satisfied_from,
                scale.dissatisfied_to, scale.kind, about,
            )
            for place, code, about in _judging(read)
            if place in given and dimension in ("", about)
            for scale in [self.scales[code]]
            if scale.kind in JUDGED
        )  # fmt: skip


def _judging(read: Questionnaire) -> Iterator[tuple[str, str, str]]:
    """Place, scale and dimension of everything that is judged on a scale."""
    for one in read.questions:
        if one.kind is Kind.SCALE:
            yield one.code, one.scale, one.dimension
        elif one.kind is Kind.MATRIX:
            for row in one.rows:
                yield f"{one.code}.{row.code}", one.scale, row.dimension


def _unit(
    pairs: Sequence[InternalPair], minimum: int, read: Questionnaire, words: _Words
) -> JudgedUnit:
    given = {pair.pk: [one.given for one in pair.words.all()] for pair in pairs}
    cells = [_cell(pair, given[pair.pk], minimum, read, words) for pair in pairs]
    every = [one for several in given.values() for one in several]
    if not may_be_added_up(cells, minimum):
        return JudgedUnit(pairs[0].rated_id, pairs[0].rated.name, cells, None, {}, [])
    names = {about for _place, _code, about in _judging(read)} - {"", OVERALL}
    dimensions = {name: words.of(read, every, name) for name in sorted(names)}
    texts = [one.code for one in read.questions if one.kind is Kind.TEXT]
    return JudgedUnit(
        pairs[0].rated_id, pairs[0].rated.name, cells, Said.of(words.of(read, every)),
        {name: Said.of(said) for name, said in dimensions.items() if len(said) >= minimum},
        sorted(text for one in every for code in texts for text in one.get(code, ())),
    )  # fmt: skip


def _cell(
    pair: InternalPair, given: Sequence[Given], minimum: int, read: Questionnaire, words: _Words
) -> Judged:
    seats = pair.asked  # type: ignore[attr-defined]
    said = Said.of(words.of(read, given))
    return Judged(pair, seats, len(given), said if said.n >= minimum else None)


def may_be_added_up(cells: Sequence[Judged], minimum: int) -> bool:
    """Whether the sum gives nobody away: what is hidden beside what is shown is enough itself."""
    hidden = sum(one.answered for one in cells if one.said is None)
    return sum(one.answered for one in cells) >= minimum and (not hidden or hidden >= minimum)

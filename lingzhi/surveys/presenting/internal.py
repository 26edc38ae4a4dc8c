"""What units say of each other, for people."""

from dataclasses import dataclass

from lingzhi.accounts.models import User
from lingzhi.surveys.models import Dimension, InternalSurvey
from lingzhi.surveys.presenting.results import ShownRate, ShownScore, score
from lingzhi.surveys.queries.internal import Judged, judged_units
from lingzhi.surveys.queries.results import Said


@dataclass(frozen=True, slots=True)
class ShownSaid:
    """The satisfied with their interval, and points of 100."""

    rate: ShownRate
    points: ShownScore


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One unit's word about another; `said` None where too few answered to show it."""

    rater: str
    asked: int
    answered: int
    said: ShownSaid | None


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A judged unit: by whom, all together, by dimension, in words."""

    name: str
    cells: list[ShownCell]
    said: ShownSaid | None
    dimensions: list[tuple[str, ShownSaid]]
    texts: list[str]


def shown_units(survey: InternalSurvey, user: User) -> list[ShownUnit]:
    """The matrix, one judged unit after the other."""
    names = {one.code: str(one) for one in Dimension.objects.all()}
    return [
        ShownUnit(
            unit.name, [_cell(one, survey.minimum) for one in unit.cells],
            _said(unit.said, survey.minimum) if unit.said else None,
            [
                (names.get(code, code), _said(said, survey.minimum))
                for code, said in unit.dimensions.items()
            ],
            unit.texts,
        )
        for unit in judged_units(survey, user)
    ]  # fmt: skip


def _cell(one: Judged, minimum: int) -> ShownCell:
    said = _said(one.said, minimum) if one.said else None
    return ShownCell(one.pair.rater.name, one.asked, one.answered, said)


def _said(said: Said, minimum: int) -> ShownSaid:
    """Shown from `minimum` on: so few people are the whole unit, and the interval says the rest."""
    return ShownSaid(ShownRate.of(said.satisfied, minimum), score(said.points, 0, 100, minimum))

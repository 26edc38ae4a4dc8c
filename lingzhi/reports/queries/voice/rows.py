"""Every dimension with what each source says of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from lingzhi.inspections.queries import RuleFilters, overall
from lingzhi.kpis.models import Target
from lingzhi.reports.queries.voice.asked import Asked
from lingzhi.reports.queries.voice.heard import Agreement, Heard, Source, State, agreement
from lingzhi.reports.queries.voice.placing import Placed, placed
from lingzhi.surveys.models import Dimension
from lingzhi.surveys.queries.results import Said, targets_of_dimensions
from lingzhi.surveys.queries.voice import Source as Words
from lingzhi_engine.stats import Rate

NOTHING = Rate(0, 0)
Shares = Callable[[str], Rate]


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension: what each source says of it, in the order of `Source`."""

    dimension: Dimension
    heard: list[Heard]
    agreement: Agreement


def rows_of(asked: Asked, now: Placed) -> list[Row]:
    """The dimensions in their order; `now` is what lies on them."""
    before = asked.before
    was = placed(before)
    targets = targets_of_dimensions(asked.wanted, asked.unit, asked.last)
    states = _states(asked)
    pairs = {source: (of(asked, now), of(before, was)) for source, of in SHARES.items()}
    found = []
    for dimension in Dimension.objects.all():
        heard = [
            _heard(source, dimension.code, pairs[source], states, targets) for source in Source
        ]
        found.append(Row(dimension, heard, agreement(heard)))
    return found


def _heard(
    source: Source,
    code: str,
    pair: tuple[Shares | None, Shares | None],
    states: Callable[[Source, str], State],
    targets: dict[str, Target],
) -> Heard:
    now, before = pair
    state = State.BEYOND if now is None else states(source, code)
    target = targets.get(code) if source == Source.RATINGS else None
    if state != State.HEARD:
        return Heard(source, NOTHING, NOTHING, state)
    return Heard(
        source, now(code) if now else NOTHING, before(code) if before else NOTHING, state, target
    )  # fmt: skip


def _states(asked: Asked) -> Callable[[Source, str], State]:
    """Whether a source can say anything of a dimension."""
    rights = {
        Source.COMPLAINTS: asked.sees_cases,
        Source.OPINIONS: asked.sees_cases,
        Source.TALKS: asked.user.can("inspections.read"),
    }
    laid = {
        Source.TEXTS: (Words.PHRASE,),
        Source.COMPLAINTS: (Words.CAUSE, Words.TYPE, Words.PHRASE),
        Source.OPINIONS: (Words.FEEDBACK, Words.PHRASE),
        Source.TALKS: (Words.RULE,),
    }

    def state(source: Source, code: str) -> State:
        if not rights.get(source, True):
            return State.CLOSED
        words = laid.get(source)
        is_laid = words is None or any(code in asked.terms.codes(one) for one in words)
        return State.HEARD if is_laid else State.OPEN

    return state


def _ratings(asked: Asked, _placed: Placed) -> Shares:
    return lambda code: Said.of(asked.words.get(code, ())).satisfied


def _texts(_asked: Asked, found: Placed) -> Shares:
    return lambda code: Rate(found.texts[code], found.number)


def _complaints(asked: Asked, found: Placed) -> Shares | None:
    return _of_conversations(asked, found.complaints)


def _opinions(asked: Asked, found: Placed) -> Shares | None:
    return _of_conversations(asked, found.opinions)


def _of_conversations(asked: Asked, counted: Counter[str]) -> Shares | None:
    """For each conversation how many; None where there are more than conversations."""
    talks = asked.tallies.talks
    if max(counted.values(), default=0) > talks:
        return None
    return lambda code: Rate(counted[code], talks)


def _talks(asked: Asked, _placed: Placed) -> Shares:
    """Of the conversations judged by any rule of a dimension, those where one hit."""
    rules = asked.terms.codes(Words.RULE)

    def share(code: str) -> Rate:
        codes = rules.get(code)
        if codes not in asked.tallies.columns.voices:  # changed a moment ago: the next look has it
            return NOTHING
        tally = overall(asked.tallies, RuleFilters(codes=codes))
        return Rate(tally.hits, tally.judged)

    return share


SHARES: dict[Source, Callable[[Asked, Placed], Shares | None]] = {
    Source.RATINGS: _ratings,
    Source.TEXTS: _texts,
    Source.COMPLAINTS: _complaints,
    Source.OPINIONS: _opinions,
    Source.TALKS: _talks,
}

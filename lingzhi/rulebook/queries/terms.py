"""What the regulations in force call the people served."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lingzhi.core.clock import today
from lingzhi.core.terms import USUAL
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries.versions import held_in


@dataclass(frozen=True, slots=True)
class Term:
    """The word of one regulation in force; empty where it says nothing."""

    unit_id: int
    pack: str
    since: date | None
    word: str

    @property
    def is_usual(self) -> bool:
        return self.word in ("", USUAL)


def terms_in_force() -> list[Term]:
    """The word of every regulation in force, those of the top first; pilots change no word."""
    day = today()
    rows = Version.objects.filter(held_in(day, day), pilot_until=None)
    found = rows.order_by("regulation__unit__path").values_list(
        "regulation__unit", "regulation__pack", "effective_on", "body__terms__customer"
    )
    return [Term(unit_id, pack, since, word or "") for unit_id, pack, since, word in found]


def term_for(unit: Unit, terms: Iterable[Term]) -> str:
    """The word of the nearest regulation upwards that has one; 客户 where none has.

    `terms` as they come from `terms_in_force`. Of one pack only the nearest regulation counts. Of
    several regulations of one unit those with a word of their own decide, the newest of them: most
    packs say 客户 without meaning to rename anybody.
    """
    chain = [*unit.above, unit.pk]
    nearest = {term.pack: term for term in terms if term.unit_id in chain}
    named = [term for term in nearest.values() if term.word]
    if not named:
        return USUAL
    return max(named, key=lambda one: (chain.index(one.unit_id), not one.is_usual, one.since)).word

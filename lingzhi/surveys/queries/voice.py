"""Which dimension the words of each source belong to, as the quality department keeps it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from lingzhi.surveys.models import VoiceTerm

Source = VoiceTerm.Source


@dataclass(frozen=True)
class Terms:
    """The kept table: `dimension_of[source][code]` is the code of a dimension, "" for none."""

    dimension_of: dict[str, dict[str, str]]

    @classmethod
    def now(cls) -> "Terms":
        found: dict[str, dict[str, str]] = {source: {} for source in Source.values}
        rows = VoiceTerm.objects.order_by("source", "code")
        for source, code, dimension in rows.values_list("source", "code", "dimension__code"):
            found[source][code] = dimension or ""
        return cls(found)

    def codes(self, source: str) -> dict[str, frozenset[str]]:
        """The words of a source by dimension."""
        found: dict[str, set[str]] = defaultdict(set)
        for code, dimension in self.dimension_of[source].items():
            if dimension:
                found[dimension].add(code)
        return {dimension: frozenset(several) for dimension, several in found.items()}

    @cached_property
    def _phrases(self) -> dict[str, frozenset[str]]:
        return self.codes(Source.PHRASE)

    def spoken_of(self, text: str) -> set[str]:
        """The dimensions whose phrases stand in a text."""
        lower = text.lower()
        return {
            dimension
            for dimension, phrases in self._phrases.items()
            if any(phrase in lower for phrase in phrases)
        }


def rules_by_dimension() -> dict[str, frozenset[str]]:
    """The codes of the rules that speak of each dimension."""
    return Terms.now().codes(Source.RULE)

"""What a result is asked about: which conversations, and which rules."""

from dataclasses import dataclass

from lingzhi.inspections.models import RuleVersion


@dataclass(frozen=True, slots=True)
class RuleFilters:
    """Which rules count; "" and None mean no narrowing, `codes` these rules whatever they are."""

    dimension: str = ""
    severity: str = ""
    kind: str = ""
    rule: int | None = None
    codes: frozenset[str] | None = None

    def wants(self, version: RuleVersion) -> bool:
        """Whether the rule of `version` is asked about."""
        return (
            self.dimension in ("", version.dimension)
            and self.severity in ("", version.severity)
            and self.kind in ("", version.kind)
            and self.rule in (None, version.rule_id)
            and (self.codes is None or version.rule.code in self.codes)
        )

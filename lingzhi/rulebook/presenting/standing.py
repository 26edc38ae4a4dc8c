"""How much of a version is at work: controls that run, that wait for their app, that failed."""

from dataclasses import dataclass

from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.models import Clause, Control, Version
from lingzhi.rulebook.queries import advisory_clauses, clauses_without_control, standing_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers of controls by how they stand, and the clauses that need somebody's hand."""

    applied: int
    waiting: dict[str, int]
    failed: list[Control]
    advisory: list[Clause]
    without_control: int

    @property
    def waiting_number(self) -> int:
        return sum(self.waiting.values())


def shown_standing(version: Version) -> Standing:
    controls = Control.objects.filter(clause__version=version).select_related("clause")
    applied, waiting, failed = 0, dict[str, int](), []
    for control in controls:
        stands = standing_of(control)
        applied += stands == "applied"
        if stands == "waiting":
            app = control_kinds()[control.kind].waits_for
            waiting[app] = waiting.get(app, 0) + 1
        if stands == "failed":
            failed.append(control)
    return Standing(
        applied=applied,
        waiting=waiting,
        failed=failed,
        advisory=list(advisory_clauses(version)),
        without_control=clauses_without_control(version).count(),
    )

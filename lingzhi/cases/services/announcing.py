"""What other systems are told about a case: ids, numbers and codes, nothing about a person."""

from collections.abc import Mapping
from typing import Any

from lingzhi.cases.models import Case, CaseEvent
from lingzhi.notifications.services.outbox import announce

TOLD = {
    CaseEvent.Kind.OPENED: "case.opened",
    CaseEvent.Kind.MOVED: "case.moved",
    CaseEvent.Kind.REOPENED: "case.reopened",
    CaseEvent.Kind.TOLD: "case.told",
    CaseEvent.Kind.LATE: "case.late",
}


def facts_of(case: Case) -> dict[str, Any]:
    """A case as other systems know it."""
    return {
        "id": case.pk, "number": case.number, "type": case.type.code, "state": case.state,
        "kind": case.kind, "cycle": case.cycle, "revision": case.revision,
    }  # fmt: skip


def announce_event(case: Case, kind: str, event: Mapping[str, Any]) -> None:
    """Tell of a line of the history, in its transaction; a step to the end is told as that, too."""
    if kind not in TOLD:
        return

    def data() -> dict[str, Any]:
        names = ("step", "from_state", "to_state")
        return facts_of(case) | {name: event[name] for name in names if event.get(name)}

    announce(TOLD[CaseEvent.Kind(kind)], data)
    if kind == CaseEvent.Kind.MOVED and case.is_closed:
        announce("case.closed", data)

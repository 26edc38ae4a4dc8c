"""A flow as a page shows it: each state with the steps that lead out of it."""

from dataclasses import dataclass

from lingzhi.cases.models import Case, ClockKind, FlowVersion
from lingzhi.cases.presenting.cases import TONES
from lingzhi.cases.queries.needs import need_in_words
from lingzhi.core.languages import in_language


@dataclass(frozen=True, slots=True)
class ShownWay:
    """A step: where it leads, and what it asks for."""

    title: str
    target: str
    needs: tuple[str, ...]
    meets: tuple[str, ...]
    asks_reason: bool
    post: str


@dataclass(frozen=True, slots=True)
class ShownState:
    """A state, what it means, and the ways out."""

    title: str
    kind: str
    tone: str
    ways: tuple[ShownWay, ...]


def shown_flow(version: FlowVersion) -> list[ShownState]:
    """The states of a version in their order."""
    flow = version.read()
    titles = {code: in_language(state.title) for code, state in flow.states.items()}
    return [
        ShownState(
            titles[code], str(Case.Kind(state.kind.value).label), TONES[state.kind],
            tuple(
                ShownWay(
                    in_language(one.title), titles[one.target],
                    tuple(need_in_words(name) for name in one.needs),
                    tuple(str(ClockKind(kind).label) for kind in one.meets), one.asks_reason,
                    one.post,
                )
                for one in flow.from_state(code)
            ),
        )
        for code, state in flow.states.items()
    ]  # fmt: skip

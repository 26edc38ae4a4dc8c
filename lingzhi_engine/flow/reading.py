"""Reading a flow from data, and refusing one that could leave a case stuck."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from lingzhi_engine.flow.model import Flow, Kind, State, Transition
from lingzhi_engine.flow.problems import InvalidFlow, Problem
from lingzhi_engine.flow.reader import Reader

Row = TypeVar("Row", State, Transition)
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
FLOW_FIELDS = ("title", "begins", "states", "transitions")
STATE_FIELDS = ("code", "kind", "title")
TRANSITION_FIELDS = (
    "code", "from", "to", "title", "needs", "capability", "post", "asks_reason", "meets",
    "by_act",
)  # fmt: skip


def read_flow(
    content: object, *, fields: Collection[str] | None = None, clocks: Collection[str] | None = None
) -> Flow:
    """The flow that `content` describes. `fields` and `clocks` name what a step may need and meet.

    Raises InvalidFlow with every problem: a code twice, a state nobody reaches, one that leads to
    no closed state, a wait without a reason.
    """
    reader = _Reader(fields, clocks)
    flow = reader.flow(content)
    problems = reader.problems or list(_problems_of(flow))
    if problems:
        raise InvalidFlow(problems)
    return flow


class _Reader(Reader):
    """Notes what is wrong with its place, and reads on."""

    def __init__(self, fields: Collection[str] | None, clocks: Collection[str] | None) -> None:
        super().__init__()
        self.fields, self.clocks = fields, clocks

    def flow(self, content: object) -> Flow:
        data = self.mapping(content, "", FLOW_FIELDS)
        states = {one.code: one for one in self.several(data, "states", self.state)}
        transitions = {one.code: one for one in self.several(data, "transitions", self.transition)}
        begins = self.code(data.get("begins"), "begins")
        return Flow(self.texts(data.get("title"), "title"), begins, states, transitions)

    def several(
        self, data: Mapping[str, object], name: str, read: Callable[[object, str], Row]
    ) -> list[Row]:
        """The rows of a list, each read; a code that comes twice is noted."""
        rows: list[Row] = []
        known: set[str] = set()
        for number, row in enumerate(self.listed(data.get(name), name), start=1):
            code = row.get("code") if isinstance(row, Mapping) else None
            one = read(row, f"{name}.{code or number}")
            if one.code in known:
                self.note("duplicate_code", f"{name}.{one.code}")
            known.add(one.code)
            rows.append(one)
        return rows

    def state(self, row: object, place: str) -> State:
        data = self.mapping(row, place, STATE_FIELDS)
        kind = data.get("kind")
        if kind not in list(Kind):
            self.note("bad_choice", f"{place}.kind", choices=", ".join(Kind))
            kind = Kind.OPEN
        code = self.code(data.get("code"), f"{place}.code")
        return State(code, Kind(str(kind)), self.texts(data.get("title"), f"{place}.title"))

    def transition(self, row: object, place: str) -> Transition:
        data = self.mapping(row, place, TRANSITION_FIELDS)
        sources = self.words(data.get("from"), f"{place}.from", None)
        if not sources:
            self.note("missing", f"{place}.from")
        return Transition(
            code=self.code(data.get("code"), f"{place}.code"),
            sources=sources,
            target=self.code(data.get("to"), f"{place}.to"),
            title=self.texts(data.get("title"), f"{place}.title"),
            needs=self.words(data.get("needs"), f"{place}.needs", self.fields),
            capability=str(data.get("capability") or ""),
            post=str(data.get("post") or ""),
            asks_reason=self.flag(data, "asks_reason", place),
            meets=self.words(data.get("meets"), f"{place}.meets", self.clocks),
            by_act=self.flag(data, "by_act", place),
        )

    def code(self, value: object, place: str) -> str:
        if not value:
            self.note("missing", place)
        elif not CODE.fullmatch(str(value)):
            self.note("bad_code", place)
        return str(value or "")

    def flag(self, data: Mapping[str, object], name: str, place: str) -> bool:
        value = data.get(name, False)
        if not isinstance(value, bool):
            self.note("not_true_or_false", f"{place}.{name}")
        return bool(value)

    def words(self, value: object, place: str, known: Collection[str] | None) -> tuple[str, ...]:
        found = tuple(str(one) for one in self.listed(value, place))
        for one in found:
            if known is not None and one not in known:
                self.note("bad_choice", place, choices=", ".join(known))
        return found


def _problems_of(flow: Flow) -> Iterator[Problem]:
    """What no single row shows: where steps lead, and whether every case can end."""
    yield from _unknown_states(flow)
    if flow.begins not in flow.states:
        yield Problem("unknown_state", "begins", {"name": flow.begins})
        return
    if flow.kind_of(flow.begins) is not Kind.OPEN:
        yield Problem("begins_ended", "begins")
    closed = {one.code for one in flow.states.values() if one.kind is Kind.CLOSED}
    if not closed:
        yield Problem("no_closed", "states")
        return
    steps = [(source, one.target) for one in flow.transitions.values() for source in one.sources]
    reached = _reached({flow.begins}, steps)
    ending = _reached(closed, [(target, source) for source, target in steps])
    for code in flow.states:
        if code not in reached:
            yield Problem("unreachable", f"states.{code}")
        elif code not in ending:
            yield Problem("dead_end", f"states.{code}")


def _unknown_states(flow: Flow) -> Iterator[Problem]:
    for one in flow.transitions.values():
        place = f"transitions.{one.code}"
        for source in one.sources:
            if source not in flow.states:
                yield Problem("unknown_state", f"{place}.from", {"name": source})
        if one.target not in flow.states:
            yield Problem("unknown_state", f"{place}.to", {"name": one.target})
        elif flow.kind_of(one.target) is Kind.WAITING and not one.asks_reason:
            yield Problem("waiting_unexplained", place)


def _reached(begin: set[str], steps: Collection[tuple[str, str]]) -> set[str]:
    """Every state that steps lead to from `begin`."""
    found = set(begin)
    while more := {target for source, target in steps if source in found} - found:
        found |= more
    return found

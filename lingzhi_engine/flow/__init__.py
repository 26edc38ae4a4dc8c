"""Flows of cases (工单流程) as data: states, and the transitions that lead from one to another.

>>> flow = read_flow({
...     "title": {"zh-Hans": "简单", "en": "Simple"},
...     "begins": "open",
...     "states": [
...         {"code": "open", "kind": "open", "title": {"en": "Open"}},
...         {"code": "done", "kind": "closed", "title": {"en": "Done"}},
...     ],
...     "transitions": [
...         {"code": "end", "from": ["open"], "to": "done", "title": {"en": "End"}},
...     ],
... })
>>> [one.code for one in flow.from_state("open")]
['end']
"""

from lingzhi_engine.flow.model import Flow, Kind, State, Transition
from lingzhi_engine.flow.problems import InvalidFlow, Problem
from lingzhi_engine.flow.reading import read_flow

__all__ = ["Flow", "InvalidFlow", "Kind", "Problem", "State", "Transition", "read_flow"]

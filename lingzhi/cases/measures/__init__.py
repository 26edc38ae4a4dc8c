"""What can be counted about cases, for indicators."""

from lingzhi.cases.measures import clocks

MEASURES = [*clocks.MEASURES]

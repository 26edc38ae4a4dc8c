"""What can be counted about cases, for indicators."""

from lingzhi.cases.measures import clocks, follow_ups, orders, repeats

MEASURES = [*clocks.MEASURES, *follow_ups.MEASURES, *orders.MEASURES, *repeats.MEASURES]

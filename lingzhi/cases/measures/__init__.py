"""What can be counted about cases, for indicators."""

from lingzhi.cases.measures import (
    clocks,
    complaints,
    follow_ups,
    orders,
    records,
    repeats,
)

MEASURES = [
    *clocks.MEASURES,
    *complaints.MEASURES,
    *follow_ups.MEASURES,
    *orders.MEASURES,
    *records.MEASURES,
    *repeats.MEASURES,
]

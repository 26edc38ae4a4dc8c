"""What can be counted about cases."""

from lingzhi.cases.measures import follow_ups

MEASURES = [*follow_ups.MEASURES]

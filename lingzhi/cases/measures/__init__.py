"""What can be counted about cases."""

from lingzhi.cases.measures import follow_ups, repeats

MEASURES = [*follow_ups.MEASURES, *repeats.MEASURES]

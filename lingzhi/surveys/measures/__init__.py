"""What surveys can count for indicators."""

from lingzhi.surveys.measures import answers, invitations

MEASURES = [*invitations.MEASURES, *answers.MEASURES]

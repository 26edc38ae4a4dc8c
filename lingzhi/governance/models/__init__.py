from lingzhi.governance.models.meetings import Action, Attendee, Decision, Meeting, Point
from lingzhi.governance.models.series import Series
from lingzhi.governance.models.team_reports import Demand, TeamReport

__all__ = [
    "Action",
    "Attendee",
    "Decision",
    "Demand",
    "Meeting",
    "Point",
    "Series",
    "TeamReport",
]

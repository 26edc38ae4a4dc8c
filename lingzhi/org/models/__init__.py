from lingzhi.org.models.calendars import Calendar, Opening, SpecialDate
from lingzhi.org.models.duties import Deputy, Designation, Matter, Presence
from lingzhi.org.models.groups import Group, Membership
from lingzhi.org.models.people import Assignment, Identity, Skill
from lingzhi.org.models.posts import Post, PostHolding, PostVersion
from lingzhi.org.models.supervision import SupervisionArea, SupervisionLines
from lingzhi.org.models.units import Unit

__all__ = [
    "Assignment",
    "Calendar",
    "Deputy",
    "Designation",
    "Group",
    "Identity",
    "Matter",
    "Membership",
    "Opening",
    "Post",
    "PostHolding",
    "PostVersion",
    "Presence",
    "Skill",
    "SpecialDate",
    "SupervisionArea",
    "SupervisionLines",
    "Unit",
]

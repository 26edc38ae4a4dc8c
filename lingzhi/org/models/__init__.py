from lingzhi.org.models.activities import Activity, ActivityEvidence, Participation
from lingzhi.org.models.calendars import Calendar, Opening, SpecialDate
from lingzhi.org.models.duties import Deputy, Designation, Matter, Presence
from lingzhi.org.models.groups import Group, Membership
from lingzhi.org.models.people import Assignment, Identity, Skill
from lingzhi.org.models.posts import Post, PostHolding, PostVersion
from lingzhi.org.models.privacy import NoticeReading, PrivacyNotice
from lingzhi.org.models.statements import Statement
from lingzhi.org.models.supervision import SupervisionArea, SupervisionLines
from lingzhi.org.models.units import Unit

__all__ = [
    "Activity",
    "ActivityEvidence",
    "Assignment",
    "Calendar",
    "Deputy",
    "Designation",
    "Group",
    "Identity",
    "Matter",
    "Membership",
    "NoticeReading",
    "Opening",
    "Participation",
    "Post",
    "PostHolding",
    "PostVersion",
    "Presence",
    "PrivacyNotice",
    "Skill",
    "SpecialDate",
    "Statement",
    "SupervisionArea",
    "SupervisionLines",
    "Unit",
]

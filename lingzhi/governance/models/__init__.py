from lingzhi.governance.models.audits import NONCONFORMITIES, Audit, AuditFile, AuditLine
from lingzhi.governance.models.directory import ServiceEntry, ServicePromise
from lingzhi.governance.models.directory_reviews import DirectoryReview
from lingzhi.governance.models.documents import Document, DocumentReview, DocumentVersion
from lingzhi.governance.models.goals import Goal
from lingzhi.governance.models.meetings import Action, Attendee, Decision, Meeting, Point
from lingzhi.governance.models.plans import PlanTask, ServicePlan
from lingzhi.governance.models.policies import PolicyVersion
from lingzhi.governance.models.references import Contest, Reference, ReferenceUse
from lingzhi.governance.models.reviews import Review, ReviewDecision, ReviewLine
from lingzhi.governance.models.series import Series
from lingzhi.governance.models.team_reports import Demand, TeamReport
from lingzhi.governance.models.verdicts import Verdict

__all__ = [
    "NONCONFORMITIES",
    "Action",
    "Attendee",
    "Audit",
    "AuditFile",
    "AuditLine",
    "Contest",
    "Decision",
    "Demand",
    "DirectoryReview",
    "Document",
    "DocumentReview",
    "DocumentVersion",
    "Goal",
    "Meeting",
    "PlanTask",
    "Point",
    "PolicyVersion",
    "Reference",
    "ReferenceUse",
    "Review",
    "ReviewDecision",
    "ReviewLine",
    "Series",
    "ServiceEntry",
    "ServicePlan",
    "ServicePromise",
    "TeamReport",
    "Verdict",
]

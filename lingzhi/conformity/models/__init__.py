from lingzhi.conformity.models.assessments import Assessment
from lingzhi.conformity.models.evidence import DayEvidence, Threshold

__all__ = ["Assessment", "DayEvidence", "Threshold"]

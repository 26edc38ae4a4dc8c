from lingzhi.conformity.models.evidence import DayEvidence, Threshold

__all__ = ["DayEvidence", "Threshold"]

from lingzhi.conformity.models.assessments import Assessment
from lingzhi.conformity.models.dossiers import Dossier, DossierReceipt
from lingzhi.conformity.models.evidence import DayEvidence, Threshold
from lingzhi.conformity.models.quality import DataCount, DataFlaw
from lingzhi.conformity.models.requests import USUAL_DAYS, DataRequest, RequestTerm

__all__ = [
    "USUAL_DAYS",
    "Assessment",
    "DataCount",
    "DataFlaw",
    "DataRequest",
    "DayEvidence",
    "Dossier",
    "DossierReceipt",
    "RequestTerm",
    "Threshold",
]

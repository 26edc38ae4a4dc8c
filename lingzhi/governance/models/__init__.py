from lingzhi.governance.models.audits import NONCONFORMITIES, Audit, AuditFile, AuditLine
from lingzhi.governance.models.references import Contest, Reference, ReferenceUse

__all__ = [
    "NONCONFORMITIES",
    "Audit",
    "AuditFile",
    "AuditLine",
    "Contest",
    "Reference",
    "ReferenceUse",
]

from lingzhi.governance.models.audits import NONCONFORMITIES, Audit, AuditFile, AuditLine

__all__ = [
    "NONCONFORMITIES",
    "Audit",
    "AuditFile",
    "AuditLine",
]

"""What governance offers as what may be put right."""

from lingzhi.governance.origins.audits import NONCONFORMITY
from lingzhi.governance.origins.decisions import DECISION

__all__ = ["DECISION", "NONCONFORMITY"]

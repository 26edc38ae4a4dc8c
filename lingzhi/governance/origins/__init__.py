"""What governance offers as what may be put right."""

from lingzhi.governance.origins.audits import NONCONFORMITY
from lingzhi.governance.origins.decisions import DECISION
from lingzhi.governance.origins.reviews import REVIEW_DECISION

__all__ = ["DECISION", "NONCONFORMITY", "REVIEW_DECISION"]

"""Governance in the background."""

from lingzhi.governance.models import Audit
from lingzhi.governance.services import audits, evidence


def collect_evidence(audit_id: int) -> None:
    """Ask the controls about an audit. Doing so twice gives the same."""
    evidence.collect_evidence(Audit.objects.get(pk=audit_id))


def remind_of_audits() -> None:
    """Every morning: audits that should have begun."""
    audits.remind_of_audits()

"""Goals, plans, services, meetings, audits and reviews in the background."""

from lingzhi.approvals.models import Approval
from lingzhi.governance.models import (
    Audit,
    DocumentVersion,
    PolicyVersion,
    ServiceEntry,
    ServicePlan,
)
from lingzhi.governance.services import (
    audits,
    directory,
    directory_reviews,
    documents,
    evidence,
    goals,
    late,
    meetings,
    minutes,
    plans,
    policies,
    review_decisions,
    reviews,
)


def ask_judges() -> None:
    """Every morning: goals whose review is due are a to-do of who judges them."""
    goals.ask_judges()


def approve_plan(approval_id: int, plan_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    plan = ServicePlan.objects.select_related("unit").get(pk=plan_id)
    plans.approve_plan(plan, Approval.objects.get(pk=approval_id))


def approve_service(approval_id: int, entry_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    entry = ServiceEntry.objects.select_related("unit", "before").get(pk=entry_id)
    directory.offer(entry, Approval.objects.get(pk=approval_id))


def approve_policy(approval_id: int, policy_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    policy = PolicyVersion.objects.select_related("unit").get(pk=policy_id)
    policies.publish_policy(policy, Approval.objects.get(pk=approval_id))


def approve_document(approval_id: int, version_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    version = DocumentVersion.objects.select_related("document__owner").get(pk=version_id)
    documents.put_in_force(version, Approval.objects.get(pk=approval_id))


def ask_for_directory_reviews() -> None:
    """Every morning: services, policies and documents whose review is due soon are a to-do."""
    directory_reviews.ask_owners()
    documents.ask_owners()


def tell_late_tasks() -> None:
    """Every morning: who does a late task, then who leads the unit."""
    late.tell_late_tasks()


def prepare_meetings() -> None:
    """Every hour: call what is due, fix what begins soon, tell of what is late."""
    meetings.call_due()
    meetings.fix_due()
    minutes.tell_late()


def collect_evidence(audit_id: int) -> None:
    """Ask the controls about an audit. Doing so twice gives the same."""
    evidence.collect_evidence(Audit.objects.get(pk=audit_id))


def remind_of_audits() -> None:
    """Every morning: audits that should have begun."""
    audits.remind_of_audits()


def follow_reviews() -> None:
    """Every morning: plan what comes round, ask who prepares, tell of what is late."""
    reviews.plan_next()
    reviews.remind_of_reviews()
    review_decisions.tell_late_decisions()

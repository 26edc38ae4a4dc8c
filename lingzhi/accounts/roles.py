"""The one table of roles and capabilities. Closed by default: what is not listed is refused.

A capability is `app.verb`. A role's scope says how far its capabilities reach from the unit of
the assignment: own work, team, department, centre or company (the unit's whole subtree).
System, security and audit administrators are three separate people (三员分立): no two of these
roles may be held by one person.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """How far a role reaches: one's own records, or the subtree of the assigned unit."""

    OWN = "own"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    label: str | Promise
    scope: Scope
    capabilities: frozenset[str]
    is_privileged: bool = False  # must sign in with a second factor


_READ = {
    "org.read",
    "contacts.read",
    "contacts.listen",
    "inspections.read",
    "cases.read",
    "customers.read",
    "surveys.read",
    "improvement.read",
    "knowledge.read",
    "kpis.read",
    "reports.read",
}
_KEEPS = {"customers.keep", "customers.answer"}
_CASES = {"cases.read", "cases.open", "cases.work"}
_CHATS = {"contacts.chat", "contacts.intervene"}
_LEADS_FLOOR = {"contacts.floor", "contacts.command"}
_FIGURES = {"kpis.read", "reports.read", "conformity.read"}
_STARTS = {"improvement.read", "improvement.start"}
_RULES = {"inspections.write_rules", "inspections.run"}
_SCORES = {"inspections.score", "inspections.watch"}
_LEADS_SCORES = {
    *_SCORES,
    "inspections.plan",
    "inspections.design_sheets",
    "inspections.recheck",
    "inspections.decide_appeals",
    "inspections.calibrate",
}


def _role(
    code: str,
    label: str | Promise,
    scope: Scope,
    *capabilities: str,
    is_privileged: bool = False,
) -> tuple[str, Role]:
    return code, Role(code, label, scope, frozenset(capabilities), is_privileged)


ROLES: dict[str, Role] = dict(
    [
        _role(
            "employee",
            _("Employee"),
            Scope.OWN,
            "org.read",
            "contacts.register",
            "rulebook.read",
            "cases.complain",
        ),
        _role(
            "agent",
            _("Agent"),
            Scope.OWN,
            *_READ,
            *_CASES,
            "customers.keep",
            "contacts.chat",
            "contacts.phone",
            "surveys.ask",
        ),
        _role(
            "team_leader",
            _("Team leader"),
            Scope.UNIT,
            *_READ,
            *_STARTS,
            "surveys.solicit",
            "contacts.mail",
            *_KEEPS,
            "customers.merge",
            *_CASES,
            *_CHATS,
            "cases.assign",
            "cases.settle_complaints",
            "surveys.ask",
            "knowledge.write",
            "portal.keep",
            "accounts.read",
            "org.duty",
            "org.culture",
            "customers.unmask",
            "conformity.read",
            "inspections.watch",
            "inspections.decide_appeals",
            "contacts.phone",
            *_LEADS_FLOOR,
        ),
        _role(
            "floor_supervisor",
            _("Floor supervisor"),
            Scope.UNIT,
            *_READ,
            "surveys.solicit",
            *_CHATS,
            "org.duty",
            "inspections.watch",
            *_LEADS_FLOOR,
        ),
        _role(
            "inspector",
            _("Inspector"),
            Scope.UNIT,
            *_READ,
            *_RULES,
            *_SCORES,
            *_STARTS,
            "conformity.read",
        ),
        _role(
            "lead_inspector",
            _("Lead inspector"),
            Scope.UNIT,
            *_READ,
            *_STARTS,
            "improvement.supervise",
            *_RULES,
            *_LEADS_SCORES,
            "customers.unmask",
            "contacts.match",
            "conformity.read",
        ),
        _role(
            "quality_manager",
            _("Quality manager"),
            Scope.UNIT,
            *_READ,
            *_STARTS,
            "improvement.supervise",
            "contacts.mail",
            *_RULES,
            *_LEADS_SCORES,
            "cases.set_flows",
            "knowledge.write",
            "knowledge.approve",
            "portal.keep",
            "portal.publish",
            "cases.keep_dictionaries",
            "cases.plan_follow_ups",
            "surveys.ask",
            "surveys.manage",
            "cases.confirm_effects",
            "cases.decide_blame",
            "cases.import",
            "inspections.set_policy",
            "inspections.import",
            "inspections.activate_rules",
            *_KEEPS,
            "customers.unmask",
            "customers.merge",
            "customers.manage",
            "customers.import",
            "customers.erase",
            "contacts.export",
            "contacts.import",
            "contacts.match",
            "contacts.floor",
            "contacts.channels",
            "contacts.download",
            "imports.run",
            "jobs.read",
            "accounts.read",
            "org.culture",
            "org.privacy",
            "approvals.decide",
            "rulebook.write",
            "kpis.manage",
            "reports.manage",
            "conformity.read",
        ),
        _role(
            "complaint_officer",
            _("Complaint officer"),
            Scope.UNIT,
            *_READ,
            *_STARTS,
            "contacts.mail",
            *_KEEPS,
            "customers.unmask",
            "customers.merge",
            *_CASES,
            "cases.assign",
            "cases.settle_complaints",
            "cases.decide_blame",
            "portal.keep",
        ),
        _role(
            "follow_up_caller",
            _("Follow-up caller"),
            Scope.UNIT,
            "org.read",
            *_CASES,
            "cases.follow_up",
            "surveys.read",
            "surveys.ask",
            "contacts.read",
            "customers.read",
            "customers.unmask",
            "customers.keep",
        ),
        _role(
            "department_officer",
            _("Handling department's officer"),
            Scope.UNIT,
            *_STARTS,
            *_CASES,
            "cases.assign",
            "cases.follow_up",
            "org.read",
            "contacts.read",
            "customers.answer",
            "reports.read",
        ),
        _role(
            "department_reviewer",
            _("Handling department's reviewer"),
            Scope.UNIT,
            "improvement.read",
            "cases.read",
            "org.read",
            "contacts.read",
            "customers.answer",
            "reports.read",
            "approvals.decide",
        ),
        _role(
            "trainer",
            _("Trainer"),
            Scope.UNIT,
            "org.read",
            "org.culture",
            "contacts.read",
            "contacts.listen",
            "inspections.read",
            "accounts.read",
            "kpis.read",
            "reports.read",
        ),
        _role(
            "supervisor",
            _("Supervisor"),
            Scope.UNIT,
            *_READ,
            *_STARTS,
            "surveys.solicit",
            "contacts.mail",
            *_CASES,
            "cases.assign",
            "cases.settle_complaints",
            "cases.decide_blame",
            "accounts.read",
            "org.duty",
            "org.culture",
            "approvals.decide",
            "conformity.read",
        ),
        _role(
            "planner",
            _("Planner"),
            Scope.UNIT,
            "org.read",
            "accounts.read",
            "org.duty",
            "org.calendar",
            "kpis.read",
        ),
        _role(
            "analyst",
            _("Analyst"),
            Scope.UNIT,
            *_READ,
            *_STARTS,
            "contacts.export",
            "kpis.manage",
            "reports.manage",
            "conformity.read",
        ),
        _role(
            "outsourcer_admin",
            _("Outsourcer's administrator"),
            Scope.UNIT,
            "org.read",
            "accounts.read",
            "inspections.read",
            "contacts.read",
            "kpis.read",
        ),
        _role(
            "leadership",
            _("Leadership"),
            Scope.UNIT,
            "improvement.read",
            "org.read",
            "org.culture",
            "accounts.read",
            "cases.read",
            "contacts.read",
            "inspections.read",
            "surveys.read",
            "approvals.decide",
            *_FIGURES,
        ),
        _role(
            "auditor",
            _("Internal auditor"),
            Scope.UNIT,
            *_READ,
            "audit.search",
            "accounts.read",
            "jobs.read",
            "conformity.read",
        ),
        _role(
            "system_admin",
            _("System administrator"),
            Scope.UNIT,
            "org.read",
            "org.manage",
            "org.calendar",
            "accounts.read",
            "accounts.manage",
            "imports.run",
            "contacts.import",
            "contacts.match",
            "jobs.read",
            "jobs.manage",
            "system.settings",
            is_privileged=True,
        ),
        _role(
            "security_admin",
            _("Security administrator"),
            Scope.UNIT,
            "org.read",
            "accounts.read",
            "accounts.assign",
            "accounts.secure",
            is_privileged=True,
        ),
        _role(
            "audit_admin",
            _("Audit administrator"),
            Scope.UNIT,
            "org.read",
            "accounts.read",
            "audit.search",
            is_privileged=True,
        ),
    ]
)

SEPARATED = frozenset({"system_admin", "security_admin", "audit_admin"})

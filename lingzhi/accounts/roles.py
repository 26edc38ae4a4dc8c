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


CAPABILITIES: dict[str, str | Promise] = {
    "accounts.read": _("See people"),
    "accounts.manage": _("Create, change and deactivate people"),
    "accounts.assign": _("Give and take roles"),
    "accounts.secure": _("Unlock, reset passwords and second factors, set the policy"),
    "org.read": _("See the organisation"),
    "org.manage": _("Change units, posts, groups and supervision areas"),
    "org.calendar": _("Change business calendars"),
    "org.duty": _("Record duty and absence"),
    "org.culture": _("Publish what the unit stands for and hold activities"),
    "audit.search": _("Search and verify the audit log"),
    "jobs.read": _("See background work"),
    "jobs.manage": _("Cancel and repeat background work"),
    "imports.run": _("Import files"),
    "contacts.read": _("See conversations"),
    "contacts.listen": _("Play recordings"),
    "contacts.download": _("Download recordings"),
    "contacts.export": _("Export conversations"),
    "contacts.import": _("Bring conversations in"),
    "contacts.register": _("Register contacts, ideas and lapses"),
    "contacts.match": _("Match unknown agents"),
    "customers.read": _("See customers"),
    "customers.unmask": _("Reveal personal data, with a reason"),
    "customers.keep": _("Keep customers' files"),
    "customers.merge": _("Merge files of one customer, and undo it"),
    "customers.answer": _("Answer opinions of customers"),
    "customers.manage": _("Set classes of customers, campaigns and how often they are asked"),
    "customers.import": _("Bring customers and deliveries in"),
    "customers.erase": _("Export and erase a person's data"),
    "cases.read": _("See cases"),
    "cases.open": _("Open cases"),
    "cases.work": _("Work on cases"),
    "cases.assign": _("Assign cases and answer hand-overs"),
    "cases.set_flows": _("Change case flows and time limits"),
    "cases.keep_dictionaries": _("Keep the master dictionaries"),
    "cases.follow_up": _("Call customers back"),
    "cases.plan_follow_ups": _("Set follow-up rules and scripts"),
    "cases.complain": _("Register complaints"),
    "cases.settle_complaints": _("Assess, decide and close complaints"),
    "cases.decide_blame": _("Decide who is at fault for a complaint"),
    "cases.confirm_effects": _("Confirm the effect of measures after complaints"),
    "cases.import": _("Bring tickets of other systems in"),
    "inspections.read": _("See findings and results"),
    "inspections.write_rules": _("Write and test rules"),
    "inspections.activate_rules": _("Put rules into force and retire them"),
    "inspections.run": _("Run inspections"),
    "inspections.design_sheets": _("Build score sheets and put them into force"),
    "inspections.plan": _("Plan inspections and draw samples"),
    "inspections.score": _("Score conversations"),
    "inspections.recheck": _("Re-check, release and correct scores"),
    "inspections.decide_appeals": _("Decide appeals"),
    "inspections.calibrate": _("Hold calibrations"),
    "inspections.watch": _("Watch conversations in progress"),
    "inspections.set_policy": _("Set the rules of human inspection"),
    "inspections.import": _("Bring old scores in"),
    "surveys.read": _("See whom was asked, and the answers"),
    "surveys.ask": _("Ask customers: give links, hold interviews"),
    "surveys.manage": _("Set questionnaires, rules, plans and places of surveys"),
    "rulebook.read": _("See the rulebook"),
    "rulebook.write": _("Adopt and change regulations"),
    "kpis.read": _("See indicators"),
    "kpis.manage": _("Define indicators and set targets"),
    "reports.read": _("See reports"),
    "reports.manage": _("Plan and write reports"),
    "conformity.read": _("See conformity with the rulebook"),
    "approvals.decide": _("Approve and sign"),
    "system.settings": _("Change the settings of the installation"),
}

# What a token for the API may be given; nothing else is reached through it.
OVER_THE_API = (
    "cases.read",
    "cases.open",
    "cases.work",
    "cases.assign",
    "customers.read",
    "customers.keep",
    "contacts.read",
    "cases.keep_dictionaries",
    "surveys.ask",
)

_READ = {
    "org.read",
    "contacts.read",
    "contacts.listen",
    "inspections.read",
    "cases.read",
    "customers.read",
    "surveys.read",
    "kpis.read",
    "reports.read",
}
_KEEPS = {"customers.keep", "customers.answer"}
_CASES = {"cases.read", "cases.open", "cases.work"}
_FIGURES = {"kpis.read", "reports.read", "conformity.read"}
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
        _role("agent", _("Agent"), Scope.OWN, *_READ, *_CASES, "customers.keep", "surveys.ask"),
        _role(
            "team_leader",
            _("Team leader"),
            Scope.UNIT,
            *_READ,
            *_KEEPS,
            "customers.merge",
            *_CASES,
            "cases.assign",
            "cases.settle_complaints",
            "surveys.ask",
            "accounts.read",
            "org.duty",
            "org.culture",
            "customers.unmask",
            "conformity.read",
            "inspections.watch",
            "inspections.decide_appeals",
        ),
        _role(
            "floor_supervisor",
            _("Floor supervisor"),
            Scope.UNIT,
            *_READ,
            "org.duty",
            "inspections.watch",
        ),
        _role(
            "inspector", _("Inspector"), Scope.UNIT, *_READ, *_RULES, *_SCORES, "conformity.read"
        ),
        _role(
            "lead_inspector",
            _("Lead inspector"),
            Scope.UNIT,
            *_READ,
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
            *_RULES,
            *_LEADS_SCORES,
            "cases.set_flows",
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
            "contacts.download",
            "imports.run",
            "jobs.read",
            "accounts.read",
            "org.culture",
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
            *_KEEPS,
            "customers.unmask",
            "customers.merge",
            *_CASES,
            "cases.assign",
            "cases.settle_complaints",
            "cases.decide_blame",
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
            *_CASES,
            "cases.assign",
            "cases.follow_up",
            "org.read",
            "contacts.read",
            "customers.answer",
        ),
        _role(
            "department_reviewer",
            _("Handling department's reviewer"),
            Scope.UNIT,
            "cases.read",
            "org.read",
            "contacts.read",
            "customers.answer",
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
            "org.read",
            "org.culture",
            "accounts.read",
            "cases.read",
            "contacts.read",
            "inspections.read",
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

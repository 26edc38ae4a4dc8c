"""What the kinds of objects in the log are called, and the doors through which acts came."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "accounts.savedview": _("Saved view"),
    "accounts.securitypolicy": _("Security policy"),
    "accounts.session": _("Session"),
    "accounts.user": _("Person"),
    "approvals.approval": _("Approval"),
    "approvals.chain": _("Approval chain"),
    "audit.entry": _("Entry of the log"),
    "audit.verification": _("Verification"),
    "cases.case": _("Service case"),
    "cases.flow": _("Case flow"),
    "cases.numbering": _("Case numbering"),
    "contacts.contact": _("Conversation"),
    "contacts.feed": _("Feed"),
    "contacts.recording": _("Recording"),
    "contacts.source": _("Source"),
    "customers.customer": _("Customer"),
    "files.storedfile": _("File"),
    "imports.batch": _("Import"),
    "imports.mapping": _("Mapping"),
    "inspections.appeal": _("Appeal"),
    "inspections.backtest": _("Back-test"),
    "inspections.coaching": _("Coaching"),
    "inspections.exportlayout": _("Layout of an export"),
    "inspections.calibration": _("Calibration"),
    "inspections.behaviour": _("Forbidden behaviour"),
    "inspections.incident": _("Incident"),
    "inspections.gate": _("Quality gate"),
    "inspections.gatecheck": _("Check at a gate"),
    "inspections.gradecriteria": _("Criteria of grades"),
    "inspections.flag": _("Flagged finding"),
    "inspections.inspectionrun": _("Inspection run"),
    "inspections.plan": _("Inspection plan"),
    "inspections.monthclose": _("Monthly close"),
    "inspections.policy": _("Settings of inspection"),
    "inspections.lot": _("Lot"),
    "inspections.review": _("Score"),
    "inspections.jointinspection": _("Joint inspection"),
    "inspections.rule": _("Rule"),
    "inspections.ruleversion": _("Version of a rule"),
    "inspections.sheet": _("Score sheet"),
    "inspections.task": _("Inspection task"),
    "inspections.trustpolicy": _("Thresholds of trust"),
    "inspections.watch": _("Watched conversation"),
    "inspections.typicalcase": _("Typical case"),
    "jobs.job": _("Job"),
    "jobs.run": _("Background work"),
    "notifications.notice": _("Notice"),
    "org.assignment": _("Role of a person"),
    "org.calendar": _("Calendar"),
    "org.deputy": _("Deputy"),
    "org.designation": _("Body in charge"),
    "org.group": _("Group"),
    "org.identity": _("Identity in another system"),
    "org.membership": _("Membership"),
    "org.post": _("Post"),
    "org.postholding": _("Post held"),
    "org.postversion": _("Description of a post"),
    "org.presence": _("Duty and absence"),
    "org.specialdate": _("Special day"),
    "org.supervisionarea": _("Supervision area"),
    "org.supervisionlines": _("Lines of supervision"),
    "org.unit": _("Unit"),
    "reports.plan": _("Planned report"),
    "reports.report": _("Quality report"),
    "reports.workreport": _("Daily work report"),
    "rulebook.clause": _("Clause"),
    "rulebook.lawfulstep": _("Step of lawful adoption"),
    "rulebook.pack": _("Rule pack"),
    "rulebook.reading": _("Reading of a regulation"),
    "rulebook.regulation": _("Regulation"),
    "rulebook.slot": _("Subordinate document"),
    "rulebook.version": _("Version of a regulation"),
}
DOORS: dict[str, str | Promise] = {
    "web": _("Web page"),
    "api": _("Interface"),
    "command": _("Command line"),
    "task": _("Background work"),
    "system": _("The program"),
}


def kind_in_words(code: str) -> str:
    """The words for a kind of object; the code itself for one that nobody named."""
    return str(KINDS.get(code, code))


def door_in_words(code: str) -> str:
    """Through which door an act came; an act without a person is signed with its door too."""
    return str(DOORS.get(code, code))

"""What background work is called. Whoever adds a job to `settings.JOBS` adds its line here.

The codes stand in the tables of jobs; these words may change. A test finds jobs without words.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

JOBS: dict[str, str | Promise] = {
    "accounts.mail_reset_link": _("Mail a link for a new password"),
    "accounts.prune_sessions": _("Clear away sessions that are over"),
    "audit.checkpoint": _("Sign the audit log"),
    "audit.seal": _("Seal the audit log"),
    "audit.verify": _("Verify the audit log"),
    "cases.pass_on": _("Tell the customers of all parts of an incident"),
    "cases.plan_by_age": _("Plan follow-ups by age"),
    "cases.plan_follow_ups": _("Plan follow-ups and open those due"),
    "cases.escalate": _("Escalate late cases"),
    "cases.grant_extension": _("Grant more time"),
    "cases.grant_pause": _("Grant a wait"),
    "cases.exclude_approved": _("Leave an order out of appraisal"),
    "cases.agree_remedy": _("Let an agreed remedy be given"),
    "cases.grant_deferral": _("Give a complaint more time"),
    "cases.learn_recognition": _("Learn from closed cases what new ones are about"),
    "cases.send_confirmation": _("Send a customer the result by e-mail"),
    "cases.mail_arrived": _("Give a customer's mail its case"),
    "cases.mail_not_sent": _("Say on a case that a mail was not sent"),
    "cases.text_not_sent": _("Say on a case that a text message was not sent"),
    "surveys.text_not_sent": _("Note that an invitation did not arrive"),
    "cases.ask_for_summaries": _("Ask people to sum up their cases"),
    "cases.watch_forum": _("Look after the forum"),
    "cases.watch_clocks": _("Watch the time limits of cases"),
    "contacts.forget_open_contacts": _("Close live conversations that nobody closes"),
    "contacts.fetch_mail": _("Look into the mailboxes"),
    "contacts.send_mails": _("Send mail to customers"),
    "contacts.fetch_messages": _("Fetch messages of customers from another system"),
    "contacts.send_line_messages": _("Send messages to customers by other systems"),
    "contacts.hand_on_message": _("Hand on a message that a visitor left"),
    "contacts.assign_lost": _("Give lost calls to the team of their queue"),
    "inspections.watch_alerts": _("Tell of conversations over a limit"),
    "contacts.forget_numbers": _("Erase the phones of calls without a contact"),
    "contacts.tend_chats": _("End chats that their visitors left"),
    "contacts.join_batch": _("Join the calls of imported phone data"),
    "contacts.settle_calls": _("End calls whose end nobody told"),
    "contacts.watch_breaks": _("Tell of breaks that last too long"),
    "contacts.watch_flow": _("Look whether channels are clear"),
    "contacts.take_recordings": _("Take recordings from the watched folder"),
    "customers.find_likenesses": _("Find files of one customer"),
    "customers.open_campaign": _("Open the yearly campaign"),
    "imports.clear": _("Clear away an imported file"),
    "imports.forget_abandoned": _("Drop abandoned imports"),
    "imports.publish": _("Publish an import"),
    "imports.stage": _("Read and check a file"),
    "inspections.activate_approved": _("Put an approved rule into force"),
    "inspections.add_up_days": _("Add up what rules found, day by day"),
    "inspections.ask_models_again": _("Ask models again that had not answered"),
    "inspections.assign_tasks": _("Give tasks to inspectors"),
    "inspections.back_test": _("Back-test rules"),
    "inspections.escalate_appeals": _("Move overdue appeals on"),
    "inspections.draw_for": _("Draw the sample that somebody asked for"),
    "inspections.draw_plan": _("Draw the samples of one inspection plan"),
    "inspections.draw_samples": _("Draw the samples of inspection plans"),
    "inspections.close_months": _("Close the scores of a month"),
    "inspections.grade_due": _("Compute the grades that are due"),
    "inspections.inspect_batch": _("Inspect what an import brought"),
    "inspections.inspect_contacts": _("Inspect new conversations"),
    "inspections.count_validity": _("Hold the items of scores against outcomes"),
    "inspections.look_at_escape": _("Look at an upheld complaint"),
    "inspections.weigh_rules": _("Weigh the trust in rules"),
    "inspections.learn_from_appeal": _("Make an overturned hit an example of its rule"),
    "inspections.estimate_inspectors": _("Estimate how inspectors score"),
    "inspections.remind_calibrators": _("Remind people of calibrations"),
    "inspections.run_inspection": _("Inspect stored conversations"),
    "inspections.take_silence": _("Note scores that nobody answered"),
    "inspections.start_plan": _("Begin an approved covert inspection"),
    "jobs.prune": _("Forget jobs that are done"),
    "knowledge.publish_approved": _("Put an approved article into force"),
    "kpis.count_past": _("Count the past of a new indicator"),
    "kpis.count_recent": _("Count the indicators of the last days"),
    "kpis.count_stale": _("Count changed days of the indicators again"),
    "notifications.send_messages": _("Tell other systems what happened"),
    "notifications.send_notices": _("Bring people their notices by the ways they chose"),
    "org.refresh_calendars": _("Bring the calendars up to date"),
    "reports.write_due": _("Write the reports that are due"),
    "conformity.count": _("Count what controls found"),
    "conformity.count_kind": _("Count what one kind of control found"),
    "conformity.count_recent": _("Count what controls found lately"),
    "conformity.keep_baselines": _("Keep the figures before a pilot"),
    "rulebook.approve_version": _("Approve a regulation"),
    "rulebook.begin_day": _("Put regulations into force and out of it"),
    "rulebook.settle_control": _("Put a control to work"),
    "rulebook.take_effect": _("Put a regulation into force"),
    "surveys.approve_plan": _("Put an approved survey plan into force"),
    "surveys.invite": _("Ask customers how they were served"),
    "surveys.recover": _("Open a case about a bad judgement"),
    "surveys.mark_days": _("Have survey figures counted anew"),
}
QUEUES: dict[str, str | Promise] = {"short": _("Short jobs"), "long": _("Long jobs")}


def job_in_words(code: str) -> str:
    """The words for a kind of job; the code itself for one that nobody named."""
    return str(JOBS.get(code, code))


def queue_in_words(code: str) -> str:
    """The words for a queue."""
    return str(QUEUES.get(code, code))

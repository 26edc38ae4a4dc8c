"""Inspection in the background: new contacts as they come, whole archives on demand."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.cases.models import Case
from lingzhi.contacts.counting import days_of
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, published
from lingzhi.core.clock import now
from lingzhi.inspections import services
from lingzhi.inspections.models import AppealItem, BackTest, InspectionRun, Plan, RuleVersion
from lingzhi.inspections.queries.plans import is_over
from lingzhi.inspections.services import (
    adding_up,
    assigning,
    calibration_notices,
    escapes,
    estimating,
    redistributing,
    trusting,
    validating,
)
from lingzhi.inspections.services.alerts import watch_alerts as watch_alerts_now
from lingzhi.inspections.services.appeal_examples import learn_from_appeal as learn
from lingzhi.inspections.services.closing import close_due_months
from lingzhi.inspections.services.coaching import take_silence as take_silence_now
from lingzhi.inspections.services.drawing import draw_due
from lingzhi.inspections.services.drawing import draw_for as draw_for_person
from lingzhi.inspections.services.grades import grade_due as compute_due_grades
from lingzhi.inspections.services.overdue_appeals import escalate_overdue
from lingzhi.inspections.services.plans import end_plan, start_approved
from lingzhi.jobs.services import later
from lingzhi.kpis.services import mark_days


def inspect_contacts(contact_ids: list[int]) -> None:
    """Judge some contacts as they come in."""
    _inspect(Contact.objects.filter(pk__in=contact_ids))


def inspect_batch(batch_id: int) -> None:
    """Judge everything an import brought; a repeated try passes over what is judged."""
    rows = Contact.objects.filter(batch_id=batch_id)
    _inspect(rows)
    services.tell_representatives(rows)
    later("kpis.count_stale", queue="long")
    later("conformity.count", queue="long")


def _inspect(rows: QuerySet[Contact]) -> None:
    """Judge contacts that came; their days are counted with them and with what was found."""
    services.inspect_all(rows)
    mark_days(days_of(rows))


def run_inspection(run_id: int) -> None:
    """A run over stored contacts."""
    runs = InspectionRun.objects.select_related("run", "snapshot", "started_by")
    run = runs.get(run_id=run_id)
    services.go_on(run)
    rows = Filters.from_json(run.filters).apply(published())
    services.tell_representatives(rows, since=run.run.queued_at)
    mark_days(days_of(rows))
    later("kpis.count_stale", queue="long")
    later("conformity.count", queue="long")


def ask_models_again() -> None:
    """Ask models about conversations for which they had no answer when they were inspected."""
    began = now()
    renewed = services.ask_models_again()
    if renewed:
        rows = Contact.objects.filter(pk__in=renewed)
        services.tell_representatives(rows, since=began)
        mark_days(days_of(rows))
        later("kpis.count_stale", queue="long")
        later("conformity.count", queue="long")


def add_up_days() -> None:
    """Add up the days whose verdicts, contacts or rules changed: pages read these sums."""
    adding_up.add_up_days()


def back_test(run_id: int) -> None:
    """A comparison of versions over stored conversations."""
    tests = BackTest.objects.select_related("run", "started_by")
    services.go_on_comparing(tests.get(run_id=run_id))


def assign_tasks(plan_id: int | None = None) -> None:
    """Give what nobody has to the inspectors of one plan, or of every running plan.

    What is overdue, or with somebody who is away, is taken back first.
    """
    redistributing.return_overdue()
    redistributing.return_of_absent()
    plans = Plan.objects.filter(state=Plan.State.ACTIVE)
    for plan in plans if plan_id is None else plans.filter(pk=plan_id):
        assigning.assign_tasks(plan, by=None)


def weigh_rules() -> None:
    """Every night: how right each rule is, and what it may do from now on."""
    trusting.weigh_rules()


def count_validity() -> None:
    """Every night: what the items of scores have to do with what customers do afterwards."""
    validating.count_validity()


def activate_approved(approval_id: int, version_id: int, reason: str) -> None:
    """The last signature was given: the version takes effect. Doing so twice changes nothing."""
    approval = Approval.objects.select_related("asked_by").get(pk=approval_id)
    version = RuleVersion.objects.select_related("rule").filter(pk=version_id).first()
    if version is not None and version.state == RuleVersion.State.ACTIVE:
        return
    services.activate_approved(version, approval, reason=reason)


def take_silence() -> None:
    """Scores that nobody answered for so many days count as seen, not as agreed."""
    take_silence_now()


def escalate_appeals() -> None:
    """Appeals whose time is over go to the next level; what was answered ends."""
    escalate_overdue()


def learn_from_appeal(appeal_item_id: int) -> None:
    """An answer of rules that an appeal overturned; doing so twice changes nothing."""
    rows = AppealItem.objects.select_related("appeal__review__contact", "appeal__opened_by")
    learn(rows.get(pk=appeal_item_id))


def draw_samples() -> None:
    """Draw the samples that are due, each plan on its own: one that fails keeps no other back."""
    running = Plan.objects.filter(state=Plan.State.ACTIVE, acceptance=None)
    for pk in running.values_list("pk", flat=True):
        later("inspections.draw_plan", plan_id=pk, queue="long")


def draw_plan(plan_id: int) -> None:
    """Draw what is due of a plan; one that has nothing left to do ends by itself."""
    plan = Plan.objects.filter(pk=plan_id, state=Plan.State.ACTIVE).first()
    if plan is None:
        return
    draw_due(plan)
    if is_over(plan):
        end_plan(plan, reason="", by=None)


def draw_for(plan_id: int, person_id: int) -> None:
    """Draw what somebody asked for; tried again, it finds nothing left to draw."""
    draw_for_person(Plan.objects.get(pk=plan_id), User.objects.get(pk=person_id))


def start_plan(approval_id: int, plan_id: int) -> None:
    """The last signature was given: a covert plan begins. Doing so twice changes nothing."""
    approval = Approval.objects.select_related("asked_by").get(pk=approval_id)
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is not None:
        start_approved(plan, approval)


def close_months() -> None:
    """Close the last month of the sites whose day it is; what still waits is told."""
    close_due_months()


def remind_calibrators() -> None:
    """Whoever still has to score in a calibration that is due tomorrow, or overdue."""
    calibration_notices.remind_calibrators()


def estimate_inspectors() -> None:
    """How inspectors score, as of today, for every centre and sheet."""
    estimating.estimate_inspectors()


def grade_due() -> None:
    """Once a month has closed, grade it where criteria are set."""
    compute_due_grades()


def look_at_escape(case_id: int) -> None:
    """A complaint was upheld: had inspection let its conversation pass?"""
    escapes.look_at_escape(Case.objects.get(pk=case_id))


def watch_alerts() -> None:
    """Tell of conversations that go over a limit."""
    watch_alerts_now()

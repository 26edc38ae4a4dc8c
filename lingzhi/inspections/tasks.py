"""Inspection in the background: new contacts as they come, whole archives on demand."""

from django.db.models import QuerySet

from lingzhi.approvals.models import Approval
from lingzhi.contacts.counting import days_of
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, published
from lingzhi.core.clock import now
from lingzhi.inspections import services
from lingzhi.inspections.models import AppealItem, BackTest, InspectionRun, RuleVersion
from lingzhi.inspections.services.appeal_examples import learn_from_appeal as learn
from lingzhi.inspections.services.overdue_appeals import escalate_overdue
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


def back_test(run_id: int) -> None:
    """A comparison of versions over stored conversations."""
    tests = BackTest.objects.select_related("run", "started_by")
    services.go_on_comparing(tests.get(run_id=run_id))


def activate_approved(approval_id: int, version_id: int, reason: str) -> None:
    """The last signature was given: the version takes effect. Doing so twice changes nothing."""
    approval = Approval.objects.select_related("asked_by").get(pk=approval_id)
    version = RuleVersion.objects.select_related("rule").filter(pk=version_id).first()
    if version is not None and version.state == RuleVersion.State.ACTIVE:
        return
    services.activate_approved(version, approval, reason=reason)


def escalate_appeals() -> None:
    """Appeals whose time is over go to the next level; what was answered ends."""
    escalate_overdue()


def learn_from_appeal(appeal_item_id: int) -> None:
    """An answer of rules that an appeal overturned; doing so twice changes nothing."""
    rows = AppealItem.objects.select_related("appeal__review__contact", "appeal__opened_by")
    learn(rows.get(pk=appeal_item_id))

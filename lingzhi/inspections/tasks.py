"""Inspection in the background: new contacts as they come, whole archives on demand."""

from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.models import InspectionRun


def inspect_contacts(contact_ids: list[int]) -> None:
    """Judge some contacts as they come in."""
    services.inspect_all(Contact.objects.filter(pk__in=contact_ids))


def inspect_batch(batch_id: int) -> None:
    """Judge everything an import brought; a repeated try passes over what is judged."""
    services.inspect_all(Contact.objects.filter(batch_id=batch_id))


def run_inspection(run_id: int) -> None:
    """A run over stored contacts."""
    rows = InspectionRun.objects.select_related("run", "snapshot", "started_by")
    services.go_on(rows.get(run_id=run_id))

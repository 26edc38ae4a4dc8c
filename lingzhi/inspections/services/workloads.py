"""How many tasks a person is given a day at most."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.inspections.models import Workload


@transaction.atomic
def set_workload(person: User, tasks_a_day: int | None, *, by: User) -> None:
    """From now on no more than so many tasks a day are assigned; None takes the cap away."""
    before = Workload.objects.filter(person=person).values_list("tasks_a_day", flat=True).first()
    if tasks_a_day is None:
        Workload.objects.filter(person=person).delete()
    else:
        changes = {"tasks_a_day": tasks_a_day, "changed_at": now(), "changed_by": by}
        Workload.objects.update_or_create(person=person, defaults=changes)
    record(
        by, "inspections.workload_set", person,
        before={"tasks_a_day": before}, after={"tasks_a_day": tasks_a_day},
    )  # fmt: skip

"""What comes with the program for complaints: causes, and the duty matrices of rule packs."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.audit.services import record
from lingzhi.cases.models import Cause, Duty
from lingzhi.cases.services.built_in import built_in
from lingzhi.core.errors import BadInput
from lingzhi.core.languages import in_language
from lingzhi.org.models import Unit


def complaint_data() -> dict[str, Any]:
    """The file itself: causes, duties by pack, laws."""
    found: dict[str, Any] = built_in("complaints.yaml")
    return found


def laws() -> list[str]:
    """Names of laws on the rights of consumers that a decision may refer to (R-CP-24)."""
    return list(complaint_data()["laws"])


def matrices() -> list[tuple[str, str]]:
    """The rule packs that bring a matrix, with its title."""
    return [(code, in_language(one["title"])) for code, one in complaint_data()["duties"].items()]


def lay_causes() -> int:
    """The causes that come with the program, as far as they are missing; how many."""
    known = set(Cause.objects.values_list("code", flat=True))
    rows = [row for row in complaint_data()["causes"] if row["code"] not in known]
    return len(Cause.objects.bulk_create(Cause(**row) for row in rows))


@transaction.atomic
def lay_duties(pack: str, *, by: User | None) -> int:
    """The matrix of a rule pack takes the place of the one there was; the number of its lines.

    What regulations in force say stays.
    """
    packs = complaint_data()["duties"]
    if pack not in packs:
        raise BadInput(_("No matrix comes with this pack."), field="pack")
    own = Duty.objects.filter(reference="").order_by()
    before = list(own.values_list("pack", flat=True).distinct())
    own.delete()
    made = Duty.objects.bulk_create(Duty(**row, pack=pack) for row in packs[pack]["rows"])
    record(by, "cases.duties_laid", made[0], before={"packs": before}, after={"pack": pack})
    return len(made)


@transaction.atomic
def set_duty(duty: Duty, *, unit: Unit | None, role: str, by: User) -> None:
    """Who has this duty here: the holders of a role in a unit. Raises BadInput for nobody.

    Of a line that a clause demands, the house says only which unit it is.
    """
    if role not in {"", *ROLES} or not (role or unit):
        raise BadInput(_("Choose a unit or a role."), field="role")
    if duty.reference and role != duty.role:
        raise BadInput(
            _("A clause in force demands this: change the regulation instead."), field="role"
        )
    before = {"unit": duty.unit_id, "role": duty.role}
    duty.unit, duty.role = unit, role
    duty.save(update_fields=["unit", "role"])
    after = {"unit": duty.unit_id, "role": role}
    record(by, "cases.duty_set", duty, before=before, after=after)

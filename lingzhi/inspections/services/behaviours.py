"""Changing the list of forbidden behaviours, and a deduction sheet made from it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Behaviour, SheetVersion
from lingzhi.inspections.queries.behaviours import behaviours, usual_behaviours
from lingzhi.inspections.services.sheets import create_sheet
from lingzhi_engine.sheet.fields import CODE

SHEET = "forbidden"


class RetiredBefore(DomainError):
    message = gettext_lazy("This entry is off the list already.")


class NothingListed(DomainError):
    message = gettext_lazy("Nothing stands on the list.")


@transaction.atomic
def adopt_behaviours(*, by: User | None) -> int:
    """Take over the list to begin with; codes that are there already stay as they are."""
    known = set(Behaviour.objects.values_list("code", flat=True))
    fresh = [
        Behaviour(**one, changed_at=now()) for one in usual_behaviours() if one["code"] not in known
    ]
    Behaviour.objects.bulk_create(fresh)
    if fresh:
        record(by, "inspections.behaviours_adopted", fresh[0], after={"entries": len(fresh)})
    return len(fresh)


@transaction.atomic
def save_behaviour(behaviour: Behaviour | None, *, by: User, **values: Any) -> Behaviour:
    """Add or change an entry. Raises BadInput for a code that is taken or cannot be one."""
    found = behaviour or Behaviour()
    code = values.get("code", found.code)
    if not CODE.fullmatch(code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if Behaviour.objects.filter(code=code).exclude(pk=found.pk or 0).exists():
        raise BadInput(_("Another entry has this code."), field="code")
    for name, value in values.items():
        setattr(found, name, value)
    found.changed_at = now()
    found.save()
    record(by, "inspections.behaviour_saved", found, after={"severity": found.severity})
    return found


@transaction.atomic
def retire_behaviour(behaviour: Behaviour, *, by: User) -> None:
    """Take an entry off the list; what was recorded under it stays."""
    if not behaviours().filter(pk=behaviour.pk).update(retired_at=now()):
        raise RetiredBefore()
    record(by, "inspections.behaviour_retired", behaviour)


def sheet_of_behaviours(*, by: User) -> SheetVersion:
    """A draft of a deduction sheet (减分搜查法): an item an entry, with its points, by group."""
    listed = list(behaviours())
    if not listed:
        raise NothingListed()
    sections: dict[str, list[dict[str, Any]]] = {}
    for one in listed:
        item = {"code": one.code, "title": one.title, "kind": "count", "points": -one.points}
        sections.setdefault(one.group or _("Items"), []).append({**item, "comment": "failed"})
    content = {
        "title": _("Forbidden behaviours"),
        "sections": [
            {"code": f"group_{at}", "title": group, "kind": "counted", "items": items}
            for at, (group, items) in enumerate(sections.items(), start=1)
        ],
    }
    return create_sheet(SHEET, content, by=by)

"""The matrix of approval authority (核决权限), line by line."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.audit.services import record
from lingzhi.cases.models import Authority
from lingzhi.cases.queries.authorities import USUAL
from lingzhi.cases.services.retiring import RetiredAlready, retired
from lingzhi.cases.services.words import demanded
from lingzhi.core.errors import BadInput

SAID = ("grade", "up_to", "roles")


@transaction.atomic
def keep_authority(line: Authority, *, reason: str, by: User) -> Authority:
    """Add a line, or change it, for remedies offered from now on.

    With the first line of the centre the usual ones beside it become lines as well: what nobody
    changed holds as before. Raises BadInput, RetiredAlready.
    """
    if any(role not in ROLES for role in line.roles):
        raise BadInput(_("This matter or role is not known."), field="roles")
    if line.up_to is not None and line.up_to < 0:
        raise BadInput(_("An amount is not below zero."), field="up_to")
    words = demanded(reason, 300, field="reason")
    rows = Authority.objects.filter(retired_at=None, reference="")
    before = rows.select_for_update().filter(pk=line.pk).first()
    if line.pk and before is None:
        raise RetiredAlready()
    if not rows.exists():
        for usual in _lay_usual(line):
            record(by, "cases.authority_set", usual, after=_said(usual), reason=words)
    if rows.filter(grade=line.grade, up_to=line.up_to).exclude(pk=line.pk).exists():
        raise BadInput(_("There is a line for this grade and amount: change that."), field="up_to")
    line.save(update_fields=SAID if before else None)
    record(
        by, "cases.authority_set", line, before=_said(before) if before else None,
        after=_said(line), reason=words,
    )  # fmt: skip
    return line


@transaction.atomic
def retire_authority(line: Authority, *, reason: str, by: User) -> None:
    """The line holds for no remedy offered from now on."""
    words = retired(line, reason)
    record(by, "cases.authority_retired", line, before=_said(line), reason=words)


def _lay_usual(beside: Authority) -> list[Authority]:
    """The lines that hold where nobody set any, but the one that `beside` takes the place of."""
    return Authority.objects.bulk_create(
        Authority(up_to=most, roles=roles)
        for most, roles in USUAL
        if (beside.grade, beside.up_to) != ("", most)
    )


def _said(line: Authority) -> dict[str, Any]:
    most = None if line.up_to is None else str(line.up_to)
    return {"grade": line.grade, "up_to": most, "roles": list(line.roles)}

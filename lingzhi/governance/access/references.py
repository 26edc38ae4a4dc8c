"""References are there for everybody who reads the rulebook; who plans audits keeps them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.access.audits import require
from lingzhi.governance.models import Contest, Reference, ReferenceUse
from lingzhi.governance.queries.people import AUDIT

READ = "rulebook.read"


def reference_to_read(user: User, pk: int) -> Reference:
    require(user, READ)
    found = Reference.objects.select_related("checked_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def reference_to_keep(user: User, pk: int) -> Reference:
    found = reference_to_read(user, pk)
    require(user, AUDIT)
    return found


def use_to_remove(user: User, pk: int) -> ReferenceUse:
    found = ReferenceUse.objects.select_related("reference").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, AUDIT)
    return found


def contest_to_answer(user: User, pk: int) -> Contest:
    rows = Contest.objects.select_related("reference", "contested_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, AUDIT)
    return found

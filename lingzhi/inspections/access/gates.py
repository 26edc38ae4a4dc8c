"""Gates: who sets them, who checks, who lets through what failed."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import DESIGN, READ, RECHECK, SCORE, require
from lingzhi.inspections.models import Gate, GateCheck
from lingzhi.inspections.queries.gates import checks_visible_to, gates_visible_to


def gate_to_read(user: User, pk: int) -> Gate:
    require(user, READ)
    found = gates_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def gate_to_check(user: User, pk: int) -> Gate:
    found = gate_to_read(user, pk)
    require(user, SCORE)
    return found


def gate_to_retire(user: User, pk: int) -> Gate:
    found = gate_to_read(user, pk)
    require(user, DESIGN)
    return found


def check_to_read(user: User, pk: int) -> GateCheck:
    require(user, READ)
    found = checks_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def check_to_let_through(user: User, pk: int) -> GateCheck:
    found = check_to_read(user, pk)
    require(user, RECHECK)
    return found

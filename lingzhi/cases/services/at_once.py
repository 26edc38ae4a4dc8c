"""The same done with several cases (批量处理): each by itself, and what failed says why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case
from lingzhi.core.errors import DomainError

NOT_YOURS = _("not yours to change")


@dataclass(frozen=True, slots=True)
class Undone:
    """A case with which it was not done, and why not."""

    number: str
    why: str | Promise


def do_at_once(
    pks: Iterable[int], find: Callable[[int], Case], act: Callable[[Case], object]
) -> tuple[int, list[Undone]]:
    """`act` on each case that `find` gives; how often it was done, and with which not.

    Each act is a transaction of its own: one that is refused leaves the others done.
    """
    done, undone = 0, []
    for pk in pks:
        try:
            case = find(pk)
        except (Http404, PermissionDenied):
            undone.append(Undone(_number(pk), NOT_YOURS))
            continue
        try:
            act(case)
        except DomainError as wrong:
            undone.append(Undone(case.number, wrong.sentence))
        else:
            done += 1
    return done, undone


def _number(pk: int) -> str:
    return f"#{pk}"

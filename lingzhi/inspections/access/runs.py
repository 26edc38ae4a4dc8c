"""Runs and back-tests are seen by who may start them."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import RUN, require
from lingzhi.inspections.models import BackTest, InspectionRun
from lingzhi.org.queries import reach


def run_to_watch(user: User, pk: int) -> InspectionRun:
    """A run with its progress."""
    require(user, RUN)
    rows = InspectionRun.objects.select_related("run", "snapshot", "started_by")
    run = rows.filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def back_tests_of(user: User) -> list[BackTest]:
    """The back-tests this person may look at: their own, and those within their reach."""
    require(user, RUN)
    rows = BackTest.objects.select_related("run", "started_by").defer("result", "pairs")
    within = reach(user, RUN).paths
    return [one for one in rows if one.started_by_id == user.pk or _covers(within, one.paths)]


def back_test_to_read(user: User, pk: int) -> BackTest:
    """A back-test with its figures of people; who reaches less than it covers does not see it."""
    require(user, RUN)
    test = BackTest.objects.select_related("run", "started_by").filter(pk=pk).first()
    if test is None:
        raise Http404
    if test.started_by_id != user.pk and not _covers(reach(user, RUN).paths, test.paths):
        raise Http404
    return test


def back_test_to_cancel(user: User, pk: int) -> BackTest:
    """A back-test this person may stop."""
    test = back_test_to_read(user, pk)
    if not may_cancel(user, test):
        raise PermissionDenied
    return test


def _covers(within: Iterable[str], paths: Iterable[str]) -> bool:
    held = tuple(within)
    return bool(held) and all(path.startswith(held) for path in paths)


def may_cancel(user: User, run: InspectionRun | BackTest) -> bool:
    """Who started a run may stop it; so may whoever looks after background work."""
    return run.started_by_id == user.pk or user.can("jobs.manage")


def run_to_cancel(user: User, pk: int) -> InspectionRun:
    """A run this person may stop."""
    run = run_to_watch(user, pk)
    if not may_cancel(user, run):
        raise PermissionDenied
    return run

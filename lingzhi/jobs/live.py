"""`/live/jobs/<run>`: the progress of a run as it happens."""

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from lingzhi.core.live import State, Tail
from lingzhi.jobs.access import run_to_read
from lingzhi.jobs.models import Run


def read_runs(keys: Collection[int]) -> dict[int, State]:
    """What the page shows of each run."""
    return {
        run.pk: {
            "state": run.state,
            "done": run.done,
            "total": run.total,
            "percent": run.percent,
            "counts": run.counts,
            "is_finished": run.is_finished,
        }
        for run in Run.objects.filter(pk__in=keys)
    }


tail = Tail(read_runs)


@require_GET
def stream(request: Any, pk: int) -> HttpResponseBase:
    run = run_to_read(request.user, pk)
    return tail.answer(run.pk, _still_allowed(request.session.session_key, pk))


def _still_allowed(session_key: str, pk: int) -> Callable[[], bool]:
    """Ask anew: the session may have been ended, the right taken."""
    store = import_module(settings.SESSION_ENGINE).SessionStore

    def allowed() -> bool:
        request: Any = HttpRequest()
        request.session = store(session_key)
        user = auth.get_user(request)
        try:
            return user.is_authenticated and bool(run_to_read(user, pk))
        except Http404:
            return False

    return allowed

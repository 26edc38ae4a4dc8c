from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Run
from tests.permissions.objects import Route, Whose


def run(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Run.objects.create(
        kind="accounts.prune_sessions",
        label="Look",
        started_by_id=whose.person.pk,
        queued_at=now(),
    )
    return {"pk": row.pk}


def given_up(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Job.objects.create(
        name="accounts.prune_sessions",
        queue="short",
        state=Job.State.DEAD,
        queued_at=now(),
        run_after=now(),
        finished_at=now(),
    )
    return {"pk": row.pk}


ROUTES = {
    "jobs:list": Route(),
    "jobs:run": Route(run),
    "jobs:progress": Route(run),
    "jobs:cancel": Route(run, method="post"),
    "jobs:given_up": Route(),
    "jobs:retry": Route(given_up, method="post"),
    "jobs:discard": Route(given_up, method="post"),
    "jobs:machinery": Route(),
    "live_run": Route(run),
}

"""Whether the program is up, and whether it can do its work: `/healthz` and `/readyz`."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

LEAST_FREE_BYTES = 500 * 1024 * 1024
LEAST_FREE_SHARE = 0.05

_applied = threading.Event()  # once seen, true as long as this process lives

State = Literal["ok", "degraded", "failed"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing the program needs. `degraded`: pages work, something else does not."""

    name: str
    state: State
    detail: str = ""


Probe = Callable[[], Condition]


@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else, so a full disk does not get it restarted."""
    return JsonResponse({"status": "up", "version": settings.VERSION})


@login_not_required
@require_GET
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 while pages cannot be served; 200 and `degraded` where only part of the work stands."""
    found = conditions()
    states = {condition.state for condition in found}
    status = "failed" if "failed" in states else "degraded" if "degraded" in states else "ready"
    body = {"status": status, "conditions": [asdict(condition) for condition in found]}
    return JsonResponse(body, status=503 if status == "failed" else 200)


def conditions() -> list[Condition]:
    """Database first: without it nothing behind it can be asked."""
    database = database_answers()
    if database.state == "failed":
        return [database, disk_has_room()]
    probes: list[Probe] = [import_string(path) for path in settings.READINESS]
    return [database, migrations_applied(), disk_has_room(), *(probe() for probe in probes)]


def database_answers() -> Condition:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Condition("database", "failed", type(error).__name__)
    return Condition("database", "ok")


def migrations_applied() -> Condition:
    """Whether the tables are those of this version."""
    if not _applied.is_set():
        waiting = pending_migrations()
        if waiting:
            return Condition("migrations", "failed", f"{waiting} not applied")
        _applied.set()
    return Condition("migrations", "ok")


def pending_migrations() -> int:
    """How many migrations of this version the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def disk_has_room() -> Condition:
    """Less than 5 % or 500 MB free: reading goes on, nothing new should be uploaded."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    is_low = usage.free < max(LEAST_FREE_BYTES, LEAST_FREE_SHARE * usage.total)
    detail = f"{usage.free // 1024 // 1024} MB free"
    return Condition("disk", "degraded" if is_low else "ok", detail)

"""What `/readyz` says about background work."""

from lingzhi.core.health import Condition
from lingzhi.jobs.models import Worker
from lingzhi.jobs.queries import has_heartbeat

# Live inspection is missed only where somebody looks at the floor, which says so itself.
NEEDED = (Worker.Kind.WORKER, Worker.Kind.SCHEDULER)


def workers() -> Condition:
    """A worker and a scheduler gave a sign of life within the last minute."""
    silent = [kind.value for kind in NEEDED if not has_heartbeat(kind)]
    if silent:
        return Condition("workers", "degraded", f"no heartbeat: {', '.join(silent)}")
    return Condition("workers", "ok")

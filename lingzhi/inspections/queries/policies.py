"""The settings of human inspection that hold for a unit."""

from lingzhi.inspections.models import Policy
from lingzhi.org.models import Unit


def policy_of(unit: Unit | None) -> Policy:
    """The settings of the nearest unit above (or this one) that has any, else the defaults.

    The defaults come as a row that is not stored.
    """
    if unit is not None:
        rows = Policy.objects.filter(unit__path__in=_paths(unit.path))
        nearest = max(rows.select_related("unit"), key=lambda one: len(one.unit.path), default=None)
        if nearest is not None:
            return nearest
    return Policy()


def _paths(path: str) -> list[str]:
    """The path itself and those of every unit above it."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]

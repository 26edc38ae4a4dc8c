"""Two kinds of measure for one thing: three seconds against three rings (V-01).

Neither is an alias of the other (V-13). How long a ring lasts is nowhere measured: the adopter may
assume it, and sees the arithmetic.
"""

from django.utils.translation import gettext as _

from lingzhi.core.units import comparable, say_figure
from lingzhi.rulebook.conflicts.content import Conflict, Side

SECONDS, RINGS = "seconds", "rings"
_TIMES = {SECONDS, "months", "working_hours", "working_days"}
LONGEST_RING = 60  # seconds; a longer one is a slip of the keyboard


def measure_of(unit: str) -> str:
    """What a unit measures: time for every unit of time, else itself."""
    base = comparable(1, unit)[1]
    return "time" if base in _TIMES else base


def are_other_measures(one: str, other: str) -> bool:
    """Whether two units measure different things."""
    return bool(one and other) and measure_of(one) != measure_of(other)


def _in_base(side: Side) -> tuple[float, str]:
    return comparable(side.value, side.unit)


def has_rings(conflict: Conflict) -> bool:
    """Whether seconds stand against rings."""
    is_other = conflict.kind == "measures"
    return is_other and {_in_base(side)[1] for side in conflict.sides} == {SECONDS, RINGS}


def arithmetic(conflict: Conflict) -> str:
    """Both sides in seconds, as the adopter assumes the length of a ring; "" without that."""
    ring = conflict.ring_seconds
    if ring is None or not has_rings(conflict):
        return ""
    amounts = {unit: value for value, unit in map(_in_base, conflict.sides)}
    product, seconds = amounts[RINGS] * ring, amounts[SECONDS]
    return _compared(product, seconds) % {
        "ring": say_figure(ring, SECONDS),
        "rings": say_figure(amounts[RINGS], RINGS),
        "product": say_figure(product, SECONDS),
        "seconds": say_figure(seconds, SECONDS),
    }


def _compared(product: float, seconds: float) -> str:
    if product > seconds:
        return _(
            "Assuming %(ring)s a ring: %(rings)s × %(ring)s = %(product)s, longer than %(seconds)s."
        )
    if product < seconds:
        return _(
            "Assuming %(ring)s a ring: %(rings)s × %(ring)s = %(product)s, shorter than "
            "%(seconds)s."
        )
    return _("Assuming %(ring)s a ring: %(rings)s × %(ring)s = %(product)s, just as long.")

"""What regulations are called where several stand beside each other."""

from collections import Counter
from collections.abc import Iterable

from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version


def told_apart(versions: Iterable[Version], *, home: Unit | None = None) -> dict[int, str]:
    """`{regulation id: title}`, with as much of its unit and pack as no other one shares.

    A title that several have gets the name of its unit, then the code of its pack, then that of
    the unit. What does not belong to `home` always gets its unit.
    """
    several = {one.regulation_id: one for one in versions}
    ways = {pk: _ways(one) for pk, one in several.items()}
    used = [Counter(names) for names in zip(*ways.values(), strict=True)]
    return {
        pk: next(
            name
            for step, name in enumerate(names)
            if used[step][name] == 1 and (step > 0 or _is_at_home(several[pk], home))
        )
        for pk, names in ways.items()
    }


def _is_at_home(version: Version, home: Unit | None) -> bool:
    return home is None or version.regulation.unit_id == home.pk


def _ways(version: Version) -> tuple[str, ...]:
    """From the shortest to the one that only this regulation can have."""
    title, unit, pack = version.title, version.regulation.unit, version.regulation.pack.upper()
    return (
        title,
        f"{title} · {unit.name}",
        f"{title} · {unit.name} · {pack}",
        f"{title} · {unit.name} · {pack} · {unit.code}",
    )

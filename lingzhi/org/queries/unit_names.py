"""Units as people write them in files."""

from lingzhi.org.models import Unit
from lingzhi.org.people_words import clean_path
from lingzhi.org.queries.units import open_units


class UnitsByName:
    """Open units by code, by name where it is unique, and by path: `热线中心/一组`."""

    def __init__(self) -> None:
        units = list(open_units())
        names = {unit.pk: unit.name for unit in units}
        self._found: dict[str, list[Unit]] = {}
        for unit in units:
            parts = [names[pk] for pk in [*unit.above, unit.pk] if pk in names]
            keys = {unit.code, *("/".join(parts[start:]) for start in range(len(parts)))}
            for key in keys:
                self._found.setdefault(key, []).append(unit)

    def find(self, team: str) -> Unit | None:
        """The one unit meant; None when there is none, or more than one."""
        found = self._found.get(clean_path(team), [])
        return found[0] if len(found) == 1 else None

    def count(self, team: str) -> int:
        """How many units are called so."""
        return len(self._found.get(clean_path(team), []))

    def missing_paths(self, team: str) -> list[str]:
        """The units that would have to be made, from above: `A/B` before `A/B/C`."""
        parts = clean_path(team).split("/")
        paths = ["/".join(parts[: end + 1]) for end in range(len(parts))]
        return [path for path in paths if self.find(path) is None]

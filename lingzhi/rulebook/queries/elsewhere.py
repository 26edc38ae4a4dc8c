"""What other regulations demand where a version is to hold: from above, and of units below."""

from lingzhi.core.clock import today
from lingzhi.core.controls import Binding
from lingzhi.rulebook.conflicts import Elsewhere
from lingzhi.rulebook.models import Control, Version
from lingzhi.rulebook.queries.controls import controls_in_force
from lingzhi.rulebook.queries.titles import told_apart
from lingzhi.rulebook.queries.versions import held_in


def controls_elsewhere(version: Version) -> list[Elsewhere]:
    """Controls of other packs that hold, on a version's first day, for its unit or units below.

    A regulation of the same pack above gives way to it, and it gives way to one of the same pack
    below: there what else holds is not its matter.
    """
    around = {one.control_id: one for one in _bindings_around(version)}  # once for several units
    rows = Control.objects.filter(pk__in=around).values_list("pk", "clause__version")
    of_control = dict(rows)
    versions = Version.objects.select_related("regulation__unit").in_bulk(of_control.values())
    titles = told_apart([*versions.values(), version], home=version.regulation.unit)
    return [
        Elsewhere(
            regulation_id=other.regulation_id,
            title=titles[other.regulation_id],
            binding=binding,
            plain_titles=_plain_titles(other),
        )
        for binding in around.values()
        for other in [versions[of_control[binding.control_id]]]
    ]


def _plain_titles(version: Version) -> tuple[str, ...]:
    return (*dict(version.body.get("title") or {}).values(), version.regulation.pack)


def _bindings_around(version: Version) -> list[Binding]:
    pack, path = version.regulation.pack, version.regulation.unit.path
    day = version.effective_on or today()
    overridden = tuple(_paths_with_their_own(version))
    return [
        one
        for one in controls_in_force(day, day)
        if one.reference.split(" ")[0] != pack
        and (one.holds_for(path) or _is_below(one.unit_path, path, overridden))
    ]


def _is_below(path: str, top: str, overridden: tuple[str, ...]) -> bool:
    return path.startswith(top) and path != top and not path.startswith(overridden)


def _paths_with_their_own(version: Version) -> list[str]:
    """Units below with a regulation of the same pack, which takes this one's place there."""
    day, own = version.effective_on or today(), version.regulation
    rows = Version.objects.filter(held_in(day, day), pilot_until=None, regulation__pack=own.pack)
    rows = rows.filter(regulation__unit__path__startswith=own.unit.path)
    return list(rows.exclude(regulation=own).values_list("regulation__unit__path", flat=True))

"""Cases, complaints and time limits of a unit as tables (服务数据统计)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.languages import in_language
from lingzhi.core.templatetags.figures import share

Facts = Mapping[str, Any]
Cell = str | int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table under its heading; numbers stay numbers, for the workbook."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    part: str = ""  # of its section, as templates name it

    @property
    def words(self) -> list[list[str]]:
        return [[str(cell) for cell in row] for row in self.rows]


def tables_of_service(found: Facts) -> Iterator[ShownTable]:
    """What was counted, the shares, and where most of it lies; empty tables are left out."""
    before = _("Period before")
    counts = [[_counts()[one["code"]], one["n"], one["before"]] for one in found["counts"]]
    yield ShownTable(
        _("Cases and complaints"), [_("What is counted"), _("How many"), before], counts, "counts"
    )
    head = [_("Share"), _("How many"), _("Of"), _("Share (95 % interval)"), before]
    yield ShownTable(
        _("In time, and what customers say to it"), head, [*map(_share, found["shares"])],
        "shares",
    )  # fmt: skip
    for title, name in ((_("Cases by type"), "types"), (_("Complaints by cause"), "causes")):
        if found[name]:
            rows = [[in_language(one["title"]), one["n"]] for one in found[name]]
            yield ShownTable(title, [title, _("How many")], rows, name)


def _share(one: Facts) -> list[Cell]:
    before = one["before_hits"], one["before_n"]
    name = {
        "late": _("Time limits missed"),
        "objects": _("Customers who object to the result"),
        "upheld": _("Complaints upheld, of those decided"),
        "dissatisfied": _("Complainants dissatisfied with the handling"),
    }[one["code"]]
    return [name, one["hits"], one["n"], _with_limits(one), _plain(*before)]


def _with_limits(one: Facts) -> str:
    if not one["n"]:
        return "–"
    said = f"{share(one['hits'] / one['n'])} [{share(one['low'])}–{share(one['high'])}]"
    return said if one["enough"] else f"{said}; {_('too few to say')}"


def _plain(hits: int, n: int) -> str:
    return f"{share(hits / n)} ({hits} / {n})" if n else "–"


def _counts() -> dict[str, str]:
    return {
        "registered": _("Cases registered"),
        "solved": _("Cases solved"),
        "open": _("Cases open at the end"),
        "complaints": _("Complaints registered"),
    }


def lines_of_service(found: Facts) -> list[str]:
    """The first sentences: how many, against before, and what came late."""
    counts = {one["code"]: one for one in found["counts"]}
    lines = [
        _("Cases registered: %(n)s, in the period before %(before)s; open at the end: %(open)s.")
        % {"n": counts["registered"]["n"], "before": counts["registered"]["before"],
           "open": counts["open"]["n"]}
    ]  # fmt: skip
    late = next(one for one in found["shares"] if one["code"] == "late")
    if late["n"]:
        words = _("Time limits missed: %(hits)s of %(n)s (%(share)s).")
        lines.append(words % {"hits": late["hits"], "n": late["n"],
                              "share": _with_limits(late)})  # fmt: skip
    return lines


def lines_of_points(found: Facts) -> list[str]:
    """How many points were found, and what customers complain about most."""
    lines = []
    if "points" in found:
        n = len(found["points"])
        lines.append(_("Points found by rule: %(n)s.") % {"n": n})
    returned = found.get("returned")
    if returned:
        first = max(returned, key=lambda one: one["n"])
        lines.append(
            _("Matters customers brought up: %(n)s, the most frequent %(most)s times.")
            % {"n": len(returned), "most": first["n"]}
        )
    elif returned is not None:
        lines.append(
            _("In these days no customer brought up anything that concerns the department.")
        )
    return lines

"""What each route of the URL conf is tried on. Adding a route takes one line:

    "contacts:detail": Route(lambda cast, whose: {"pk": make_contact(agent=whose.person).pk}),
    "contacts:export": Route(),                    # no object in the address
    "cases:close": Route(a_case, method="post"),   # an act: tried with an empty body

Put it into the file of your app (`of_<app>.py`, a dict ROUTES), name the app in APPS, then run

    UPDATE_PERMISSIONS=1 pytest tests/permissions

and read the difference in `table.json` as a reviewer would: who may do what to whose objects.

`whose` says for whom to make the object: `person` and the `unit` that person works in. Routes with
the same `make` are tried on one object; whatever a request did is rolled back before the next.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.org.models import Unit


@dataclass(frozen=True, slots=True)
class Whose:
    """The owner of the object that a route is tried on."""

    person: User
    unit: Unit

    def key(self, matters: Collection[str]) -> tuple[int, ...]:
        """What tells this owner from others where only `matters` is asked of one."""
        return tuple(getattr(self, name).pk for name in sorted(matters))


class Asked:
    """An owner who notes what is asked of it."""

    def __init__(self, whose: Whose) -> None:
        self._whose = whose
        self.for_what: set[str] = set()

    @property
    def person(self) -> User:
        self.for_what.add("person")
        return self._whose.person

    @property
    def unit(self) -> Unit:
        self.for_what.add("unit")
        return self._whose.unit


APPS = (
    "core",
    "api",
    "audit",
    "jobs",
    "accounts",
    "notifications",
    "org",
    "org_culture",
    "privacy",
    "approvals",
    "contacts",
    "mail",
    "chats",
    "lines",
    "contacts_phone",
    "cases",
    "cases_desk",
    "cases_follow_ups",
    "cases_forum",
    "cases_receptions",
    "cases_clocks",
    "cases_afterwards",
    "cases_dispatch",
    "cases_visits",
    "cases_complaints",
    "cases_dictionaries",
    "cases_fields",
    "cases_replies",
    "cases_recognition",
    "cases_steering",
    "cases_summaries",
    "cases_feedback",
    "customers",
    "surveys",
    "imports",
    "inspections",
    "inspections_tasks",
    "inspections_life",
    "inspections_appeals",
    "inspections_archive",
    "inspections_plans",
    "inspections_gaming",
    "inspections_watches",
    "inspections_alerts",
    "inspections_library",
    "inspections_calibrations",
    "inspections_trust",
    "surveys_results",
    "surveys_internal",
    "surveys_opinions",
    "surveys_insights",
    "governance_goals",
    "governance_plans",
    "directory",
    "documents",
    "improvement",
    "meetings",
    "audits",
    "reviews",
    "references",
    "kpis",
    "rulebook",
    "reports",
    "conformity",
    "knowledge",
    "portal",
)

Make = Callable[[Cast, Whose], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Route:
    """How to try a route: `make` gives the arguments of its address, `missing` such that name
    nothing. An act has method post; `data` is its body where an empty one is not enough."""

    make: Make | None = None
    method: str = "get"
    missing: dict[str, Any] = field(default_factory=lambda: {"pk": 999_999_999})
    data: dict[str, Any] = field(default_factory=dict)


def routes() -> dict[str, Route]:
    """Every known route by its name in the URL conf."""
    found: dict[str, Route] = {}
    for name in APPS:
        found |= import_module(f"tests.permissions.of_{name}").ROUTES
    return found

"""Reads of the organisation."""

from lingzhi.org.queries.calendars import (
    business_calendar,
    calendar_of,
    may_change_calendar,
    may_create_calendar,
)
from lingzhi.org.queries.duties import (
    absent_ratios,
    at_work_now,
    in_charge_of,
    is_on_duty,
    responsible_now,
)
from lingzhi.org.queries.lines import (
    current_lines,
    heads_above,
    may_appraise,
    may_supervise,
    superior_of,
    supervises,
)
from lingzhi.org.queries.people import (
    held_roles_overlapping,
    people_in,
    people_visible_to,
    person_by_identity,
    team_of,
    teams_on,
)
from lingzhi.org.queries.scope import (
    Reach,
    assignments_on,
    centre_name,
    in_force,
    reach,
    reaches,
    roles_of,
)
from lingzhi.org.queries.units import (
    open_units,
    paths_to,
    step_of,
    unit_tree,
    units_visible_to,
)

__all__ = [
    "Reach",
    "absent_ratios",
    "assignments_on",
    "at_work_now",
    "business_calendar",
    "calendar_of",
    "centre_name",
    "current_lines",
    "heads_above",
    "held_roles_overlapping",
    "in_charge_of",
    "in_force",
    "is_on_duty",
    "may_appraise",
    "may_change_calendar",
    "may_create_calendar",
    "may_supervise",
    "open_units",
    "paths_to",
    "people_in",
    "people_visible_to",
    "person_by_identity",
    "reach",
    "reaches",
    "responsible_now",
    "roles_of",
    "step_of",
    "superior_of",
    "supervises",
    "team_of",
    "teams_on",
    "unit_tree",
    "units_visible_to",
]

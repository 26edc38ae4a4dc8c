"""Writing reports, the facts behind analyses, and the analyses that somebody keeps."""

from lingzhi.reports.services.facts import write_stale_facts
from lingzhi.reports.services.pivots import keep_pivot, remove_pivot
from lingzhi.reports.services.reports import (
    TITLES,
    AlreadyConfirmed,
    AlreadyHandedIn,
    AlreadyPlanned,
    PlanHasEnded,
    bind_plan,
    change_plan,
    confirm_work_report,
    end_plan,
    plan_report,
    read_report,
    submit_work_report,
    write_due_reports,
    write_report,
)

__all__ = [
    "TITLES",
    "AlreadyConfirmed",
    "AlreadyHandedIn",
    "AlreadyPlanned",
    "PlanHasEnded",
    "bind_plan",
    "change_plan",
    "confirm_work_report",
    "end_plan",
    "keep_pivot",
    "plan_report",
    "read_report",
    "remove_pivot",
    "submit_work_report",
    "write_due_reports",
    "write_report",
    "write_stale_facts",
]

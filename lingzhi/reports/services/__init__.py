"""Writing reports, the facts behind analyses, and the analyses that somebody keeps."""

from lingzhi.reports.services.deciding import DecidedAlready, decide_point
from lingzhi.reports.services.facts import write_stale_facts
from lingzhi.reports.services.handing_in import hand_in, publish_approved, take_back
from lingzhi.reports.services.pivots import keep_pivot, remove_pivot
from lingzhi.reports.services.publishing import NotInThisState, publish
from lingzhi.reports.services.reports import (
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
from lingzhi.reports.services.unread import tell_unread

__all__ = [
    "AlreadyConfirmed",
    "AlreadyHandedIn",
    "AlreadyPlanned",
    "DecidedAlready",
    "NotInThisState",
    "PlanHasEnded",
    "bind_plan",
    "change_plan",
    "confirm_work_report",
    "decide_point",
    "end_plan",
    "hand_in",
    "keep_pivot",
    "plan_report",
    "publish",
    "publish_approved",
    "read_report",
    "remove_pivot",
    "submit_work_report",
    "take_back",
    "tell_unread",
    "write_due_reports",
    "write_report",
    "write_stale_facts",
]

"""Cases in the background."""

from lingzhi.cases.models import FollowUpRule
from lingzhi.cases.services.opening_follow_ups import give_waiting, open_follow_ups
from lingzhi.cases.services.planning_follow_ups import plan_follow_ups as plan
from lingzhi.cases.services.watching import watch_clocks as watch


def watch_clocks() -> None:
    """Warn of time limits that run out, and judge those that ran over."""
    watch()


def plan_follow_ups() -> None:
    """Plan follow-ups of what was solved, closed or said, and open those that fall due."""
    plan()
    open_follow_ups()
    give_waiting()


def plan_by_age() -> None:
    """Plan the follow-ups that come by the age of projects, and regularly."""
    plan((FollowUpRule.Trigger.DELIVERY, FollowUpRule.Trigger.REGULAR))

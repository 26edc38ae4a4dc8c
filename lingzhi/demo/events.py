"""Trainings of the demo centre, each some weeks ago, to be held against the indicators."""

from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units
from lingzhi.reports.models import Event
from lingzhi.reports.services.events import enter_event

MANAGER = "7002"
TRAININGS = (  # title, days ago, note
    ("倾听与复述专项培训", 35, "两期，每期半天，全组参加"),
    ("新资费政策培训", 17, "线上课程加测验"),
    ("情绪管理工作坊", 6, ""),
)


def seed_events() -> None:
    """One training each of the first teams."""
    if Event.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    teams = open_units().filter(kind=Unit.Kind.TEAM, line=Unit.Line.SERVICE).order_by("code")
    for unit, (title, ago, note) in zip(teams, TRAININGS, strict=False):
        day = today() - timedelta(days=ago)
        enter_event(Event.Kind.TRAINING, title, unit, day, note=note, by=manager)

"""K30: improvements, trainings and upgrades that plans named, carried out in time or not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.core.clock import midnight, today
from lingzhi.core.measures import Cell, Place, measures
from lingzhi.governance.factories import make_plan
from lingzhi.governance.models import PlanTask, ServicePlan
from lingzhi.governance.services import plans as services
from lingzhi.kpis.dictionary import indicators

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
THREE = {"about": ["improvement", "training", "upgrade"]}


def counted(params=None) -> list[Cell]:
    first, last = today() - 30 * DAY, today() + 30 * DAY
    cells = measures()["governance.planned_done"].cells(params or THREE, first, last)
    return sorted(cells, key=lambda cell: cell.day)


def running(unit, owner) -> ServicePlan:
    plan = make_plan(unit, owner)
    plan.tasks.all().delete()
    ServicePlan.objects.filter(pk=plan.pk).update(
        state="running", approved_at=plan.kept_at, from_on=today() - 60 * DAY,
        to_on=today() + 60 * DAY,
    )  # fmt: skip
    plan.refresh_from_db()
    return plan


def task(plan, about: str, due: int, done: int | None = None, **more) -> PlanTask:
    """One that is due in `due` days and was done in `done` days, at noon."""
    at = midnight(today() + done * DAY) + DAY / 2 if done is not None else None
    return PlanTask.objects.create(
        plan=plan, owner=more.pop("owner"), title=about, about=about, due_on=today() + due * DAY,
        done_at=at, percent=100 if at else 0, **more,
    )  # fmt: skip


def test_what_was_due_is_kept_late_or_still_open(cast):
    plan = running(cast.hotline, cast.ada)
    task(plan, "improvement", -5, done=-5, owner=cast.ada)  # on its last day, at noon
    task(plan, "training", -4, done=-3, owner=cast.ada)  # a day late
    task(plan, "upgrade", -3, owner=cast.ada)  # not done
    task(plan, "upgrade", 0, owner=cast.ada)  # its day is not over: not known
    task(plan, "training", 9, done=-1, owner=cast.ada)  # early, counted when its day comes
    task(plan, "other", -2, owner=cast.ada)  # no matter of continuity
    found = [(cell.numerator, cell.denominator, cell.unknown) for cell in counted()]
    assert found == [(1, 1, 0), (0, 1, 0), (0, 1, 0), (0, 0, 1)]
    assert {cell.unit_id for cell in counted()} == {cast.hotline.pk}
    assert len(counted({"about": ["training"]})) == 1
    assert len(counted({"about": []})) == 5
    ServicePlan.objects.filter(pk=plan.pk).update(state="draft")
    assert counted() == []  # only plans in force promise anything


def test_what_a_unit_took_over_is_counted_once_and_there(cast, as_):
    plan = running(cast.hotline, cast.quan)
    source = task(plan, "training", -2, owner=cast.quan)
    own = running(cast.first, cast.ada)
    task(own, "training", -2, done=-2, owner=cast.ada, source=source)
    assert [(cell.unit_id, cell.numerator) for cell in counted()] == [(cast.first.pk, 1)]
    rows = measures()["governance.planned_done"].rows
    span = (today() - 9 * DAY, today())
    assert [row.url for row in rows(THREE, Place(cast.first.path), *span)] == [
        reverse("governance:plan", args=[own.pk])
    ]
    assert rows(THREE, Place(cast.second.path), *span) == []
    page = as_(cast.ada).get(reverse("governance:plan", args=[own.pk]))
    assert "培训" in page.content.decode()


def test_the_kind_of_work_is_chosen_taken_over_and_signed(cast):
    plan = running(cast.hotline, cast.quan)
    source = task(plan, "upgrade", 9, owner=cast.quan)
    own = services.derive_plan(
        plan, cast.first, owner=cast.ada, tasks=[source], goals=[], by=cast.quan
    )
    assert own.tasks.get().about == "upgrade"
    before = services.content_of(own)
    own.tasks.update(about="other")
    assert services.content_of(own) != before


def test_each_part_of_continuity_is_a_way_of_counting():
    ways = indicators()["K30"].variants
    assert ways["together"].params == THREE
    parts = [ways[code].params["about"] for code in THREE["about"]]
    assert parts == [["improvement"], ["training"], ["upgrade"]]

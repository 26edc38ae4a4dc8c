from datetime import date
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.kpis.services import ensure_definition
from lingzhi.reports.layouts import a_section
from lingzhi.reports.models import (
    Event,
    Layout,
    Pivot,
    Plan,
    Practice,
    Report,
    WeakStep,
    WorkReport,
)
from tests.permissions.objects import Route, Whose

DAY = date(2026, 10, 1)
FACTS: dict[str, Any] = {
    "unit": "",
    "first": "2026-10-01",
    "last": "2026-10-01",
    "before": ["2026-09-30", "2026-09-30"],
    "volume": {"contacts": 0, "before": 0, "inspected": 0, "by_channel": []},
    "sections": {},
}
POINT = {
    "key": "item:?",
    "kind": "item",
    "title": "?",
    "hits": 1,
    "judged": 2,
    "low": 0.1,
    "high": 0.9,
}
WORK = {"contacts": 0, "by_channel": [], "by_outcome": [], "seconds": 0, "unknown": 0}


def a_plan(cast: Cast, whose: Whose) -> Plan:
    return Plan.objects.create(
        unit=whose.unit, cadence="daily", from_on=DAY, created_at=now(), created_by=cast.quan
    )


def plan(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_plan(cast, whose).pk}


def report(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = Report.objects.create(
        plan=a_plan(cast, whose), first_on=DAY, last_on=DAY, edition=1, facts=FACTS, digest="",
        published_at=now(),
    )  # fmt: skip
    return {"pk": made.pk}


def kept(kind: str, **more: Any) -> Any:
    """A report of a kind, with what such a one has."""

    place = {"at": 1} if kind == "review" else {}

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        plan = a_plan(cast, whose)
        Plan.objects.filter(pk=plan.pk).update(kind=kind)
        facts = FACTS | {"sections": {"points": [POINT]}}
        given = {"edition": 1, "facts": facts, "digest": "", "published_at": now()} | more
        made = Report.objects.create(plan=plan, first_on=DAY, last_on=DAY, **given)
        return {"pk": made.pk, **place}

    return make


def work_report(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = WorkReport.objects.create(
        person=whose.person, unit=whose.unit, day=DAY, facts=WORK, submitted_at=now()
    )
    return {"pk": made.pk}


def source(_cast: Cast, _whose: Whose) -> dict[str, Any]:
    return {"source": "rule"}


def pivot(cast: Cast, whose: Whose) -> dict[str, Any]:
    """An analysis that its owner shares with everybody."""
    made = Pivot.objects.create(
        name="?", asked="", is_shared=True, kept_at=now(), kept_by=whose.person
    )
    return {"pk": made.pk}


def unit_and_indicator(_cast: Cast, whose: Whose) -> dict[str, Any]:
    ensure_definition("K03", "rings", {}, by=None)
    return {"pk": whose.unit.pk, "code": "K03"}


def event(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = Event.objects.create(
        title="?", unit=whose.unit, day=DAY, entered_at=now(), entered_by=cast.quan
    )
    return {"pk": made.pk}


def weak_step(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = WeakStep.objects.create(
        step="connected", unit=whose.unit, first=DAY, last=DAY, entered=9, went_on=3, words="?",
        taken_at=now(), taken_by=cast.quan,
    )  # fmt: skip
    return {"pk": made.pk}


def practice(cast: Cast, whose: Whose) -> dict[str, Any]:
    """What a unit shares with everybody who reads reports."""
    made = Practice.objects.create(
        unit=whose.unit, definition=ensure_definition("K03", "rings", {}, by=None), title="?",
        words="?", shared_at=now(), shared_by=cast.quan,
    )  # fmt: skip
    return {"pk": made.pk}


def layout(*, by_key: bool = True) -> Any:
    """A template of quality reports."""

    def make(cast: Cast, _whose: Whose) -> dict[str, Any]:
        content = {"sections": [a_section("figures")]}
        made, _new = Layout.objects.get_or_create(
            kind="quality", number=1,
            defaults={"content": content, "made_at": now(), "made_by": cast.quan},
        )  # fmt: skip
        Plan.objects.get_or_create(
            unit=cast.hotline, kind="quality", cadence="yearly", to_on=None,
            defaults={"from_on": DAY, "created_at": now(), "created_by": cast.quan},
        )  # fmt: skip
        return {"pk": made.pk} if by_key else {"kind": "quality"}

    return make


KIND = {"kind": "dreams"}
ROUTES = {
    "reports:pivot": Route(),
    "reports:export_pivot": Route(),
    "reports:keep_pivot": Route(),
    "reports:remove_pivot": Route(pivot, method="post"),
    "reports:list": Route(),
    "reports:detail": Route(report),
    "reports:pdf": Route(report),
    "reports:word": Route(report),
    "reports:workbook": Route(report),
    "reports:slides": Route(report),
    "reports:rebuild": Route(report, method="post"),
    "reports:hand_in": Route(
        kept("summary", state="draft", published_at=None), method="post", data={"words": "?"}
    ),
    "reports:take_back": Route(kept("service", state="asked", published_at=None), method="post"),
    "reports:decide": Route(kept("review"), missing={"pk": 999_999_999, "at": 1}),
    "reports:calendar": Route(),
    "reports:plans": Route(),
    "reports:new_plan": Route(),
    "reports:change_plan": Route(plan),
    "reports:end_plan": Route(plan, method="post"),
    "reports:templates": Route(),
    "reports:template": Route(layout(by_key=False), missing=KIND),
    "reports:begin_template": Route(layout(by_key=False), method="post", missing=KIND),
    "reports:edit_template": Route(layout(by_key=False), missing=KIND),
    "reports:reset_template": Route(layout(by_key=False), method="post", missing=KIND),
    "reports:template_version": Route(layout()),
    "reports:preview_template": Route(layout()),
    "reports:preview_template_pdf": Route(layout(), data={}),
    "reports:put_template_in_force": Route(layout(), method="post"),
    "reports:drop_template": Route(layout(), method="post"),
    "reports:voice": Route(),
    "reports:voice_export": Route(),
    "reports:voice_terms": Route(source, missing={"source": "dreams"}),
    "reports:lay_voice_terms": Route(method="post"),
    "reports:complaints": Route(),
    "reports:complaints_word": Route(),
    "reports:complaints_behind": Route(),
    "reports:demand": Route(),
    "reports:weak_steps": Route(),
    "reports:export_weak_steps": Route(),
    "reports:lost_at_step": Route(),
    "reports:take_up_weak_step": Route(method="post"),
    "reports:weak_step": Route(weak_step),
    "reports:effects": Route(),
    "reports:new_event": Route(),
    "reports:remove_event": Route(event, method="post"),
    "reports:units": Route(),
    "reports:share_practice": Route(unit_and_indicator, missing={"pk": 0, "code": "K03"}),
    "reports:withdraw_practice": Route(practice, method="post"),
    "reports:work": Route(),
    "reports:new_work": Route(),
    "reports:work_report": Route(work_report),
    "reports:confirm_work": Route(work_report, method="post"),
}

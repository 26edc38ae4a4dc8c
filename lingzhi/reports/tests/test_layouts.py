"""Templates of reports: drafted, tried, in force; a report keeps the one it was made with."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.queries import published
from lingzhi.core.errors import BadInput
from lingzhi.inspections.services import inspect_all
from lingzhi.kpis.dictionary import indicators
from lingzhi.reports.layouts import (
    NAMED,
    a_section,
    check,
    facts_for,
    sections_for,
    shipped,
    wanted,
)
from lingzhi.reports.models import Layout, Plan, Report
from lingzhi.reports.presenting.layouts import before_of, differences
from lingzhi.reports.presenting.named import SAID, SECTION_SAID, filled
from lingzhi.reports.presenting.whole import shown_report
from lingzhi.reports.queries.layouts import layout_in_force
from lingzhi.reports.services import write_due_reports
from lingzhi.reports.services.layouts import (
    ChangedMeanwhile,
    DraftIsThere,
    begin_layout,
    keep_layout,
    put_layout_in_force,
    reset_layout,
)
from lingzhi.reports.tests.conftest import BAD

ENGLISH = {"Accept-Language": "en"}
FILES = ("pdf", "word", "workbook", "slides")


def own(*sections, **more):
    """Sections with what they say, in this order."""
    return {"sections": [a_section(name) | more.get(name, {}) for name in sections]}


SAYS = {"problems": {"title": "重点问题", "text": "{contacts} 通对话，首要问题：{first_problem}。"}}
FIRST = own("problems", "text", "figures", **SAYS, text={"text": "质检部说明：{K03}"})


def in_force(content, by, kind="quality"):
    draft = begin_layout(kind, by=by)
    keep_layout(draft, content, seen=0, by=by)
    draft.refresh_from_db()
    put_layout_in_force(draft, seen=1, reason="试用", by=by)
    return Layout.objects.get(pk=draft.pk)


def files_of(client, report):
    urls = [reverse(f"reports:{name}", args=[report.pk]) for name in FILES]
    return [client.get(url).content for url in urls]


def test_a_report_keeps_its_version_and_is_rebuilt_byte_for_byte(
    as_, cast, plan, run_jobs, time_machine
):
    content = own("problems", "trend", **SAYS)
    first = in_force(content, cast.quan)
    run_jobs()
    old = Report.objects.get()
    assert old.layout == first
    assert old.facts["sections"].keys() == {"problems", "trend"}
    client = as_(cast.quan)
    before = files_of(client, old)
    text = "\n".join(one.text for one in Document(io.BytesIO(before[1])).paragraphs)
    assert "重点问题" in text
    assert "40 通对话，首要问题：推诿用语。" in text
    second = in_force(own("figures", "directions"), cast.quan)
    assert files_of(client, old) == before
    client.post(reverse("reports:rebuild", args=[old.pk]))
    assert Report.objects.count() == 1  # the same data and the same template: the same report
    late = make_contact("late", started_at="2026-11-21 11:00:00", answered_at=None, ended_at=None,
        agent=cast.bo.staff_no, turns=BAD)  # fmt: skip
    assert late
    inspect_all(published())
    client.post(reverse("reports:rebuild", args=[old.pk]))
    assert [one.layout for one in Report.objects.order_by("edition")] == [first, first]
    time_machine.move_to("2026-11-23T03:00:00+00:00", tick=False)
    write_due_reports()
    newest = Report.objects.get(first_on=date(2026, 11, 22))
    assert newest.layout == second
    assert newest.facts["sections"].keys() == {"figures", "directions"}
    assert files_of(as_(cast.quan), Report.objects.get(pk=old.pk)) == before
    assert Entry.objects.filter(action="reports.template_in_force").count() == 2


def test_without_a_template_a_report_is_as_it_was(as_, cast, plan, run_jobs):
    run_jobs()
    old = Report.objects.get()
    assert old.layout is None
    before = files_of(as_(cast.quan), old)
    in_force(FIRST, cast.quan)
    assert files_of(as_(cast.quan), old) == before
    as_(cast.quan).post(reverse("reports:rebuild", args=[old.pk]))
    assert Report.objects.get().layout is None


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (own("text", text={"text": "{turnover}"}), "text", "“turnover”"),
        (own("text", text={"text": "{contacts.pk}"}), "text", "“contacts.pk”"),
        (own("text", text={"text": "{contacts!r:>10}"}), "text", "contacts!r:>10"),
        (own("text", text={"text": "{{ contacts }}"}), "text", "“ contacts ”"),
        (own("text", text={"text": "{% now 'Y' %}"}), "text", "% now 'Y' %"),
        (own("text", text={"text": "half {"}), "text", "alone"),
        (own("text", text={"text": "{first_problem}"}), "text", "Problems by weight"),
        (own("returned"), "section", "no such section"),
        (own("cases", "cases"), "section", "once"),
        (own("cases", cases={"parts": []}), "parts", "Tick"),
        (own("figures", figures={"codes": ["X99"]}), "codes", "no such indicator"),
        ({"sections": []}, "section", "at least one"),
    ],
)
def test_what_is_not_known_is_refused_by_name(content, field, words):
    with override("en"):
        with pytest.raises(BadInput) as refused:
            check("quality", content)
        assert words in str(refused.value.sentence)
    assert refused.value.field == field


def test_people_keep_what_they_decide_on():
    with pytest.raises(BadInput):
        check("review", own("figures"))
    check("review", own("points"))
    assert "points" not in sections_for("quality")
    assert set(sections_for("department")) == {"service", "figures"}


def test_every_fact_that_may_be_named_can_be_said():
    said = {*SAID, *(code for codes in SECTION_SAID.values() for code in codes)}
    assert said == NAMED.keys()
    named = {one.code for kind in Plan.Kind.values for one in facts_for(kind)}
    assert named == {*NAMED, *indicators()}
    for section, codes in SECTION_SAID.items():
        assert {NAMED[code].section for code in codes} == {section}


def test_what_is_not_known_in_the_days_is_said_in_words():
    """And what stands in a fact is never read as the name of another."""
    title = {"zh-Hans": "{contacts}<b>", "en": "{contacts}<b>"}
    problem = {"title": title, "enough": True, "hits": 1, "judged": 4, "low": 0.0, "high": 0.8,
               "change": "unknown"}  # fmt: skip
    volume = {"contacts": 3, "before": 0}
    facts = {"unit": "?", "first": "2026-11-01", "last": "2026-11-01", "before": ["", ""],
             "volume": volume, "sections": {"problems": [problem]}}  # fmt: skip
    with override("en"):
        assert filled("{first_problem}: {more_often}\n\n{K03}", facts) == [
            "{contacts}<b>: unknown in these days", "unknown in these days",
        ]  # fmt: skip
        assert filled("{first_problem_share}; {contacts}", facts) == [
            "1 / 4 (25.0% [0.0%–80.0%]); 3"
        ]
        facts["sections"]["problems"] = []
        assert filled("{more_often} {first_problem}", facts) == ["none unknown in these days"]


def test_nothing_that_is_written_is_carried_out(as_, cast, plan, run_jobs):
    evil = "<script>alert(1)</script>"
    in_force(own("text", "problems", text={"title": evil, "text": evil + " {days}"}), cast.quan)
    run_jobs()
    report = Report.objects.get()
    page = as_(cast.quan).get(reverse("reports:detail", args=[report.pk])).content.decode()
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 2026-11-21" in page
    url = reverse("reports:template_version", args=[report.layout_id])
    assert evil not in as_(cast.quan).get(url).content.decode()


def sent(draft, do="save", **changed):
    """The editor's form as the browser sends it."""
    rows = draft.content["sections"]
    data = {"revision": draft.revision, "do": do, "new": changed.pop("new", "text"),
            "s-TOTAL_FORMS": len(rows), "s-INITIAL_FORMS": len(rows)}  # fmt: skip
    for at, one in enumerate(rows):
        data |= {f"s-{at}-{name}": value for name, value in one.items()}
    return data | changed


def test_the_editor_moves_by_buttons_and_says_what_is_wrong(as_, cast, yesterday):
    client, url = as_(cast.quan), reverse("reports:edit_template", args=["quality"])
    assert client.get(url).status_code == 404
    assert client.post(reverse("reports:begin_template", args=["quality"])).status_code == 302
    draft = Layout.objects.get()
    names = [one["section"] for one in shipped("quality")["sections"]]
    assert names[0] == "figures"

    def press(do, **changed):
        draft.refresh_from_db()
        answer = client.post(url, sent(draft, do, **changed), headers=ENGLISH)
        draft.refresh_from_db()
        return answer, [one["section"] for one in draft.content["sections"]]

    answer, now = press("down-0", **{"s-0-title": "指标"})
    assert answer["Location"].endswith("#section-2")
    assert now == [names[1], names[0], *names[2:]]
    assert draft.content["sections"][1]["title"] == "指标"
    assert press("up-1")[1] == names
    assert press("out-6")[1] == names[:6]
    assert press("add", new="service")[1] == [*names[:6], "service"]
    assert press("add", new="points")[1] == [*names[:6], "service"]  # not of this kind
    answer, now = press("up-6", **{"s-6-text": "{nonsense}"})
    assert answer.status_code == 422
    assert "No fact of this report is called “nonsense”" in answer.content.decode()
    assert "{nonsense}" in answer.content.decode()
    assert now == [*names[:6], "service"]
    stale = sent(draft) | {"revision": draft.revision - 1}
    assert client.post(url, stale).status_code == 409


def test_it_is_tried_on_real_days_and_nothing_is_kept(as_, cast, yesterday):
    client = as_(cast.quan)
    draft = begin_layout("quality", by=cast.quan)
    keep_layout(draft, FIRST, seen=0, by=cast.quan)
    asked = {"unit": cast.hotline.pk, "cadence": "daily", "day": "2026-11-21"}
    url = reverse("reports:preview_template", args=[draft.pk])
    page = client.get(url, asked).content.decode()
    assert "40 通对话，首要问题：推诿用语。" in page
    assert "质检部说明：" in page
    pdf = client.get(reverse("reports:preview_template_pdf", args=[draft.pk]), asked)
    assert pdf.content.startswith(b"%PDF")
    assert not Report.objects.exists()
    page = client.get(url, asked | {"day": "2026-11-22"}, headers=ENGLISH).content.decode()
    assert "These days are not over yet." in page


def test_going_back_and_resetting(as_, cast, plan, run_jobs):
    first = in_force(FIRST, cast.quan)
    second = in_force(own("figures"), cast.quan)
    client = as_(cast.quan)
    begin = reverse("reports:begin_template", args=["quality"])
    client.post(begin, {"from": first.pk})
    assert client.post(begin).status_code == 409
    third = Layout.objects.get(number=3)
    assert third.content == first.content
    assert before_of(third) == second
    with override("en"):
        lines = [f"{one.sign}{one.text}" for one in differences("quality", second, third)]
    assert lines == [
        "+Problems by weight · 重点问题", "+    {contacts} 通对话，首要问题：{first_problem}。",
        "+Own paragraph", "+    质检部说明：{K03}", "Figures against targets",
    ]  # fmt: skip
    url = reverse("reports:put_template_in_force", args=[third.pk])
    assert client.post(url, {"revision": 0, "reason": " "}).status_code == 422
    assert client.post(url, {"revision": 7, "reason": "恢复"}).status_code == 409
    assert layout_in_force("quality") == second
    assert client.post(url, {"revision": 0, "reason": "恢复"}).status_code == 302
    assert layout_in_force("quality") == third
    reset = reverse("reports:reset_template", args=["quality"])
    assert client.post(reset, {"reason": "用回出厂"}).status_code == 302
    assert client.post(reset, {"reason": "再一次"}).status_code == 409
    run_jobs()
    assert Report.objects.get().layout is None
    assert Entry.objects.get(action="reports.template_reset").reason == "用回出厂"


def test_two_who_edit_at_once_do_not_undo_each_other(cast):
    draft = begin_layout("quality", by=cast.quan)
    keep_layout(draft, FIRST, seen=0, by=cast.quan)
    with pytest.raises(ChangedMeanwhile):
        keep_layout(draft, own("figures"), seen=0, by=cast.quan)
    with pytest.raises(ChangedMeanwhile):
        put_layout_in_force(draft, seen=0, reason="?", by=cast.quan)
    with pytest.raises(DraftIsThere):
        begin_layout("quality", by=cast.quan)
    with pytest.raises(BadInput):
        reset_layout("quality", reason="", by=cast.quan)


def test_a_plan_keeps_sections_of_its_own(cast):
    usual = Plan(kind="quality", sections=[])
    assert wanted(usual, FIRST) == ["problems", "figures"]
    usual.control_id = 1
    assert wanted(usual, FIRST)[:2] == ["problems", "figures"]
    assert set(wanted(usual, FIRST)) == set(wanted(usual, None))
    chosen = Plan(kind="quality", sections=["cases", "figures"])
    assert wanted(chosen, FIRST) == ["figures", "cases"]


def test_the_sections_show_only_what_is_ticked(cast, plan, run_jobs):
    content = own(
        "figures", "cases", "trend", cases={"parts": ["good"]}, trend={"parts": ["table"]},
        figures={"codes": ["K03", "K40"]},
    )  # fmt: skip
    in_force(content, cast.quan)
    run_jobs()
    shown = shown_report(Report.objects.get())
    assert (shown.bad, shown.chart, len(shown.trend)) == (None, None, 2)
    assert shown.good is not None
    assert [one.definition[:3] for one in shown.figures] == []
    assert shown.order.main[0].lacking.count("、") == 1
    assert [one.name for one in shown.order.main] == ["figures", "cases", "trend"]

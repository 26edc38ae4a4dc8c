"""Scores of an earlier system: a year of them from a workbook, each once, each problem named."""

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.models import Batch
from lingzhi.imports.queries import remembered_mapping
from lingzhi.imports.samples import propose
from lingzhi.imports.services import accept_batch, bring_in, file_path, receive_file, start_batch
from lingzhi.inspections.models import OldScore, Review
from lingzhi.inspections.queries.old_scores import old_scores, old_scores_visible_to

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
HEADING = ["质检编号", "质检日期", "座席工号", "质检员", "录音流水号", "评分模板", "问候",
           "解答准确", "总分", "是否一票否决", "评语", "申诉结果", "改判后得分"]  # fmt: skip
FIRST = date(2025, 10, 1)


def a_year() -> list[list[object]]:
    """Thirteen months, four scores a month of two agents; the fifth one was appealed."""
    rows: list[list[object]] = []
    for month in range(13):
        for number in range(4):
            on = FIRST + timedelta(days=30 * month + number)
            value = 80 + (month + number) % 15
            row = [f"Z{month:02d}{number}", on.isoformat(), ("1002", "2002")[number % 2], "Ines",
                   f"REC-{month}-{number}", "通话评分表", 8, value - 8, value, "否", "语气好", "无",
                   ""]  # fmt: skip
            rows.append(row)
    rows[4][11:] = ["改判", 99]
    return rows


def workbook(rows) -> io.BytesIO:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("质检明细")
        for at, row in enumerate([["2025—2026 年质检明细"], HEADING, *rows]):
            sheet.write_row(at, 0, row)
    target.seek(0)
    return target


def bring(content, cast, *, name="old.xlsx", source="oldqa") -> Batch:
    kind = kind_named("old_scores")
    batch = receive_file(kind, content, name=name, source=source, by=cast.quan)
    found = propose(kind, file_path(batch), batch.options, remembered_mapping(batch))
    start_batch(batch, columns=found.columns, options=found.options, by=cast.quan, is_queued=False)
    bring_in(batch)
    batch.refresh_from_db()
    return batch


def test_a_year_of_scores_comes_in_as_the_file_has_it(cast):
    talk = make_contact("REC-0-0", agent="1002")
    batch = bring(workbook(a_year()), cast)
    assert (batch.state, batch.published_rows, batch.bad_rows) == ("finished", 52, 0)
    first = OldScore.objects.get(number="Z000")
    assert (first.agent, first.unit, first.inspector) == (cast.bo, cast.first, cast.ines)
    assert (first.value, first.sheet_title, first.contact) == (80, "通话评分表", talk)
    assert first.items == {"问候": 8, "解答准确": 72}
    appealed = OldScore.objects.get(number="Z010")
    assert (appealed.appeal, appealed.value, appealed.final_value) == ("upheld", 81, 99)
    assert appealed.counted == 99
    assert OldScore.objects.get(number="Z001").contact is None
    months = {one.strftime("%Y-%m") for one in OldScore.objects.dates("scored_on", "month")}
    assert len(months) >= 12


def test_the_command_brings_in_the_same_and_goes_on_only_when_told(cast, tmp_path):
    path = tmp_path / "old.xlsx"
    rows = a_year()
    rows[0][8] = "ninety"
    path.write_bytes(workbook(rows).getvalue())
    said, command = io.StringIO(), ("import_scores", str(path), "--source", "oldqa")
    with pytest.raises(CommandError, match="nothing is published"):
        call_command(*command, stdout=said, stderr=said)
    assert not OldScore.objects.exists()
    call_command(*command, "--skip-bad", stdout=said, stderr=said)
    assert "52 read, 51 new, 0 known, 1 with problems" in said.getvalue()
    assert old_scores().get(number="Z001").agent == cast.chen


def test_the_same_file_again_brings_nothing_twice(cast):
    bring(workbook(a_year()), cast)
    again = bring(workbook(a_year()), cast)
    assert (again.published_rows, again.known_rows, OldScore.objects.count()) == (0, 52, 52)


def test_another_score_under_a_known_number_is_named(cast):
    bring(workbook(a_year()), cast)
    changed = a_year()
    changed[0][8] = 12
    again = bring(workbook(changed), cast)
    assert (again.known_rows, again.conflict_rows) == (51, 1)
    assert OldScore.objects.get(number="Z000").value == 80


def test_without_numbers_the_same_file_still_comes_in_once(cast):
    lines = ["日期,工号,总分", "2026-01-03,1002,88", "2026-01-03,1002,91"]
    first = bring(io.BytesIO("\n".join(lines).encode("gb18030")), cast, name="a.csv")
    again = bring(io.BytesIO("\n".join(lines).encode()), cast, name="b.csv")
    assert (first.published_rows, again.published_rows, again.known_rows) == (2, 0, 2)


def test_problems_are_named_by_row_and_field_and_the_rest_can_come_in(cast):
    lines = [
        "日期,工号,总分,申诉结果",
        "昨天,1002,88,",
        "2026-01-03,,九十,也许",
        "2026-01-04,1002,90分,",
    ]
    batch = bring(io.BytesIO("\n".join(lines).encode()), cast, name="a.csv")
    found = {(one.number, one.field) for one in batch.problems.all()}
    assert found == {(2, "scored_on"), (3, "agent"), (3, "value"), (3, "appeal")}
    assert OldScore.objects.count() == 0
    accept_batch(batch, by=cast.quan, is_queued=False)
    bring_in(batch)
    assert OldScore.objects.get().value == 90


def test_nothing_is_seen_before_the_import_is_finished(cast):
    batch = bring(workbook(a_year()), cast)
    Batch.objects.filter(pk=batch.pk).update(finished_at=None)
    assert (OldScore.objects.count(), old_scores().count()) == (52, 0)


def test_phone_numbers_in_kept_columns_are_masked(cast):
    lines = ["日期,工号,总分,客户电话,评语", "2026-01-04,1002,90,13800002071,回电13800002072"]
    bring(io.BytesIO("\n".join(lines).encode()), cast, name="a.csv")
    one = OldScore.objects.get()
    assert "13800002071" not in str(one.items)
    assert "13800002072" not in one.comment


def test_a_name_counts_only_where_nobody_shares_it(cast):
    lines = ["日期,姓名,总分", "2026-01-04,Bo,90", "2026-01-05,Nobody,80"]
    bring(io.BytesIO("\n".join(lines).encode()), cast, name="a.csv")
    assert list(OldScore.objects.order_by("scored_on").values_list("agent__name", flat=True)) == [
        "Bo", None,
    ]  # fmt: skip


def test_each_sees_those_within_reach_and_they_are_no_reviews(cast):
    bring(workbook(a_year()), cast)
    counts = {
        who.name: old_scores_visible_to(who).count() for who in (cast.bo, cast.ada, cast.quan)
    }
    assert counts == {"Bo": 26, "Ada": 26, "Quan": 52}
    assert not Review.objects.exists()


def test_the_pages_show_them_marked_as_imported(cast, as_, django_assert_max_num_queries):
    bring(workbook(a_year()), cast)
    client = as_(cast.quan)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("inspections:old_scores"), headers=ENGLISH)
    assert "REC-12-0" in page.content.decode()
    only = client.get(reverse("inspections:old_scores"), {"appeal": "upheld"}, headers=ENGLISH)
    assert [one.number for one in only.context["page"]] == ["Z010"]
    one = OldScore.objects.get(number="Z010")
    page = client.get(reverse("inspections:old_score", args=[one.pk]), headers=ENGLISH)
    text = page.content.decode()
    assert "imported" in text
    assert "解答准确" in text
    other = as_(cast.chen).get(reverse("inspections:old_score", args=[one.pk]))
    assert other.status_code == 404


def test_only_who_may_bring_them_in_is_offered_the_kind(cast, as_):
    assert "old_scores" in as_(cast.quan).get(reverse("imports:upload")).content.decode()
    assert "old_scores" not in as_(cast.sol).get(reverse("imports:upload")).content.decode()


def test_the_import_is_one_audit_row_with_its_counts(cast):
    bring(workbook(a_year()), cast)
    entry = Entry.objects.get(action="imports.finished")
    assert entry.after["published"] == 52

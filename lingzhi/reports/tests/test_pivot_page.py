"""The page of analyses: what it shows, its file, and the analyses somebody keeps."""

import csv
import io

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contacts
from lingzhi.reports.models import Pivot
from lingzhi.reports.services import keep_pivot, write_stale_facts
from lingzhi_engine.pivot import summing

PAGE = reverse("reports:pivot")
ENGLISH = {"Accept-Language": "en"}
BY_AGENT = {"facts": "contacts", "down": "agent", "from_on": "2026-11-01", "to_on": "2026-11-30"}


@pytest.fixture
def facts(cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    people = [cast.bo, cast.bo, cast.bo, cast.chen]
    make_contacts({"external_id": f"F{at}", "agent": one.staff_no} for at, one in enumerate(people))
    write_stale_facts()


def test_each_cell_leads_to_its_contacts_and_says_how_sure_it_is(cast, as_, facts):
    page = as_(cast.quan).get(PAGE, {**BY_AGENT, "amount": "every"}, headers=ENGLISH)
    shown = page.context["shown"]
    assert [row.labels for row in shown.rows] == [["Bo 1002"], ["Chen 2002"]]
    number, connected, *_others = shown.rows[0].figures
    behind = as_(cast.quan).get(number.url)
    assert len(behind.context["page"].object_list) == number.value == 3
    assert (connected.said, connected.limits_said) == ("100.0%", "29.2% – 100.0%")
    assert connected.is_few
    assert shown.wholes[0].value == 4


def test_columns_are_added_up_in_both_directions(cast, as_, facts):
    asked = {**BY_AGENT, "down": "weekday", "across": "agent"}
    shown = as_(cast.quan).get(PAGE, asked).context["shown"]
    assert shown.columns == ["Bo 1002", "Chen 2002"]
    [row] = shown.rows
    assert [one.value for one in row.figures] == [3, 1]
    assert row.whole.value == 4
    assert [one.value for one in shown.wholes] == [3, 1, 4]
    assert row.figures[0].shade > row.figures[1].shade


def test_the_file_holds_what_each_figure_was_made_of(cast, as_, facts):
    sent = as_(cast.quan).get(reverse("reports:export_pivot"), {**BY_AGENT, "amount": "connected"})
    header, *lines = csv.reader(io.StringIO(b"".join(sent.streaming_content).decode("utf-8-sig")))
    assert len(header) == 7
    assert [line[:5] for line in lines] == [
        ["Bo 1002", "100.0", "3.0", "3.0", "0"],
        ["Chen 2002", "100.0", "1.0", "1.0", "0"],
    ]


def test_too_many_cells_are_refused_and_wrong_questions_answered(cast, as_, facts, monkeypatch):
    wrong = as_(cast.quan).get(PAGE, {"facts": "nothing", "down": "x", "from_on": "y"})
    assert wrong.status_code == 200
    monkeypatch.setattr(summing, "MOST_CELLS", 1)
    page = as_(cast.quan).get(PAGE, BY_AGENT, headers=ENGLISH)
    assert "Too many cells" in page.content.decode()
    file = as_(cast.quan).get(reverse("reports:export_pivot"), BY_AGENT)
    assert file.status_code == 302


def test_an_analysis_is_kept_shared_and_removed(cast, as_):
    keep = f"{reverse('reports:keep_pivot')}?facts=cases&down=type"
    sent = {"name": "投诉按类型", "is_shared": "on"}
    assert as_(cast.quan).post(keep, sent).status_code == 302
    assert as_(cast.quan).post(keep, sent).status_code == 422
    [kept] = Pivot.objects.all()
    assert kept.asked == "facts=cases&down=type"
    assert "投诉按类型" in as_(cast.ines).get(PAGE).content.decode()
    remove = reverse("reports:remove_pivot", args=[kept.pk])
    assert as_(cast.ines).post(remove).status_code == 403
    private = keep_pivot("自己的", "facts=contacts", is_shared=False, by=cast.quan)
    assert (
        as_(cast.ines).post(reverse("reports:remove_pivot", args=[private.pk])).status_code == 404
    )
    assert as_(cast.quan).post(remove).status_code == 302
    assert not Pivot.objects.filter(pk=kept.pk).exists()
    actions = ["reports.pivot_kept", "reports.pivot_kept", "reports.pivot_removed"]
    found = Entry.objects.filter(action__startswith="reports.pivot").order_by("pk")
    assert list(found.values_list("action", flat=True)) == actions

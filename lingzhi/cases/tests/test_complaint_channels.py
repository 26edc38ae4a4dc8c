"""How customers complain is published; who got no reply is counted and listed."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import tell
from lingzhi.cases.models import Case, ComplaintChannel
from lingzhi.cases.services.channels import keep_channel
from lingzhi.cases.services.retiring import RetiredAlready
from lingzhi.cases.tests.complaining import complain
from lingzhi.core.clock import now

pytestmark = pytest.mark.django_db
SENT = {"name": "投诉热线", "how": "400-800-2071 转 9", "hours": "每日 8:00–22:00", "order": 10}


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def test_channels_are_kept_and_shown_to_everybody(cast, calendar, as_):
    assert as_(cast.bo).post(page("new_complaint_channel"), SENT).status_code == 403
    client = as_(cast.quan)
    assert client.post(page("new_complaint_channel"), {**SENT, "how": ""}).status_code == 422
    client.post(page("new_complaint_channel"), SENT)
    row = ComplaintChannel.objects.get()
    client.post(page("edit_complaint_channel", row.pk), {**SENT, "hours": "全天"})
    entry = Entry.objects.filter(action="cases.channel_set").latest("pk")
    assert (entry.before["hours"], entry.after["order"]) == (SENT["hours"], 10)
    client = as_(cast.bo)
    for name in ("complaint_channels", "register_complaint"):
        words = client.get(page(name)).content.decode()
        assert SENT["how"] in words
        assert "全天" in words
    assert client.get(page("complaint_channels_pdf")).content.startswith(b"%PDF")
    assert client.post(page("end_complaint_channel", row.pk)).status_code == 403
    as_(cast.quan).post(page("end_complaint_channel", row.pk))
    with pytest.raises(RetiredAlready):  # from a page that was opened before
        keep_channel(row, by=cast.quan)
    assert SENT["how"] not in as_(cast.bo).get(page("register_complaint")).content.decode()


def test_complaints_without_a_reply_are_counted_and_listed(cast, calendar, as_):
    silent, told, solved, heard = (complain(by=cast.bo) for _number in range(4))
    for one in (told, solved, heard):
        tell(one.case, by=cast.bo)
    rows = Case.objects.filter(pk__in=[solved.pk, heard.pk])
    rows.update(kind="solved", solved_at=now())
    Case.objects.filter(pk=heard.pk).update(fed_back_at=now())
    client = as_(cast.quan)
    shown = client.get(page("complaints")).context["replies"]
    assert {one.code: one.number for one in shown} == {
        "no_word": 1, "no_result": 1, "no_answer": 1,
    }  # fmt: skip
    for code, expected in (("no_word", silent), ("no_result", solved), ("no_answer", heard)):
        rows = client.get(page("complaints"), {"reply": code}).context["rows"]
        assert [one.complaint.pk for one in rows] == [expected.pk]

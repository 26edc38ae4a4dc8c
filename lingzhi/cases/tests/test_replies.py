from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lingzhi.audit.models import Entry
from lingzhi.cases.access.replies import kept_replies
from lingzhi.cases.factories import make_case
from lingzhi.cases.models import ReplyTemplate
from lingzhi.cases.queries.replies import replies_for, replies_seen_by
from lingzhi.cases.services.letters import letter_text
from lingzhi.cases.services.replies import filled, keep_reply, retire_reply
from lingzhi.cases.services.retiring import RetiredAlready
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.cases.tests.complaining import complain
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def reply(text: str, *, by, use: str = "tell", **more) -> ReplyTemplate:
    return keep_reply(ReplyTemplate(use=use, name="受理", text=text, **more), by=by)


def test_a_picked_text_stands_in_the_form_with_its_gaps_filled(cast, as_):
    customer = make_customer(name="王小明", phone="13800002071")
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo, customer=customer)
    until = now() + timedelta(hours=5)
    tell_customer(case, Told("已登记", until, "phone"), seen=case.revision, by=cast.bo)
    row = reply("{customer}您好，{number}将于{promised}前答复。{result}", by=cast.quan)
    shown = as_(cast.bo).get(page("case", case.pk), {"reply": row.pk}).context
    promised = timezone.localtime(until).strftime("%Y-%m-%d %H:%M")
    assert shown["tell_form"]["method"].value() == (
        f"王**您好，{case.number}将于{promised}前答复。–"
    )
    assert shown["note_form"]["text"].value() == ""
    note = reply("已联系 {title}", use="note", by=cast.quan)
    shown = as_(cast.bo).get(page("case", case.pk), {"reply": note.pk}).context
    assert shown["note_form"]["text"].value() == f"已联系 {case.title}"
    assert filled("{other} {number}", {"number": ""}) == "{other} –"


def test_one_picks_ones_own_those_of_the_unit_and_the_centres(cast):
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    own = reply("甲", by=cast.bo, owner=cast.bo)
    reply("乙", by=cast.bea, owner=cast.bea)
    team = reply("丙", by=cast.ada, unit=cast.first)
    reply("丁", by=cast.quan, unit=cast.second)
    whole = reply("戊", by=cast.quan)
    assert list(replies_for(cast.bo, case)) == [own, team, whole]  # the nearest first
    retire_reply(whole, reason="过时", by=cast.quan)
    assert set(replies_for(cast.bo, case)) == {own, team}
    with pytest.raises(RetiredAlready):
        keep_reply(whole, by=cast.quan)


def test_templates_are_kept_on_their_pages_by_their_people(cast, as_):
    client = as_(cast.bo)
    sent = {"use": "tell", "name": "我的", "text": "编号{number}", "scope": "own"}
    client.post(page("new_reply"), sent)
    own = ReplyTemplate.objects.get(name="我的")
    assert own.owner == cast.bo
    assert client.post(page("new_reply"), {**sent, "scope": "centre"}).status_code == 422
    assert client.post(page("new_reply"), {**sent, "text": "{weather}"}).status_code == 422
    client = as_(cast.ada)
    assert client.get(page("edit_reply", own.pk)).status_code == 404
    of_team = {**sent, "name": "组内", "scope": "team"}
    assert client.post(page("new_reply"), of_team).status_code == 422  # whose?
    client.post(page("new_reply"), {**of_team, "unit": cast.first.pk})
    team = ReplyTemplate.objects.get(name="组内")
    assert team.unit == cast.first
    client.post(page("edit_reply", team.pk), {"use": "tell", "name": "组内", "text": "改了"})
    assert as_(cast.bo).get(page("edit_reply", team.pk)).status_code == 403
    as_(cast.ada).post(page("retire_reply", team.pk), {"reason": "不用了"})
    acts = Entry.objects.filter(object_id=str(team.pk), action__startswith="cases.reply_")
    assert [one.action for one in acts.order_by("id")] == [
        "cases.reply_set", "cases.reply_set", "cases.reply_retired",
    ]  # fmt: skip
    quan = as_(cast.quan)  # who keeps what the centre says works on no case
    assert quan.post(page("new_reply"), sent).status_code == 422
    quan.post(page("new_reply"), {**sent, "name": "中心", "scope": "centre"})
    whole = ReplyTemplate.objects.get(name="中心")
    assert (whole.owner, whole.unit) == (None, None)
    quan.post(page("retire_reply", whole.pk), {"reason": "不用了"})
    listed = as_(cast.ada).get(page("replies")).context["rows"]
    assert {(one.name, may) for one, may in listed} == {("组内", False), ("中心", False)}


def test_whose_they_are_costs_the_same_for_many(cast, django_assert_num_queries):
    team = reply("丙", by=cast.ada, unit=cast.first)
    reply("丁", by=cast.quan, unit=cast.second)
    reply("戊", by=cast.quan)
    rows = list(replies_seen_by(cast.ada))
    assert kept_replies(cast.ada, rows) == [team]
    with django_assert_num_queries(1):
        kept_replies(cast.ada, rows)


def test_letters_begin_with_the_centres_template(cast):
    complaint = complain(by=cast.bo)
    assert "受理" in letter_text(complaint, "received")
    row = reply("来信收悉，{number}", use="received", by=cast.quan)
    assert letter_text(complaint, "received") == f"来信收悉，{complaint.case.number}"
    retire_reply(row, reason="恢复原文", by=cast.quan)
    assert letter_text(complaint, "received").startswith("尊敬的客户")
    with pytest.raises(BadInput):
        reply("", use="received", by=cast.quan)

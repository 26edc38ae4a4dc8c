import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.imports.models import Batch, Mapping
from lingzhi.imports.tests.conftest import HALF, table
from lingzhi.jobs.models import Job

CHAT = """会话ID,消息时间,发送方,消息内容,渠道
A,20/11/2026 14:00:00,小云,您好，我姓王，电话13800002071,网页
B,20/11/2026 14:00:01,小云,您好,网页
A,20/11/2026 14:00:05,张三,我要退款,网页
B,20/11/2026 14:00:09,李四,在吗,网页
""".encode("gb18030")


def url(batch) -> str:
    return reverse("imports:mapping", args=[batch.pk])


def filled(client, batch, **changes) -> dict[str, str]:
    """What a browser would send back when the page is left as it is proposed."""
    page = client.get(url(batch)).context["page"]
    forms = (page.reading, page.mapping)
    given = {bound.html_name: bound.value() for form in forms for bound in form}
    return {name: value for name, value in given.items() if value is not None} | changes


def words(client, batch, given, field) -> dict[str, str]:
    """Names of the controls for the file's own words, by the words as shown."""
    page = client.post(url(batch), given | {"action": "look"}).context["page"]
    line = next(one for one in page.mapping.lines() if one.field.name == field)
    return {bound.label: bound.html_name for _word, bound in line.words}


def test_the_proposal_can_be_taken_as_it_is(as_, cast, received):
    client, batch = as_(cast.quan), received()
    answer = client.post(url(batch), filled(client, batch, action="start"))
    assert answer["Location"] == reverse("imports:detail", args=[batch.pk])
    batch.refresh_from_db()
    assert batch.columns["external_id"] == "会话编号"
    assert Job.objects.get(name="imports.stage").kwargs["batch_id"] == batch.pk
    assert "external_id" in Entry.objects.get(action="imports.started").after["fields"]
    assert Mapping.objects.get(source="pbx").columns == batch.columns


def test_a_look_starts_nothing(as_, cast, received):
    client, batch = as_(cast.quan), received()
    answer = client.post(url(batch), filled(client, batch, action="look"))
    assert answer.status_code == 200
    batch.refresh_from_db()
    assert batch.started_at is None
    assert not Job.objects.filter(name="imports.stage").exists()


def test_a_missing_column_is_named(as_, cast, received):
    client, batch = as_(cast.quan), received()
    given = filled(client, batch, action="start", **{"column-external_id": ""})
    answer = client.post(url(batch), given)
    assert answer.status_code == 422
    assert "column-external_id" in answer.context["page"].mapping.errors


def test_a_list_of_calls_that_nobody_answered_needs_no_column_of_words(as_, cast, received):
    content = "流水号,渠道,呼叫方向,排队时间\nU1,电话,呼入,2026-11-20 10:00:00".encode()
    client, batch = as_(cast.quan), received(content)
    page = client.get(url(batch)).context["page"]
    assert "turns" in [line.field.name for line in page.mapping.lines()], "still asked for"
    assert client.post(url(batch), filled(client, batch, action="start")).status_code == 302
    other = received("流水号,渠道,呼叫方向\nU1,电话,呼入".encode(), source="other")
    answer = client.post(url(other), filled(client, other, action="start"))
    assert answer.status_code == 422
    assert "column-turns" in answer.context["page"].mapping.errors


def test_what_is_no_column_of_the_file_is_refused(as_, cast, received):
    client, batch = as_(cast.quan), received()
    given = filled(client, batch, action="start", **{"column-agent": "客户密码"})
    assert client.post(url(batch), given).status_code == 422


def test_a_value_for_all_stands_for_a_column(as_, cast, received):
    client, batch = as_(cast.quan), received()
    changes = {"column-channel": "", "default-channel": "sms"}
    client.post(url(batch), filled(client, batch, action="start", **changes))
    batch.refresh_from_db()
    assert batch.options["defaults"]["channel"] == "sms"
    assert "channel" not in batch.columns


def test_the_file_s_own_words_are_given_a_meaning(as_, cast, received, run_jobs):
    client, batch = as_(cast.quan), received(HALF)
    given = filled(client, batch)
    controls = words(client, batch, given, "channel")
    assert list(controls) == ["飞鸽"]
    client.post(url(batch), given | {"action": "start", controls["飞鸽"]: "chat"})
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.published_rows) == (Batch.State.FINISHED, 2)


def test_a_chat_export_is_read_turn_by_turn(as_, cast, received, run_jobs):
    client, batch = as_(cast.quan), received(CHAT)
    given = filled(client, batch)
    assert (given["encoding"], given["shape"]) == ("gb18030", "turns")
    assert given["dates-turn_at"] == "%d/%m/%Y %H:%M:%S"
    controls = words(client, batch, given, "turn_role")
    *_people, others = controls.values()
    agent = controls["小云"]
    client.post(url(batch), given | {"action": "start", agent: "agent", others: "customer"})
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.published_rows, batch.problem_rows) == (Batch.State.FINISHED, 2, 0)


def test_the_next_file_of_the_source_begins_with_what_was_decided(as_, cast, received):
    client, batch = as_(cast.quan), received()
    changes = {"column-outcome": "客户号码", "default-queue": "售后"}
    client.post(url(batch), filled(client, batch, action="start", **changes))
    given = filled(client, received())
    assert (given["column-outcome"], given["default-queue"]) == ("客户号码", "售后")


def test_personal_data_is_masked_in_examples_and_rows(as_, cast, received):
    page = as_(cast.quan).get(url(received(CHAT))).content.decode()
    assert "13800002071" not in page
    assert "138****2071" in page
    page = as_(cast.quan).get(url(received())).content.decode()
    assert "13800002071" not in page


def test_the_first_rows_name_their_problems(as_, cast, received):
    page = as_(cast.quan).get(url(received(HALF))).context["page"]
    rows = {row.number: row for row in page.preview}
    assert not rows[2].has_problems
    assert [cell.field.name for cell in rows[3].cells if cell.problems] == ["channel"]


def test_another_encoding_is_shown_at_once(as_, cast, received):
    client, batch = as_(cast.quan), received(CHAT)
    answer = client.post(url(batch), {"action": "look", "encoding": "utf-8"})
    assert answer.status_code == 200
    assert answer.context["page"].unreadable.row is not None
    answer = client.post(url(batch), {"action": "start", "encoding": "utf-8"})
    assert answer.status_code == 422


def test_another_heading_gives_other_columns(as_, cast, received):
    client, batch = as_(cast.quan), received(b"title\n" + table())
    assert client.get(url(batch)).context["page"].options["header_row"] == 2


def test_the_same_file_again_is_noticed(as_, cast, received, brought):
    first = brought()
    page = as_(cast.quan).get(url(received())).content.decode()
    assert reverse("imports:detail", args=[first.pk]) in page


def test_htmx_gets_the_form_alone(as_, cast, received):
    page = as_(cast.quan).get(url(received()), headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith("<form")


def test_it_cannot_be_decided_twice(as_, cast, received):
    client, batch = as_(cast.quan), received()
    given = filled(client, batch, action="start")
    client.post(url(batch), given)
    assert client.post(url(batch), given).status_code == 409
    assert client.get(url(batch)).status_code == 302


@pytest.mark.parametrize(("person", "status"), [("bo", 404), ("ann", 404), ("sol", 200)])
def test_only_who_sees_and_may_import_decides(as_, cast, received, person, status):
    batch = received()
    assert as_(getattr(cast, person)).get(url(batch)).status_code == status


def test_who_only_watches_the_work_is_refused(as_, watcher, received):
    assert as_(watcher).get(url(received())).status_code == 403


def test_a_missing_import_is_not_found(as_, cast):
    assert as_(cast.quan).get(reverse("imports:mapping", args=[99])).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, received):
    assert client.get(url(received())).status_code == 302


def test_it_is_only_looked_at_or_sent(as_, cast, received):
    assert as_(cast.quan).put(url(received())).status_code == 405


def test_after_a_wrong_encoding_everything_is_proposed_anew(as_, cast, received):
    client, batch = as_(cast.quan), received(CHAT)
    page = client.post(url(batch), {"action": "look", "encoding": "utf-8"}).content.decode()
    assert "column-external_id" not in page
    given = {"encoding": "gb18030", "delimiter": "comma", "header_row": 1, "shape": "turns"}
    answer = client.post(url(batch), {"action": "look"} | given)
    form = answer.context["page"].mapping
    assert form["column-external_id"].value() == "会话ID"
    assert form["default-direction"].value() == "in"


def test_speakers_in_transcripts_get_a_meaning(as_, cast, received, run_jobs):
    talk = '"小云：您好\n李女士：我要退款"'
    rows = "\n".join(["编号,渠道,对话内容", f"1,电话,{talk}", f"2,电话,{talk}"]).encode()
    client, batch = as_(cast.quan), received(rows)
    given = filled(client, batch)
    agent, *_people, others = words(client, batch, given, "turns").values()
    client.post(url(batch), given | {"action": "start", agent: "agent", others: "customer"})
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.published_rows) == (Batch.State.FINISHED, 2)


def test_a_file_that_is_gone_is_told(as_, cast, received):
    client, batch = as_(cast.quan), received()
    default_storage.delete(batch.file.stored_as)
    answer = client.get(url(batch))
    assert answer.status_code == 200
    assert answer.context["page"].unreadable is not None
    assert client.post(url(batch), {"action": "start"}).status_code == 422


def test_words_outlive_a_column_that_is_kept_no_more(as_, cast, received):
    client, batch = as_(cast.quan), received(HALF)
    given = filled(client, batch)
    control = words(client, batch, given, "channel")["飞鸽"]
    answer = client.post(url(batch), given | {"action": "look", control: "chat", "keep": ["渠道"]})
    assert answer.context["page"].mapping[control].value() == "chat"

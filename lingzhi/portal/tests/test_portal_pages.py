from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import make_case
from lingzhi.cases.models import ComplaintChannel
from lingzhi.cases.services.channels import keep_channel
from lingzhi.cases.services.feedback import judge_suggestion
from lingzhi.core.clock import now, today
from lingzhi.improvement.factories import make_rectification
from lingzhi.improvement.models import Rectification
from lingzhi.knowledge.factories import make_article
from lingzhi.knowledge.queries.articles import uses_of
from lingzhi.portal.models import PlainRule, PortalSettings, PublishedImprovement
from lingzhi.portal.presenting.colours import contrast, theme_of, towards
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Clause

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"portal:{name}", args=args)


def test_published_answers_come_before_writing(portal, client):
    article = make_article("净水器漏水怎么办", text="先关阀门。")
    make_article("内部口径", audience="agents", category=article.category)
    shown = client.get(page("begin"), {"q": "净水器漏水了"}).content.decode()
    assert page("answer", article.pk) in shown
    assert "内部口径" not in client.get(page("answers")).content.decode()
    assert "先关阀门" in client.get(page("answer", article.pk)).content.decode()
    client.post(page("answer_said", article.pk), {"helped": "no"})
    assert uses_of(article) == {"opened": 1, "helped": 0, "failed": 1}


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "办理"), ("zh-hant", "辦理"), ("en", "Customer portal")]
)
def test_it_speaks_three_languages_to_nobody_in_particular(portal, client, language, words):
    portal.footer = {"zh-Hans": "我们为您办理", "en": "Here for you"}
    portal.save()
    answer = client.get(page("home"), headers={"accept-language": language})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert f'lang="{language}"' in answer.content.decode()


def test_no_page_has_a_script_or_a_style_within_it(portal, client):
    for name in ("home", "answers", "begin", "channels", "rules", "improvements", "find"):
        answer = client.get(page(name))
        assert answer.status_code == 200
        assert "<script" not in answer.content.decode()
        assert "style=" not in answer.content.decode()
        assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_channels_for_complaints_are_published(portal, client):
    keep_channel(ComplaintChannel(name="热线", how="400-800-2071", hours="8–22"), by=None)
    assert "400-800-2071" in client.get(page("channels")).content.decode()


def test_an_adopted_suggestion_is_told_back_by_two_people(cast, portal, as_, client):
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo, type_code="feedback")
    judge_suggestion(case, is_adopted=True, reason="好主意", by=cast.bo)
    sent = {"case": case.pk, "title_zh": "周末也上门", "text_zh": "- 周六\n- 周日"}
    assert as_(cast.bo).post(page("new_improvement"), sent).status_code == 403
    as_(cast.quan).post(page("new_improvement"), sent)
    own = PublishedImprovement.objects.get()
    assert as_(cast.quan).post(page("publish_improvement", own.pk)).status_code == 409
    as_(cast.ada).post(page("edit_improvement", own.pk), sent)
    assert as_(cast.ada).post(page("publish_improvement", own.pk)).status_code == 403
    as_(cast.quan).post(page("publish_improvement", own.pk))
    client.logout()
    assert "<li>周日</li>" in client.get(page("improvements")).content.decode()
    client.post(page("improvement_said", own.pk), {"useful": "yes"})
    own.refresh_from_db()
    assert (own.useful, own.case) == (1, case)
    as_(cast.quan).post(page("withdraw_improvement", own.pk))
    client.logout()
    assert "周日" not in client.get(page("improvements")).content.decode()
    assert client.post(page("improvement_said", own.pk), {"useful": "yes"}).status_code == 404
    assert Entry.objects.filter(action="portal.improvement_published").count() == 1


def test_a_public_rule_is_shown_while_its_clause_holds(cast, portal, as_, client):
    make_version("s01", cast.hotline, by=cast.quan, effective_on=today() - timedelta(days=1))
    clause = Clause.objects.filter(force="must")[0]
    sent = {"regulation": clause.version.regulation_id, "number": clause.number, "order": 1,
            "words_zh": "两天内答复您"}  # fmt: skip
    as_(cast.quan)
    assert client.post(page("new_rule"), {**sent, "number": "99.9"}).status_code == 422
    client.post(page("new_rule"), sent)
    client.logout()
    assert "两天内答复您" in client.get(page("rules")).content.decode()
    as_(cast.quan).post(page("end_rule", PlainRule.objects.get().pk))
    client.logout()
    assert "两天内答复您" not in client.get(page("rules")).content.decode()


def test_the_settings_make_it_the_centres_own(cast, portal, as_, client):
    picture = BytesIO(b"\x89PNG\r\n\x1a\nabc")
    picture.name = "x.png"
    sent = {
        "is_open": "on", "unit": cast.first.pk, "receiver": cast.bo.pk, "per_address": 5,
        "in_total": 50, "colour": "#aa3300", "name_zh": "云栖之家", "logo": picture,
    }  # fmt: skip
    assert as_(cast.ada).post(page("settings"), sent).status_code == 403
    as_(cast.quan)
    assert client.post(page("settings"), {**sent, "colour": "red"}).status_code == 422
    picture.seek(0)
    client.post(page("settings"), sent)
    client.logout()
    assert "#aa3300" in client.get(page("theme")).content.decode()
    assert b"".join(client.get(page("logo")).streaming_content).startswith(b"\x89PNG")
    assert "云栖之家" in client.get(page("home")).content.decode()
    as_(cast.quan).post(page("settings"), {"per_address": 5, "in_total": 50, "colour": "#aa3300"})
    assert not PortalSettings.objects.get().is_open
    client.logout()
    assert client.get(page("theme")).status_code == 404


@pytest.mark.parametrize("colour", ["#ffee00", "#1f5cba", "#000000", "#ffffff"])
def test_whatever_the_colour_it_can_be_read(colour):
    assert contrast(towards(colour, "#000000", "#f6f7f9"), "#f6f7f9") >= 4.5
    assert contrast(towards(colour, "#ffffff", "#171f2a"), "#171f2a") >= 4.5
    assert "--p-on:#" in theme_of(colour)


def test_the_inbox_lists_what_came_in(cast, portal, as_, send):
    send("suggestion", title="增加周末服务")
    make_case(by=cast.bo, unit=cast.first, title="电话里的咨询")
    shown = (
        as_(cast.ada).get(page("inbox"), {"kind": "suggestion", "state": "new"}).content.decode()
    )
    assert "增加周末服务" in shown
    assert "电话里的咨询" not in shown
    assert as_(cast.bo).get(page("inbox")).status_code == 403


def test_what_was_put_right_is_told_once_it_is_proved(cast, portal, as_):
    row = make_rectification(cast.first, cast.ada, by=cast.quan, supervisor=cast.quan)
    client, begin = as_(cast.quan), f"{page('new_improvement')}?rectification={row.pk}"
    assert not client.get(begin).context["form"].initial["text_zh"]  # nothing to tell yet
    facts = {"verified_at": now(), "approved_at": now(), "state": "checking", "lessons": "已培训"}
    Rectification.objects.filter(pk=row.pk).update(**facts)
    assert client.get(begin).context["form"].initial["text_zh"] == "已培训"
    sent = {"rectification": row.pk, "title_zh": "退款说得清", "text_zh": "已培训"}
    assert client.post(begin, sent).status_code == 302
    assert PublishedImprovement.objects.get().rectification == row
    url = reverse("improvement:rectification", args=[row.pk])
    assert "退款说得清" in client.get(url).content.decode()

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide, set_chain
from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.knowledge.factories import make_article, make_category, make_draft
from lingzhi.knowledge.models import Article, ArticleUse, Category
from lingzhi.knowledge.queries.articles import fitting, in_force, state_of, uses_of
from lingzhi.knowledge.services.articles import (
    BeingApproved,
    NobodyToAsk,
    count_use,
    end_article,
    keep_category,
    submit_article,
    write_article,
)

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"knowledge:{name}", args=args)


def titles(text: str) -> list[str]:
    return [str(one) for one in fitting(in_force(to_customers=True), text)]


def test_two_characters_suffice_and_a_whole_question_finds_its_answer(db):
    category = make_category()
    make_article("怎样申请退款", text="在订单页面提交。", category=category)
    make_article("保修期有多长", text="整机一年，退款不适用。", category=category)
    make_article("How to book a visit", text="Call us.", category=category)
    make_article("内部：退款审批权限", category=category, audience="agents")
    assert titles("退款") == ["怎样申请退款", "保修期有多长"]  # in the title first
    assert titles("請問我要怎麼申請退款呢？") == ["怎样申请退款"]
    assert titles("VISIT") == ["How to book a visit"]
    assert titles("天气预报") == titles("，。") == []


def test_a_version_holds_between_its_days_and_brings_back_no_older_one(cast):
    article = make_article("旧答案", by=cast.quan)
    write_article(
        make_draft("新答案", category=article.category, expires_on=today() + timedelta(days=1)),
        article=article, by=cast.ada,
    )  # fmt: skip
    assert [str(one) for one in in_force()] == ["旧答案"]
    submit_article(article, by=cast.quan)  # no chain: who may puts it into force at once
    newest = in_force().get()
    assert str(newest) == "新答案"
    newest.effective_on, newest.expires_on = today() - timedelta(days=2), today()
    newest.save()
    assert not in_force().exists()
    assert state_of(newest) == "expired"


def test_the_chain_agrees_to_the_very_text(cast, run_jobs, hold):
    set_chain("knowledge.publish", ["quality_manager"], by=cast.sol)
    article = write_article(make_draft(), by=cast.ada)
    submit_article(article, by=cast.ada)
    with pytest.raises(BeingApproved):
        write_article(make_draft(category=article.category), article=article, by=cast.ada)
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.quan)
    run_jobs()
    version = in_force().get()
    assert (version.approved_by, version.written_by) == (cast.quan, cast.ada)
    assert Entry.objects.filter(action="knowledge.published").count() == 1


def test_without_a_chain_not_everybody_puts_it_into_force(cast):
    article = write_article(make_draft(), by=cast.ada)
    with pytest.raises(NobodyToAsk):
        submit_article(article, by=cast.ada)
    with pytest.raises(BadInput):
        write_article(make_draft(text=""), by=cast.ada)
    end_article(article, reason="重复", by=cast.quan)
    assert Entry.objects.get(action="knowledge.ended").reason == "重复"


def test_a_category_is_no_part_of_itself(cast):
    above = make_category("售后")
    below = keep_category(Category(title={"zh-Hans": "退货"}, parent=above), by=cast.quan)
    above.parent = below
    with pytest.raises(BadInput):
        keep_category(above, by=cast.quan)


def test_use_is_counted_by_day_and_place(cast):
    version = make_article().versions.get()
    for _ in range(2):
        count_use(version, "portal")
    count_use(version, "portal", what="helped")
    assert ArticleUse.objects.get().opened == 2
    assert uses_of(version.article) == {"opened": 2, "helped": 1, "failed": 0}


def test_articles_are_written_and_read_on_their_pages(cast, as_):
    category = make_category()
    sent = {
        "category": category.pk, "audience": "agents", "effective_on": today().isoformat(),
        "expires_on": "", "title_zh_hans": "改约上门", "text_zh_hans": "## 怎么改\n- 打电话",
        "title_en": "", "text_en": "", "title_zh_hant": "", "text_zh_hant": "",
    }  # fmt: skip
    assert as_(cast.bo).post(page("new"), sent).status_code == 403
    client = as_(cast.quan)
    assert client.post(page("new"), {**sent, "text_zh_hans": ""}).status_code == 422
    client.post(page("new"), sent)
    article = Article.objects.get()
    assert as_(cast.bo).get(page("article", article.pk)).status_code == 404  # a draft
    as_(cast.quan).post(page("submit", article.pk))
    client = as_(cast.bo)
    shown = client.get(page("article", article.pk)).content.decode()
    assert "<h3>怎么改</h3><ul><li>打电话</li></ul>" in shown
    assert "改约上门" in client.get(page("list"), {"q": "改约"}).content.decode()
    client.post(page("said", article.pk), {"helped": "yes"})
    assert uses_of(article) == {"opened": 1, "helped": 1, "failed": 0}
    assert client.post(page("end", article.pk), {"reason": "?"}).status_code == 403
    nora: User = cast.nora
    assert as_(nora).get(page("list")).status_code == 403

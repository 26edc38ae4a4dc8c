from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.org.models import Post
from lingzhi.org.queries.posts import post_list
from lingzhi.org.services import create_post, hold_post, leave_post, publish_version, seed_posts

NAMED = (
    "客服专员/客服代表/热线客服人员, 班组长, 客服主管/服务主管, 客服经理, 技术支持人员, "
    "客户关系经理/客户关系管理人员, 数据分析人员, 投诉处理人员, 质检人员, 服务反馈专员, 服务台, "
    "项目经理, 技术支持工程师, 现场工程师, 质量管理代表, 内部培训师, 设备维护人员"
)


@pytest.fixture
def post(cast) -> Post:
    return create_post(code="agent", name="客服专员", is_key=False, by=cast.sol)


def test_every_post_the_rulebooks_name_is_there_once(db):
    assert seed_posts(by=None) == 17
    assert seed_posts(by=None) == 0
    known = {name for post in Post.objects.all() for name in (post.name, *post.other_names)}
    assert known == set(NAMED.replace(", ", "/").split("/"))
    assert all(post.versions.count() == 1 for post in Post.objects.all())


def test_a_key_post_names_its_proof(db):
    seed_posts(by=None)
    for post in Post.objects.filter(is_key=True):
        assert post.versions.get().proof, post.name


def test_versions_count_up_and_earlier_ones_stay_readable(as_, cast, post):
    url = reverse("org:post_describe", args=[post.pk])
    client = as_(cast.sol)
    for duties in ("接待来电。", "接待来电与在线咨询。"):
        given = {"duties": duties, "effective_on": "2026-01-01", "change": "补充"}
        assert client.post(url, given).status_code == 302
    page = as_(cast.bo).get(reverse("org:post", args=[post.pk]))
    assert page.context["version"].number == 2
    first = as_(cast.bo).get(reverse("org:post", args=[post.pk]), {"version": "1"})
    assert first.context["version"].duties == "接待来电。"
    assert Entry.objects.filter(action="org.post_described").count() == 2


def test_a_version_of_the_future_is_not_in_force(as_, cast, post):
    publish_version(post, duties="今天", effective_on=today(), by=cast.sol)
    publish_version(post, duties="明天", effective_on=today() + timedelta(days=1), by=cast.sol)
    page = as_(cast.bo).get(reverse("org:post", args=[post.pk]))
    assert page.context["version"].duties == "今天"
    assert post_list().get().number == 1


def test_a_version_nobody_wrote_is_missing(as_, cast, post):
    page = as_(cast.bo).get(reverse("org:post", args=[post.pk]), {"version": "7"})
    assert page.status_code == 404


def test_a_description_without_duties_comes_back(as_, cast, post):
    url = reverse("org:post_describe", args=[post.pk])
    assert as_(cast.sol).post(url, {"effective_on": "2026-01-01"}).status_code == 422


def test_a_person_takes_and_leaves_a_post(as_, cast, post):
    client = as_(cast.sol)
    given = {"post": post.pk, "unit": cast.first.pk, "from_on": "2026-01-01"}
    url = reverse("org:post_hold", args=[cast.bo.pk])
    assert client.post(url, given).status_code == 302
    assert client.post(url, given).status_code == 422
    assert post_list().get().held_by == 1
    holding = cast.bo.post_holdings.get()
    client.post(reverse("org:post_leave", args=[holding.pk]), {"on": "2026-02-01"})
    assert post_list().get().held_by == 0


def test_a_holder_finds_the_own_post(as_, cast, post):
    hold_post(cast.bo, post, cast.first, from_on=date(2026, 1, 1), by=cast.sol)
    assert as_(cast.bo).get(reverse("org:posts")).context["mine"] == {post.pk}
    assert as_(cast.bea).get(reverse("org:posts")).context["mine"] == set()


def test_a_post_that_is_held_is_not_withdrawn(as_, cast, post):
    holding = hold_post(cast.bo, post, cast.first, from_on=date(2026, 1, 1), by=cast.sol)
    url = reverse("org:post_withdraw", args=[post.pk])
    client = as_(cast.sol)
    assert client.post(url, {"reason": "撤销"}).status_code == 409
    leave_post(holding, on=date(2026, 1, 2), by=cast.sol)
    assert client.post(url, {"reason": "撤销"}).status_code == 302
    assert client.post(url, {"reason": "撤销"}).status_code == 409
    assert (
        client.post(
            reverse("org:post_describe", args=[post.pk]),
            {"duties": "x", "effective_on": "2026-01-01"},
        ).status_code
        == 409
    )


def test_names_are_taken_once(as_, cast, post):
    given = {"code": "agent2", "name": "客服专员"}
    assert as_(cast.sol).post(reverse("org:post_create"), given).status_code == 422

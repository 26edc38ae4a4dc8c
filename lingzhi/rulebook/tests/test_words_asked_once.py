"""A page full of clauses asks only once what its posts and rules are called."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lingzhi.org.models import Post
from lingzhi.rulebook.packs import body_of_pack, say, words_asked_once
from lingzhi.rulebook.presenting.text import shown_pack


@pytest.mark.parametrize("code", ["s01", "s18", "s26"])
def test_a_pack_asks_once_for_the_words_of_each_parameter(cast, code):
    body = body_of_pack(code)
    with words_asked_once(), CaptureQueriesContext(connection) as asked:
        shown_pack(body)
    titles = Counter(one["sql"] for one in asked if '"inspections_rule"' in one["sql"])
    posts = Counter(one["sql"] for one in asked if '"org_post"' in one["sql"])
    assert list(titles.values()) == [1]
    assert sum(posts.values()) <= 2  # the duty's post and the post's own


def test_a_page_asks_once_to_check_the_pack_and_once_to_say_it(as_, cast):
    url = reverse("rulebook:pack", args=["s26"])
    with CaptureQueriesContext(connection) as asked:
        assert as_(cast.quan).get(url).status_code == 200
    assert len([one for one in asked if '"inspections_rule"' in one["sql"]]) == 2


def test_the_next_page_asks_again(cast):
    post = Post.objects.create(code="greeter", name="迎宾")
    with words_asked_once():
        assert say("duty", "post", "greeter") == "迎宾"
        Post.objects.filter(pk=post.pk).update(name="礼宾")
        assert say("duty", "post", "greeter") == "迎宾"
    with words_asked_once():
        assert say("duty", "post", "greeter") == "礼宾"


def test_each_language_has_its_own_words(cast):
    with words_asked_once():
        for language, words in (("en", "each team"), ("zh-hans", "每个班组"), ("en", "each team")):
            with translation.override(language):
                assert say("sampling", "per", "team") == words

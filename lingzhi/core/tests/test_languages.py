"""Titles that data hold are read in the reader's language, in 繁體 too."""

import pytest
from django.utils.translation import override

from lingzhi.core.languages import in_language
from lingzhi.core.templatetags.prose import own_words

TITLE = {"zh-Hans": "受理—分类—处理—反馈", "en": "Accept – sort – handle – report"}


@pytest.mark.parametrize(
    ("language", "shown"),
    [("zh-hans", TITLE["zh-Hans"]), ("zh-hant", "受理—分類—處理—反饋"), ("en", TITLE["en"])],
)
def test_it_is_in_the_readers_language(language, shown):
    with override(language):
        assert in_language(TITLE) == shown


def test_what_somebody_wrote_in_traditional_stays():
    with override("zh-hant"):
        assert in_language({**TITLE, "zh-Hant": "自訂"}) == "自訂"


def test_what_people_wrote_is_marked_as_chinese_on_other_pages_only():
    with override("en"):
        assert own_words("<b>服务") == '<span lang="zh">&lt;b&gt;服务</span>'
        assert (own_words("Service"), own_words(None)) == ("Service", "")
    with override("zh-hant"):
        assert own_words("服务") == "服务"

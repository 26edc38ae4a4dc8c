"""What the people served are called on the pages."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils.translation import gettext, gettext_lazy, ngettext, override

from lingzhi.core.terms import USUAL, retermed, term_in_use, use_term


@pytest.fixture(autouse=True)
def _as_usual_afterwards():
    yield
    use_term(USUAL)


@pytest.mark.parametrize(
    ("text", "term", "shown"),
    [
        ("查看客户", "宾客", "查看宾客"),
        ("查看客户", "顾客", "查看顾客"),
        ("查看客户", "客户", "查看客户"),
        ("查看客户", "旅客", "查看客户"),  # no term of ours
        ("客户端与客户", "用户", "客户端与用户"),
        ("客户服务中心的客户", "宾客", "客户服务中心的宾客"),
        ("客户关系经理", "宾客", "客户关系经理"),
        ("查看客戶，客戶端", "宾客", "查看賓客，客戶端"),
        ("客戶服務中心", "用户", "客戶服務中心"),
        ("Customers and the customer's word", "宾客", "Guests and the guest's word"),
        ("See customers", "用户", "See users"),
        ("See customers", "顾客", "See customers"),
        ("Customer service centre", "宾客", "Customer service centre"),
        ("%(customer)s and {customer}", "宾客", "%(customer)s and {customer}"),
    ],
)
def test_the_rule(text, term, shown):
    assert retermed(text, term) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("zh-hans", "查看宾客"), ("zh-hant", "檢視賓客"), ("en", "See guests")],
)
def test_every_catalogue_says_the_term(language, shown):
    use_term("宾客")
    with override(language):
        assert gettext("See customers") == shown
        assert str(gettext_lazy("See customers")) == shown


def test_plurals_pass_the_rule_too():
    use_term("用户")
    with override("en"):
        assert ngettext("%(n)d customer", "%(n)d customers", 2) == "%(n)d users"


def test_the_usual_term_gives_the_usual_texts_back():
    use_term("宾客")
    assert term_in_use() == "宾客"
    use_term(USUAL)
    assert term_in_use() == USUAL
    with override("zh-hans"):
        assert gettext("See customers") == "查看客户"


def test_the_language_that_is_active_changes_at_once():
    with override("zh-hans"):
        use_term("宾客")
        assert gettext("See customers") == "查看宾客"


def test_another_thread_has_a_term_of_its_own():
    use_term("宾客")
    with override("zh-hans"), ThreadPoolExecutor(1) as other:
        assert other.submit(_said_in, "zh-hans").result() == "查看客户"
        assert gettext("See customers") == "查看宾客"


def _said_in(language):
    with override(language):
        return gettext("See customers")

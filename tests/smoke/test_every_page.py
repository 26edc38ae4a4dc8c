"""Every page without arguments opens for those who may, in each language, unmixed."""

import re

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from lingzhi.contacts.factories import make_contact

HAN = re.compile(r"[\u4e00-\u9fff]+")
# Names that stay Chinese in every language: the product, the languages, the cast's units.
NAMES = {"聆质", "简体中文", "繁體中文", "云栖", "热线中心", "一组", "二组", "客服", "客户"}
# What a staff file's columns may be called.
NAMES |= {"工号", "姓名", "班组", "入职日期", "技能", "角色", "邮箱", "分机"}
SKIPPED = {"set_language", "account_logout", "live_run"}
SKIPPED |= {"live_chat_desk", "live_phone_floor", "live_phone_desk"}
API = "/api/"  # for programs: tests/permissions tries it


def names(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


def pages():
    found = set()
    for name in names():
        try:
            found.add((name, reverse(name)))
        except NoReverseMatch:
            continue
    return sorted(one for one in found if one[0] not in SKIPPED and API not in one[1])


def words_of(html: str) -> str:
    html = re.sub(
        r"<(script|style|textarea|option|select|code|pre)\b.*?</\1>", " ", html, flags=re.S
    )
    html = re.sub(r'<[^>]*\blang="zh[^>]*>.*?</', "</", html, flags=re.S)
    return re.sub(r"<[^>]+>", " ", html)


@pytest.fixture
def cast_with_data(cast):
    make_contact("A-1", agent="1002", turns="客服:hello\n客户:hi")
    return cast


def problem_of(client, url: str, language: str) -> str:
    """What is wrong with the page, or nothing."""
    answer = client.get(url)
    if answer.status_code not in {200, 302, 403, 404, 405}:
        return f"{url}: {answer.status_code}"
    if answer.status_code == 200 and language == "en" and "html" in answer["Content-Type"]:
        mixed = set(HAN.findall(words_of(b"".join(answer).decode()))) - NAMES
        return f"{url}: {' '.join(sorted(mixed))}" if mixed else ""
    return ""


# Words are no matter of the database; that each page opens is, and one language tells it.
ONCE = [pytest.param(language, marks=pytest.mark.once) for language in ("zh-hant", "en")]


@pytest.mark.parametrize("language", ["zh-hans", *ONCE])
def test_every_page_opens(as_, cast_with_data, language):
    problems = []
    people = [cast_with_data.quan, cast_with_data.sol, cast_with_data.ann]
    if language == "zh-hant":  # made of the other Chinese by program, so one tells it
        people = people[:1]
    for person in people:
        person.language = language
        person.save(update_fields=["language"])
        client = as_(person)
        client.cookies["lz_language"] = language
        problems += [problem_of(client, url, language) for _name, url in pages()]
    assert [problem for problem in problems if problem] == []

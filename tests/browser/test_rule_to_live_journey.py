"""A rule from the first idea to the live floor, with the real worker and live process (J10).

Written, tried and explained, mended, back-tested, published, run — and then it fires while
somebody talks, told by a phone system through its signed feed.
"""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page, expect

from lingzhi.conftest import Cast
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.feeding.feeds import open_feed
from lingzhi.contacts.services import source_named
from lingzhi.core.tests.house import House
from lingzhi.core.tests.served import Site
from lingzhi.demo.telling import tell_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PUSHED = "客服:您好,云栖热线\n客户:我要退款,手机13800002071\n客服:这个不归我们管"
ELSEWHERE = "客服:您好,云栖热线\n客户:我要退款\n客服:不是我们部门的事"
KIND = "客服:您好,云栖热线\n客户:我要退款\n客服:我马上帮您办"


@pytest.fixture
def told(cast: Cast) -> str:
    """Forty conversations, ten of which push the customer away; the secret of the feed `pbx`."""
    cast.first.owner = cast.quan
    cast.first.save()
    for at in range(40):
        turns = {0: PUSHED, 4: ELSEWHERE}.get(at % 8, KIND)
        make_contact(f"T{at:02}", agent=["1002", "1003", "2002"][at % 3], turns=turns)
    return open_feed(source_named("pbx"), by=cast.sol)[1]


@pytest.fixture
def site(told: str, tmp_path, until) -> Iterator[Site]:
    """Pages, worker and live process on a copy of what the tests hold so far."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite copies a database into a file")
    file = tmp_path / "house.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    processes = "lingzhi.inspections.tests.process_settings"
    house = House(tmp_path, f"sqlite:///{file}", processes)
    keys = {"KEK_FILE": "keys/personal-data.json", "SECRET_KEY_FILE": "secret_key"}
    house.environment |= {name: str(settings.DATA_DIR / path) for name, path in keys.items()}
    site = Site(house)
    try:
        house.start("runserver", f"127.0.0.1:{site.port}", "--noreload")
        house.start("worker")
        house.start("live")
        until(lambda: site.status() != "down")
        yield site
    finally:
        house.stop()


def test_from_an_idea_to_a_finding_while_somebody_talks(chromium, site: Site, told: str) -> None:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=site.address
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    _sign_in(page)
    _write(page)
    _see_why_it_misses(page)
    _mend(page)
    _save(page)
    _back_test(page)
    _publish(page)
    _run(page)
    _watch(page, site, told)
    context.close()


def _sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", "3001")
    page.fill("input[name=password]", "correct horse")
    page.click("form:has(input[name=password]) button.btn-primary")
    page.wait_for_url(lambda url: "sign-in" not in url)


def _write(page: Page) -> None:
    page.goto("/inspections/rules/")
    page.locator(".lz-head a.btn-primary").click()
    page.fill("[name=title_zh]", "推开客户")
    page.fill("[name=id]", "ownership.pushed")
    page.select_option("[name=severity]", "severe")
    page.fill("[name=c0-p_words]", "不归我们管")
    expect(page.locator("#check")).to_contain_text("命中")  # an example of each is missing
    page.fill("[name=tests_hit]", "客户：退款\n客服：这个不归我们管")
    page.fill("[name=tests_miss]", "客服：我帮您转接")


def _see_why_it_misses(page: Page) -> None:
    page.fill("#number", "T04")
    page.locator("button[formaction$='/try/']").click()
    expect(page.locator("#trial")).to_contain_text("未命中")
    expect(page.locator("#trial .lz-why")).to_contain_text("不成立")
    expect(page.locator("#trial .lz-turns")).to_contain_text("不是我们部门的事")


def _mend(page: Page) -> None:
    _add_a_condition(page)
    page.fill("[name=when]", "a or b")
    expect(page.locator("#check .lz-good")).to_be_visible()
    page.locator("button[formaction$='/try/']").click()
    expect(page.locator("#trial .lz-turns mark")).to_have_text("不是我们部门")
    page.locator("button[formaction$='/test/']").click()
    expect(page.locator("#test")).to_contain_text("40 条中命中 10 条")


def _add_a_condition(page: Page) -> None:
    page.select_option("[name=add_op]", "text.regex")
    page.locator("button[value=add]").click()
    expect(page.locator(".lz-condition")).to_have_count(2)
    page.select_option("[name=c1-op]", "text.keyword")
    expect(page.locator("[name=c1-p_words]")).to_be_visible()
    page.fill("[name=c1-p_words]", "不是我们部门")
    expect(page.locator("[name=c0-p_words]")).to_have_value("不归我们管")


def _save(page: Page) -> None:
    page.locator("button.btn-primary[value=save]").click()
    page.wait_for_url(re.compile(r"/rules/\d+/$"))
    expect(page.locator(".lz-messages")).to_contain_text("第 1 版")


def _back_test(page: Page) -> None:
    page.locator(".lz-acts a[href*='/back-tests/new/']").click()
    expect(page.locator("#count")).to_contain_text("40")
    page.locator("form.lz-form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/back-tests/\d+/$"))
    expect(page.locator("#gained-title")).to_contain_text("10")  # the page notices by itself


def _publish(page: Page) -> None:
    page.locator("lz-confirm:has(#activate) > button").click()
    page.locator("#activate textarea").fill("四十条回测过")
    page.locator("#activate button.btn-primary").click()
    expect(page.locator(".lz-messages")).to_contain_text("第 1 版")


def _run(page: Page) -> None:
    page.goto("/inspections/runs/new/")
    expect(page.locator("#count")).to_contain_text("40")
    page.fill("[name=agent]", "1002")
    page.locator("[name=agent]").blur()
    expect(page.locator("#count")).to_contain_text("14")
    page.locator("form.lz-form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/runs/\d+/$"))
    expect(page.locator("main")).to_contain_text("完成")  # the page notices by itself
    page.locator(".lz-head a[href='/inspections/results/']").click()
    expect(page.locator("#rows")).to_contain_text("推开客户")


def _watch(page: Page, site: Site, secret: str) -> None:
    """On the floor while a phone system tells what is said, until the conversation is kept."""

    def tell(*events: dict[str, object]) -> None:
        address = f"{site.address}/contacts/feeds/pbx/events/"
        tell_site(address, secret, [{"id": "L1", **event} for event in events])

    def turn(seq: int, role: str, text: str) -> dict[str, object]:
        return {"type": "turn", "seq": seq, "role": role, "text": text}

    page.goto("/inspections/live/")
    expect(page.locator("#rows")).to_contain_text("此刻没有进行中的联络")
    expect(page.locator("#rows")).not_to_contain_text("没有运行")
    tell({"type": "opened", "channel": "phone", "agent": "1002"}, turn(1, "customer", "我要退货"))
    expect(page.locator("#rows tbody")).to_contain_text("L1")
    page.click("#rows tbody tr")
    expect(page.locator("#talk")).to_contain_text("我要退货")
    tell(turn(2, "agent", "这个不归我们管"))
    expect(page.locator("#turn-2 mark")).to_have_text("不归我们管")
    expect(page.locator("#talk .lz-finding")).to_contain_text("推开客户")
    tell({"type": "closed", "ended_by": "customer"})
    page.click("#talk a.btn")
    expect(page.locator("h1")).to_contain_text("L1")
    page.goto("/notices/")
    expect(page.locator("main")).to_contain_text("正在发生：推开客户")

"""A visitor and an agent talk, a rule fires live, a supervisor whispers and takes over (J5); the
visitor judges the chat badly, and the leader sets it right."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, FrameLocator, Page, expect

from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import Case
from lingzhi.conftest import Cast, do_jobs
from lingzhi.contacts.factories import make_chat_site
from lingzhi.contacts.models import ChatSite
from lingzhi.core.clock import today
from lingzhi.core.tests.house import House
from lingzhi.core.tests.served import Site
from lingzhi.inspections.factories import make_rule
from lingzhi.org.models import Calendar
from lingzhi.org.models.calendars import Opening
from lingzhi.surveys.factories import make_rule as ask_after
from lingzhi.surveys.services.inviting import invite as note_due

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


class Shop(BaseHTTPRequestHandler):
    """A page of somebody else, with the line that offers the chat."""

    line = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        html = f"<!doctype html><html lang=zh-CN><body><h1>Shop</h1>{self.line}</body></html>"
        self.wfile.write(html.encode())

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@pytest.fixture
def shop() -> Iterator[str]:
    """The origin of the shop."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def offered(cast: Cast, shop: str) -> ChatSite:
    always = Calendar.objects.create(
        name="全天", country="CN", zone="Asia/Shanghai", is_default=True,
        published_from=today() - timedelta(days=9), published_until=today() + timedelta(days=99),
    )  # fmt: skip
    Opening.objects.bulk_create(
        Opening(calendar=always, weekday=day, slots="00:00-24:00") for day in range(7)
    )
    make_rule()
    with_flows()
    ask_after(by=cast.quan, mode="chat")
    return make_chat_site(cast.first, origins=[shop])


@pytest.fixture
def site(offered: ChatSite, tmp_path, until) -> Iterator[Site]:
    """Pages and the live process on a copy of what the tests hold so far."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite copies a database into a file")
    file = tmp_path / "house.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    house = House(tmp_path, f"sqlite:///{file}", "lingzhi.inspections.tests.process_settings")
    keys = {"KEK_FILE": "keys/personal-data.json", "SECRET_KEY_FILE": "secret_key"}
    house.environment |= {name: str(settings.DATA_DIR / path) for name, path in keys.items()}
    site = Site(house)
    try:
        house.start("runserver", f"127.0.0.1:{site.port}", "--noreload")
        house.start("live")
        until(lambda: site.status("healthz") != "down")
        yield site
    finally:
        house.stop()


def test_a_supervisor_steps_into_a_chat(chromium, site: Site, offered: ChatSite) -> None:
    agent = _signed_in(chromium, site, "1002")
    agent.goto("/chat/")
    agent.click("button[value=ready]")
    widget = _visitor(chromium, site, offered)
    widget.locator("#c-start").click()
    _write(widget, "我要退货，手机13800002071")
    expect(agent.locator("#chat-log")).to_contain_text("我要退货，手机13800002071")
    _answer(agent, "这个不归我们管")
    expect(widget.locator("#c-log")).to_contain_text("这个不归我们管")
    expect(widget.locator(".c-read")).to_have_count(1)

    lead = _signed_in(chromium, site, "1001")
    lead.goto("/inspections/live/")
    expect(lead.locator("#rows tbody .lz-tag-bad")).to_have_count(1)  # the finding, as it fires
    lead.click("#rows tbody a[data-row]")
    expect(lead.locator("#turn-2 mark")).to_have_text("不归我们管")
    expect(lead.locator("#talk")).not_to_contain_text("13800002071")
    lead.fill("#whisper", "先道歉")
    lead.click("form[action*=whisper] button")
    expect(agent.locator("#chat-log .lz-chat-whisper")).to_contain_text("先道歉")
    lead.locator("lz-confirm:has(#take-over) > button").click()
    lead.fill("#take-over-reason", "客户要求主管")
    lead.click("#take-over button.btn-primary")
    _answer(lead, "我来帮您办理")
    expect(widget.locator("#c-log")).to_contain_text("我来帮您办理")
    expect(widget.locator("#c-state")).to_contain_text("1001")
    expect(widget.locator("#c-log")).not_to_contain_text("先道歉")
    widget.locator("#c-end").click()
    widget.locator("#c-yes").click()
    expect(widget.locator("#c-save")).to_be_visible()
    expect(lead.locator("#chat-talk a.btn[href*='/contacts/']")).to_be_visible()
    with site.house.inside():
        note_due()
    phone = _judged_badly(chromium, lead)
    with site.house.inside():
        do_jobs()
    _set_right(lead)
    with site.house.inside():
        assert Case.objects.get(type__code="recovery").is_closed
    for page in (agent, lead, phone, widget.owner.page):
        page.context.close()


def _judged_badly(chromium: Browser, lead: Page) -> Page:
    """The leader hands over the link of the survey; the customer answers it on a phone."""
    lead.goto("/surveys/")
    lead.click("form[action$='/link/'] button")
    link = lead.locator(".lz-code").inner_text().split()[0]
    phone = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", is_mobile=True
    ).new_page()
    phone.goto(link)
    phone.check("[name='q.overall'][value='1']", force=True)
    phone.click(".lz-form-actions button")
    phone.fill("[name='q.words']", "没有人道歉")
    phone.click(".lz-form-actions button")
    expect(phone.locator("main")).to_contain_text("感谢您的评价")
    return phone


def _set_right(lead: Page) -> None:
    """The case of recovery, with its own clock: taken on, solved, told, closed."""
    lead.goto("/cases/")
    lead.locator("#rows tr", has_text="服务补救").locator("a").first.click()
    clock = lead.locator("section", has_text="首次响应").first
    expect(clock).to_contain_text("运行中")
    lead.click("form[action$='/take/'] button")
    for step in ("register", "assign", "begin", "solve"):
        lead.fill("#step-reason", "已致歉并办理")
        lead.click(f"button[name=step][value={step}]")
    lead.fill("[name=method]", "已致歉，退货当天办理")
    lead.click("form[action$='/tell/'] button")
    lead.check("[name=satisfaction][value=satisfied]", force=True)
    lead.click("form[action$='/answer/'] button")
    lead.fill("#step-reason", "客户认可")
    lead.click("button[name=step][value=close]")
    expect(lead.locator("h1")).to_contain_text("已办结")


def _signed_in(chromium: Browser, site: Site, staff_no: str) -> Page:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=site.address
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto("/sign-in/")
    page.fill("input[name=login]", staff_no)
    page.fill("input[name=password]", "correct horse")
    page.click("form:has(input[name=password]) button.btn-primary")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def _visitor(chromium: Browser, site: Site, offered: ChatSite) -> FrameLocator:
    """Somebody on a page of the shop, who opens the chat."""
    source = f"{site.address}/static/contacts/chat-widget.js"
    Shop.line = f'<script src="{source}" data-site="{offered.key}"></script>'
    page = chromium.new_context(locale="zh-CN").new_page()
    page.set_default_timeout(20_000)
    page.goto(offered.origins[0])
    page.click("body > button")
    return page.frame_locator("iframe")


def _answer(desk: Page, text: str) -> None:
    """At the desk, once it is ready for it."""
    expect(desk.locator("#chat-form textarea")).to_be_focused()
    desk.keyboard.type(text)
    desk.keyboard.press("Enter")


def _write(widget: FrameLocator, text: str) -> None:
    widget.locator("#c-text").fill(text)
    widget.locator("#c-text").press("Enter")

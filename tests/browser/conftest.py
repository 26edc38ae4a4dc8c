"""A real Chromium against the real site. Texts are Chinese, as people see them by default."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page, expect, sync_playwright

from lingzhi.accounts.models import User

# Playwright's synchronous interface runs an event loop of its own in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    expect.set_options(timeout=20_000)  # three browsers share two cores
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def requests_answered() -> Iterator[None]:
    """At the end nobody asks the server any more, so that the database can be emptied."""
    under_way: list[int] = []

    def begin(**_: object) -> None:
        under_way.append(1)

    def end(**_: object) -> None:
        under_way.pop()

    request_started.connect(begin)
    request_finished.connect(end)
    try:
        yield
        deadline = time.monotonic() + 10
        while under_way and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)


@pytest.fixture
def tab(chromium, live_server, django_db_serialized_rollback) -> Iterator[Page]:
    """One tab at desktop width. Any error the browser's console shows fails the test."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=live_server.url
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda line: (
            faults.append(line.text)
            if line.type == "error" and "Failed to load resource" not in line.text
            else None
        ),
    )
    with requests_answered():
        yield page
        seen = list(faults)
        context.set_offline(True)  # a page that is left would still tell what was heard
        context.close()
    assert seen == []


@pytest.fixture
def enter(tab) -> Callable[[User], Page]:
    """`enter(cast.quan)`: signed in through the form, as this person."""

    def sign_in(user: User) -> Page:
        tab.goto("/sign-in/")
        tab.fill("input[name=login]", user.staff_no)
        tab.fill("input[name=password]", "correct horse")
        tab.click("form:has(input[name=password]) button.btn-primary")
        tab.wait_for_url(lambda url: "sign-in" not in url)
        return tab

    return sign_in

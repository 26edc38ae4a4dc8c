"""A real Chromium against the real site. Texts are Chinese, as people see them by default."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


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
    yield page
    context.close()
    assert faults == []


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

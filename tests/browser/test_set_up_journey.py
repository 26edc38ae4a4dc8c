"""J11: an empty installation is founded in the browser, and its founder signs in."""

import pytest

from lingzhi.accounts.models import User
from lingzhi.org.models import Unit
from lingzhi.org.services import setup_token

pytestmark = pytest.mark.browser

PASSWORD = "Correct-horse-2026"


def test_an_empty_installation_is_founded(tab, transactional_db):
    tab.goto("/")
    tab.wait_for_url("**/setup/**")
    tab.fill("input[name=token]", setup_token())
    tab.fill("input[name=company]", "云栖生活")
    tab.fill("input[name=centre]", "云栖热线中心")
    for number, role in enumerate(("system", "security", "audit"), start=1):
        tab.fill(f"input[name={role}_staff_no]", f"900{number}")
        tab.fill(f"input[name={role}_name]", f"管理员{number}")
        tab.fill(f"input[name={role}_password]", PASSWORD)
    tab.click("form.lz-form button.btn-primary")
    tab.wait_for_selector("a[href*='sign-in']")
    assert User.objects.count() == 3
    assert [unit.name for unit in Unit.objects.all()] == ["云栖生活", "云栖热线中心"]
    tab.click("a[href*='sign-in']")
    tab.fill("input[name=login]", "9001")
    tab.fill("input[name=password]", PASSWORD)
    tab.click("form:has(input[name=password]) button.btn-primary")
    tab.wait_for_selector("nav.lz-nav")
    assert "管理员1" in tab.content()


def test_a_stranger_without_the_token_founds_nothing(tab, transactional_db):
    tab.goto("/setup/")
    tab.fill("input[name=token]", "guess")
    tab.fill("input[name=company]", "x")
    tab.fill("input[name=centre]", "y")
    for number, role in enumerate(("system", "security", "audit"), start=1):
        tab.fill(f"input[name={role}_staff_no]", f"900{number}")
        tab.fill(f"input[name={role}_name]", "z")
        tab.fill(f"input[name={role}_password]", PASSWORD)
    tab.click("form.lz-form button.btn-primary")
    tab.wait_for_selector("[aria-invalid=true], .invalid-feedback, .lz-error, [role=alert]")
    assert not User.objects.exists()

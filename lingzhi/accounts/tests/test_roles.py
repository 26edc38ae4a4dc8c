from django.urls import reverse

from lingzhi.accounts.capabilities import CAPABILITIES
from lingzhi.accounts.roles import ROLES, SEPARATED


def test_the_page_shows_every_role_and_right(as_, cast):
    page = as_(cast.sam).get(reverse("accounts:roles"))
    assert [role.code for role in page.context["roles"]] == list(ROLES)
    assert len(page.context["table"]) == len(CAPABILITIES)


def test_the_three_administrations_share_no_power_over_each_other():
    powers = {"accounts.manage", "accounts.assign", "accounts.secure", "audit.search"}
    held = {role: ROLES[role].capabilities & powers for role in SEPARATED}
    assert held == {
        "system_admin": {"accounts.manage"},
        "security_admin": {"accounts.assign", "accounts.secure"},
        "audit_admin": {"audit.search"},
    }


def test_the_three_administrations_need_a_second_factor():
    assert all(ROLES[role].is_privileged for role in SEPARATED)

"""Every name in the explicit lists of the settings exists."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

LISTS = (
    "JOBS",
    "CONTROLS",
    "MEASURES",
    "PANELS",
    "ORIGINS",
    "CHANGES",
    "IMPORTS",
    "MENU",
    "SUBJECTS",
    "CHECKS",
    "SEEDS",
)


@pytest.mark.parametrize("name", LISTS)
def test_every_listed_name_exists(name):
    for path in getattr(settings, name):
        assert import_string(path) is not None


def test_every_menu_entry_leads_somewhere_and_asks_for_a_known_right():
    from django.urls import reverse

    from lingzhi.accounts.capabilities import CAPABILITIES
    from lingzhi.core.menu import items

    for item in items():
        assert reverse(item.view)
        assert item.capability == "" or item.capability in CAPABILITIES


def test_every_role_grants_known_capabilities():
    from lingzhi.accounts.capabilities import CAPABILITIES
    from lingzhi.accounts.roles import ROLES

    for role in ROLES.values():
        assert role.capabilities <= CAPABILITIES.keys(), role.code

from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("settings", _("Roles"), "accounts:roles", "key", "accounts.read", order=70),
    MenuItem(
        "settings",
        _("Security policy"),
        "accounts:policy",
        "shield-lock",
        "accounts.secure",
        order=72,
    ),
]

from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("assure", _("Roles"), "accounts:roles", "key", "accounts.read", order=70),
    MenuItem(
        "assure",
        _("Security policy"),
        "accounts:policy",
        "shield-lock",
        "accounts.secure",
        order=72,
    ),
]

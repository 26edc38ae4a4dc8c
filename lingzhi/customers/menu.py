from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("daily", _("Customers"), "customers:list", "user", "customers.read", 20),
    MenuItem(
        "improve", _("Customers' opinions"), "customers:opinions", "message-circle",
        "customers.answer", 40,
    ),
]  # fmt: skip

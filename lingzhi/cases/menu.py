from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("daily", _("Service cases"), "cases:list", "inbox", "cases.read", 12),
    MenuItem("daily", _("Complaints"), "cases:complaints", "alert-circle", "cases.read", 13),
    MenuItem(
        "daily", _("Register a complaint"), "cases:register_complaint", "flag", "cases.complain", 14
    ),
    MenuItem("assure", _("Case flows and limits"), "cases:flows", "route", "cases.read", 40),
]

from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("daily", _("My desk"), "cases:desk", "layout-dashboard", "cases.work", 5),
    MenuItem("daily", _("Service cases"), "cases:list", "inbox", "cases.read", 12),
    MenuItem("daily", _("Follow-ups"), "cases:follow_ups", "phone", "cases.read", 13),
    MenuItem("daily", _("Front desk"), "cases:receptions", "users", "cases.open", 14),
    MenuItem("daily", _("Work orders"), "cases:work_orders", "send", "cases.read", 13),
    MenuItem("daily", _("Dispatch board"), "cases:dispatch_board", "chart-bar", "cases.read", 14),
    MenuItem("daily", _("Visits to customers"), "cases:visits", "calendar-time", "cases.read", 15),
    MenuItem("daily", _("Work contact sheets"), "cases:sheets", "file-text", "cases.read", 16),
    MenuItem("daily", _("Complaints"), "cases:complaints", "alert-circle", "cases.read", 13),
    MenuItem(
        "daily", _("Register a complaint"), "cases:register_complaint", "flag", "cases.complain", 14
    ),
    MenuItem("assure", _("Case flows and limits"), "cases:flows", "route", "cases.read", 40),
]

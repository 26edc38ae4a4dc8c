from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

READ = "cases.read"
SET_UP = (
    "cases:types", "cases:fields", "cases:limits", "cases:escalations", "cases:targets",
    "cases:what_if", "cases:numbers", "cases:dictionaries",
    "cases:recognition",
)  # fmt: skip
ITEMS = [
    MenuItem("daily", _("My desk"), "cases:desk", "layout-dashboard", "cases.work", 5),
    MenuItem("daily", _("Service cases"), "cases:list", "inbox", READ, 12),
    MenuItem("cases", _("Complaints"), "cases:complaints", "alert-circle", READ, 10),
    MenuItem(
        "cases", _("Register a complaint"), "cases:register_complaint", "flag", "cases.complain", 12
    ),
    MenuItem("cases", _("Follow-ups"), "cases:follow_ups", "phone", READ, 20),
    MenuItem(
        "cases", _("Work orders"), "cases:work_orders", "send", READ, 30, also=("cases:directory",)
    ),
    MenuItem("cases", _("Dispatch board"), "cases:dispatch_board", "chart-bar", READ, 32),
    MenuItem("cases", _("Visits to customers"), "cases:visits", "calendar-time", READ, 40),
    MenuItem("cases", _("Front desk"), "cases:receptions", "users", "cases.open", 42),
    MenuItem(
        "cases",
        _("Sheets and major matters"),
        "cases:sheets",
        "file-text",
        READ,
        44,
        also=("cases:major_matters", "cases:process_reviews"),
    ),
    MenuItem("settings", _("Case flows and limits"), "cases:flows", "route", READ, 40, also=SET_UP),
    MenuItem(
        "cases",
        _("Forum"),
        "cases:forum",
        "message-circle",
        READ,
        47,
        also=("cases:forum_duty",),
    ),
    MenuItem("cases", _("Suitable channels"), "cases:steering", "route", READ, 48),
    MenuItem("cases", _("Reply templates"), "cases:replies", "messages", "cases.work", 46),
]

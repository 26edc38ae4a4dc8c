from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("overview", _("Overview"), "home", "layout-dashboard", "", 10),
    MenuItem("daily", _("Live floor"), "inspections:floor", "activity", "inspections.read", 15),
    MenuItem("daily", _("Results"), "inspections:results", "chart-bar", "inspections.read", 20),
    MenuItem("daily", _("Scores"), "inspections:reviews", "star", "inspections.read", 25),
    MenuItem(
        "people", _("Quality archives"), "inspections:archives", "archive", "inspections.read", 70
    ),
    MenuItem("people", _("Service grades"), "inspections:grades", "award", "inspections.read", 75),
    MenuItem(
        "daily", _("Daily supervision"), "inspections:supervision", "eye", "inspections.read", 35
    ),
    MenuItem(
        "assure", _("Quality gate"), "inspections:gates", "shield-check", "inspections.score", 17
    ),
    MenuItem(
        "assure",
        _("Joint inspections"),
        "inspections:joints",
        "users-group",
        "inspections.read",
        18,
    ),
    MenuItem("assure", _("Rules"), "inspections:rules", "list-check", "inspections.read", 10),
    MenuItem(
        "assure", _("Score sheets"), "inspections:sheets", "clipboard-check", "inspections.read", 15
    ),
    MenuItem(
        "assure", _("Inspection runs"), "inspections:runs", "player-play", "inspections.run", 20
    ),
]

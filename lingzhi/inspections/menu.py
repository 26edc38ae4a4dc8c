from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("overview", _("Overview"), "home", "layout-dashboard", "", 10),
    MenuItem("daily", _("Live floor"), "inspections:floor", "activity", "inspections.read", 15),
    MenuItem("daily", _("Watched live"), "inspections:watches", "eye", "inspections.read", 17),
    MenuItem("daily", _("Results"), "inspections:results", "chart-bar", "inspections.read", 20),
    MenuItem("daily", _("My tasks"), "inspections:tasks", "checklist", "inspections.score", 22),
    MenuItem("daily", _("Scores"), "inspections:reviews", "star", "inspections.read", 25),
    MenuItem("daily", _("My quality"), "inspections:own", "award", "inspections.read", 26),
    MenuItem(
        "daily",
        _("Scores of my team"),
        "inspections:team_scores",
        "users",
        "inspections.decide_appeals",
        27,
    ),
    MenuItem("daily", _("Appeals"), "inspections:appeals", "gavel", "inspections.read", 27),
    MenuItem("assure", _("Rules"), "inspections:rules", "list-check", "inspections.read", 10),
    MenuItem(
        "assure", _("Inspection plans"), "inspections:plans", "target", "inspections.read", 12
    ),
    MenuItem(
        "assure", _("Score sheets"), "inspections:sheets", "clipboard-check", "inspections.read", 15
    ),
    MenuItem(
        "assure", _("Monthly close"), "inspections:closing", "lock", "inspections.recheck", 21
    ),
    MenuItem("assure", _("Fair at work"), "inspections:fair", "heart-handshake", "", 70),
    MenuItem(
        "assure",
        _("Settings of inspection"),
        "inspections:policies",
        "adjustments",
        "inspections.set_policy",
        22,
        "assure", _("Typical cases"), "inspections:typical_cases", "school", "inspections.read", 17
    ),
    MenuItem(
        "assure", _("Inspection runs"), "inspections:runs", "player-play", "inspections.run", 20
    ),
    MenuItem(
        "assure", _("Gaming signals"), "inspections:gaming", "alert-triangle",
        "inspections.recheck", 45,
    ),
]  # fmt: skip

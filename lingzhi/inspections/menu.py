from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

READ, SCORE = "inspections.read", "inspections.score"
ITEMS = [
    MenuItem("overview", _("Overview"), "home", "layout-dashboard", "", 10),
    MenuItem(
        "daily", _("Live floor"), "inspections:floor", "activity", READ, 15,
        also=("inspections:calls",),
    ),
    MenuItem(
        "daily", _("Alerts"), "inspections:alerts", "bell", "contacts.floor", 18,
        also=("inspections:alert_limits",),
    ),
    MenuItem("daily", _("Results"), "inspections:results", "chart-bar", READ, 20),
    MenuItem("judge", _("My tasks"), "inspections:tasks", "checklist", SCORE, 10),
    MenuItem("judge", _("Scores"), "inspections:reviews", "star", READ, 15),
    MenuItem("judge", _("My quality"), "inspections:own", "award", READ, 20),
    MenuItem(
        "judge", _("Scores of my team"), "inspections:team_scores", "users",
        "inspections.decide_appeals", 22,
    ),
    MenuItem("judge", _("Appeals"), "inspections:appeals", "gavel", READ, 25),
    MenuItem("judge", _("Typical cases"), "inspections:typical_cases", "school", READ, 30),
    MenuItem("judge", _("Daily supervision"), "inspections:supervision", "users-group", READ, 40),
    MenuItem("judge", _("Joint inspections"), "inspections:joints", "users", READ, 42),
    MenuItem("judge", _("Quality gate"), "inspections:gates", "shield-check", SCORE, 45),
    MenuItem(
        "judge", _("Watched live"), "inspections:watches", "eye", READ, 50,
        also=("inspections:commands",),
    ),
    MenuItem("people", _("Quality archives"), "inspections:archives", "archive", READ, 70),
    MenuItem("people", _("Service grades"), "inspections:grades", "award", READ, 75),
    MenuItem("assure", _("Rules"), "inspections:rules", "list-check", READ, 10),
    MenuItem(
        "assure", _("Inspection runs"), "inspections:runs", "player-play", "inspections.run", 12
    ),
    MenuItem("assure", _("Score sheets"), "inspections:sheets", "clipboard-check", READ, 20),
    MenuItem("assure", _("Inspection plans"), "inspections:plans", "target", READ, 22),
    MenuItem("assure", _("Calibrations"), "inspections:calibrations", "scale", SCORE, 24),
    MenuItem("assure", _("Inspectors’ quality"), "inspections:inspectors", "user-check", SCORE, 26),
    MenuItem(
        "assure", _("Gaming signals"), "inspections:gaming", "alert-triangle",
        "inspections.recheck", 28,
    ),
    MenuItem(
        "assure", _("Monthly close"), "inspections:closing", "lock", "inspections.recheck", 30
    ),
    MenuItem(
        "settings", _("Settings of inspection"), "inspections:policies", "adjustments",
        "inspections.set_policy", 68,
    ),
    MenuItem("assure", _("Fair at work"), "inspections:fair", "heart-handshake", "", 70),
]  # fmt: skip

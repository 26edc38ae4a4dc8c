from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("figures", _("Reports"), "reports:list", "report-analytics", "reports.read", 40),
    MenuItem(
        "figures", _("Complaint statistics"), "reports:complaints", "chart-bar", "reports.read", 41
    ),
    MenuItem("figures", _("Voices side by side"), "reports:voice", "messages", "surveys.read", 31),
    MenuItem("figures", _("Demand"), "reports:demand", "chart-line", "kpis.read", 44),
    MenuItem("figures", _("Way of customers"), "reports:weak_steps", "route", "kpis.read", 46),
    MenuItem("figures", _("Units side by side"), "reports:units", "users", "kpis.read", 43),
    MenuItem("figures", _("Before and after"), "reports:effects", "history", "kpis.read", 45),
    MenuItem("figures", _("Analysis"), "reports:pivot", "adjustments", "kpis.read", 42),
]

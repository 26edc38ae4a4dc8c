from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("overview", _("Indicators"), "kpis:dashboard", "chart-line", "kpis.read", 20),
    MenuItem("overview", _("Alerts of indicators"), "kpis:alerts", "bell", "kpis.read", 22),
]

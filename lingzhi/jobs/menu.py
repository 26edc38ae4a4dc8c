from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [MenuItem("settings", _("Background work"), "jobs:list", "progress-check", "jobs.read", 70)]

from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [MenuItem("settings", _("Imports"), "imports:list", "upload", "imports.run", 20)]

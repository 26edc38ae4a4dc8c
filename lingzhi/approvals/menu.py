from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [MenuItem("assure", _("Approvals"), "approvals:list", "checklist", "approvals.decide", 40)]

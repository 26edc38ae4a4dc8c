from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

READ = "governance.read"
ITEMS: list[MenuItem] = [
    MenuItem(
        "assure", _("Goals and plans"), "governance:goals", "target", READ, 30,
        also=("governance:plans",),
    ),
]  # fmt: skip

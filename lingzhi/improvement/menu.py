from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

READ = "improvement.read"
ITEMS = [
    MenuItem(
        "improve", _("Rectifications"), "improvement:rectifications", "list-check", READ, 10,
        also=("improvement:plans", "improvement:repeats"),
    )
]  # fmt: skip

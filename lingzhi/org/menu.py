from django.utils.translation import gettext_lazy as _

from lingzhi.core.menu import MenuItem

ITEMS = [
    MenuItem("people", _("People"), "org:people", "users", "accounts.read", order=10),
    MenuItem("people", _("Organisation"), "org:units", "binary-tree", "org.read", order=12),
    MenuItem("people", _("Posts"), "org:posts", "award", "org.read", order=14),
    MenuItem("people", _("Groups"), "org:groups", "users-group", "org.read", order=16),
    MenuItem("people", _("Duty and absence"), "org:duty", "clock", "org.duty", order=18),
    MenuItem("people", _("Supervision"), "org:supervision", "route", "org.read", order=20),
    MenuItem("people", _("Service culture"), "org:culture", "heart-handshake", "org.read", 17),
    MenuItem("people", _("Calendars"), "org:calendars", "calendar", "org.read", order=22),
    MenuItem(
        "assure", _("Personal data"), "org:privacy", "shield-lock", "org.privacy", 61,
        also=(
            "conformity:told", "conformity:refused", "conformity:assessments",
            "conformity:requests",
        ),
    ),
]  # fmt: skip

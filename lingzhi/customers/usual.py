"""The classes of customers that regulations speak of most, to begin with."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# code, name, rank, important, what they get, rule, threshold
USUAL: tuple[tuple[str, str | Promise, int, bool, str | Promise, str, int | None], ...] = (
    ("vip", _("VIP member"), 90, True, _("Own queue; answered first."), "by_hand", None),
    ("important", _("Important customer"), 80, True,
     _("Called back after each solution; a relationship manager of their own."), "by_hand", None),
    ("valuable", _("High-value customer"), 70, True,
     _("Offered new business first; visited every quarter."), "bought", 5),
    ("special", _("With special needs"), 60, True,
     _("Served by people who are trained for it; called back."), "special", None),
    ("company", _("Business customer"), 50, False, _("One contact for all matters."),
     "company", None),
    ("new", _("New customer"), 30, False, _("Welcomed; asked after the first month."), "new", 90),
    ("old", _("Old customer"), 20, False, _("Thanked at the end of the year."), "old", 365),
    ("registered", _("Registered user"), 10, False, _("Usual service."), "by_hand", None),
)  # fmt: skip

"""The events of which other systems may be told. Whoever announces one adds its line here.

The codes stand at the other side for ever; the words may change.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, str | Promise] = {
    "case.opened": _("Case registered"),
    "case.moved": _("Case moved on"),
    "case.told": _("Customer told"),
    "case.warned": _("A time limit of a case is running out"),
    "case.late": _("A time limit ran over"),
    "case.escalated": _("A level of escalation was reached"),
    "case.closed": _("Case closed"),
    "case.reopened": _("Case reopened"),
    "customer.merged": _("Files of one customer merged"),
}

"""Giving numbers without gaps and without doubles, whoever else gives some at that moment."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Numbering, Serial
from lingzhi.cases.queries.numbers import is_pattern, number_of, pattern_of, period_of
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput

KINDS = ("case", "complaint")


def take_number(kind: str) -> str:
    """The next number of a kind. The counter's row stays locked until the transaction ends.

    So a number that is rolled back was never given: no gap. Call it as late as possible.
    """
    return take_numbers(kind, 1)[0]


def take_numbers(kind: str, many: int) -> list[str]:
    """The next `many` numbers of a kind, as `take_number` gives one."""
    assert transaction.get_connection().in_atomic_block
    day = today()
    pattern = pattern_of(kind)
    period = period_of(pattern, day)
    Serial.objects.bulk_create([Serial(kind=kind, period=period)], ignore_conflicts=True)
    row = Serial.objects.filter(kind=kind, period=period)
    row.update(last=F("last") + many)
    last = row.get().last
    return [number_of(pattern, day, serial) for serial in range(last - many + 1, last + 1)]


@transaction.atomic
def set_pattern(kind: str, pattern: str, *, by: User | None) -> None:
    """Another look for numbers from now on. Raises BadInput where they could come twice."""
    if not is_pattern(pattern):
        raise BadInput(
            _("A pattern has one {serial:4} and, with {month}, the {year} too."), field="pattern"
        )
    if any(pattern_of(other) == pattern for other in KINDS if other != kind):
        raise BadInput(_("Another kind of number has this pattern."), field="pattern")
    numbering, _new = Numbering.objects.get_or_create(kind=kind)
    before = {"pattern": numbering.pattern}
    numbering.pattern = pattern
    numbering.save()
    record(by, "cases.pattern_set", numbering, before=before, after={"pattern": pattern})

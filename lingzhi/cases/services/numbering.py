"""Giving numbers without gaps and without doubles, whoever else gives some at that moment."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Numbering, Serial
from lingzhi.cases.queries.numbers import is_pattern, number_of, pattern_of, period_of
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding
from lingzhi.core.errors import BadInput, DomainError

KINDS = ("case", "complaint")


class PatternOfRulebook(DomainError):
    message = _("This pattern comes from a regulation; change it there.")


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
    """Another look for numbers from now on. Raises BadInput where they could come twice, and
    PatternOfRulebook where a clause wants the one there is."""
    if Numbering.objects.filter(kind=kind, control_id__isnull=False).exists():
        raise PatternOfRulebook()
    _set(kind, pattern, by=by)


@transaction.atomic
def demand_pattern(binding: Binding, *, by: User | None) -> None:
    """The pattern of a clause in force; nobody changes it by hand meanwhile.

    There is one pattern in the house: where another clause has one already, this one is refused.
    """
    kind, pattern = _numbered(binding), binding.values["pattern"]
    held = Numbering.objects.filter(kind=kind, control_id__isnull=False)
    if held.exclude(pattern=pattern).exclude(reference=binding.reference[:120]).exists():
        raise PatternOfRulebook()
    if pattern_of(kind) != pattern:
        _set(kind, pattern, by=by)
    Numbering.objects.update_or_create(
        kind=kind,
        defaults={"control_id": binding.control_id, "reference": binding.reference[:120]},
        create_defaults={
            "pattern": pattern, "control_id": binding.control_id,
            "reference": binding.reference[:120],
        },
    )  # fmt: skip


@transaction.atomic
def release_pattern(binding: Binding, *, by: User | None) -> None:
    """The clause is out of force: the pattern stays until somebody sets another one."""
    rows = Numbering.objects.filter(kind=_numbered(binding), control_id=binding.control_id)
    for numbering in rows:
        rows.filter(pk=numbering.pk).update(control_id=None, reference="")
        record(by, "cases.pattern_released", numbering, after={"for": binding.reference})


def _numbered(binding: Binding) -> str:
    return "complaint" if binding.values.get("case") == "complaint" else "case"


def _set(kind: str, pattern: str, *, by: User | None) -> None:
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

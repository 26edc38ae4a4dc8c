"""Whether customers were called back in time, as a clause demands (回访)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from lingzhi.cases.models import FollowUp
from lingzhi.cases.queries.clauses import BROKEN, KEPT, UNKNOWN, Judged
from lingzhi.core.clock import midnight, now
from lingzhi.core.controls import Binding

State, Why = FollowUp.State, FollowUp.Why
DAY = timedelta(days=1)
AT_ONCE = 500


def follow_ups_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """What the clause's own rules asked for and was due on these days.

    Of whom nobody could be called for want of a number, or in a calendar that is not published,
    nothing is known. Who must not be called, or was not drawn, is not counted.
    """
    begin, end = midnight(first), midnight(last + DAY)
    due = Q(due_at__gte=begin, due_at__lt=end) | Q(due_at=None, from_at__gte=begin, from_at__lt=end)
    rows = FollowUp.objects.filter(
        due, binding.over("unit__path"), rule__reference=binding.reference[:120]
    ).exclude(state__in=(State.NOT_DRAWN, State.CALLED_OFF))
    if binding.channels:
        of_them = Q(case__channel__code__in=binding.channels)
        rows = rows.filter(of_them | Q(contact__channel__code__in=binding.channels))
    for one in rows.select_related("unit", "merged_into").order_by("pk").iterator(AT_ONCE):
        verdict, note = _verdict(one)
        if verdict and one.unit is not None:
            at = one.due_at or one.from_at
            yield Judged(
                timezone.localdate(at), one.unit.path, verdict, at=at, follow_up_id=one.pk,
                note=note,
            )  # fmt: skip


def _verdict(one: FollowUp) -> tuple[str, str]:
    """What came of it, with a word on it; of one that is asked with another, that one's end."""
    main = one.merged_into or one
    if main.state == State.SUPPRESSED:
        is_unknown = main.why == Why.NO_CUSTOMER
        return (UNKNOWN, str(main.get_why_display())) if is_unknown else ("", "")
    if one.due_at is None:
        return UNKNOWN, gettext("The calendar is not published so far.")
    if main.state == State.UNREACHED:
        return KEPT, gettext("Not reached after all tries")
    if main.state in FollowUp.ENDED and main.ended_at is not None:
        is_late = main.ended_at > one.due_at
        return (BROKEN, gettext("Called too late")) if is_late else (KEPT, "")
    if main.state in FollowUp.LIVING and one.due_at < now():
        return BROKEN, gettext("Not called yet")
    return "", ""

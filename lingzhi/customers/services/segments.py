"""Defining classes of customers, putting customers into them and taking them out."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Customer, Membership, Segment
from lingzhi.customers.services.notes import note
from lingzhi.customers.usual import USUAL


class InTheClass(DomainError):
    code = "in_the_class"
    message = _("The customer is in this class already.")


class NotInTheClass(DomainError):
    code = "not_in_the_class"
    message = _("The customer is no longer in this class.")


@transaction.atomic
def keep_segment(segment: Segment, *, by: User) -> Segment:
    """Store a class, new or changed; what it says from now on holds for everybody in it."""
    if segment.rule in Segment.NEEDS_THRESHOLD and not segment.threshold:
        raise BadInput(_("This rule needs a number above 0."), field="threshold")
    segment.save()
    after = {"code": segment.code, "rank": segment.rank, "rule": segment.rule}
    record(by, "customers.segment_kept", segment, after=after)
    return segment


@transaction.atomic
def retire_segment(segment: Segment, *, by: User) -> None:
    """Use a class no more; who was in it stays to be read."""
    if Segment.objects.filter(pk=segment.pk, retired_at=None).update(retired_at=now()):
        record(by, "customers.segment_retired", segment)


def put_into(customer: Customer, segment: Segment, *, by: User | None) -> Membership:
    """Put a customer into a class by hand. Raises InTheClass the second time."""
    try:
        return note(Membership(customer=customer, segment=segment), by=by)
    except IntegrityError:
        raise InTheClass() from None


@transaction.atomic
def take_out(membership: Membership, *, by: User) -> None:
    """Take a customer out of a class. Raises NotInTheClass the second time."""
    rows = Membership.objects.filter(pk=membership.pk, ended_at=None)
    if not rows.update(ended_at=now()):
        raise NotInTheClass()
    code = {"class": membership.segment.code}
    record(by, "customers.class_ended", membership.customer, before=code)


@transaction.atomic
def take_usual_segments(*, by: User | None) -> int:
    """Begin with the usual classes, in the language of who does; the number of new ones."""
    made = 0
    for code, name, rank, is_important, service, rule, threshold in USUAL:
        facts = {
            "name": str(name), "rank": rank, "is_important": is_important,
            "service": str(service), "rule": rule, "threshold": threshold,
        }  # fmt: skip
        segment, is_new = Segment.objects.get_or_create(code=code, defaults=facts)
        if is_new:
            made += 1
            record(by, "customers.segment_kept", segment, after={"code": code, "rule": rule})
    return made

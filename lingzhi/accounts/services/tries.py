"""Lock-out: a try is taken before the password is looked at, and given back when it was right.

Counting only failures afterwards would let fifty parallel requests guess fifty times. The
conditional update lets exactly `lock_after` of them through, on every database.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from lingzhi.accounts.models import SignInTries, User
from lingzhi.accounts.queries import current_policy
from lingzhi.audit.services import record
from lingzhi.core.clock import now


def _key(staff_no: str) -> str:
    return staff_no.strip().lower()[:64]


def take_try(staff_no: str) -> bool:
    """Count one try for `staff_no`; False when it is locked and nothing may be looked at."""
    policy, moment = current_policy(), now()
    row, _created = SignInTries.objects.get_or_create(
        staff_no=_key(staff_no), defaults={"last_at": moment}
    )
    mine = SignInTries.objects.filter(pk=row.pk)
    mine.filter(last_at__lt=moment - timedelta(minutes=policy.lock_minutes)).update(count=0)
    return bool(
        mine.filter(count__lt=policy.lock_after).update(count=F("count") + 1, last_at=moment)
    )


def give_back_try(staff_no: str) -> None:
    """The password was right: this try does not count. Others stay counted."""
    SignInTries.objects.filter(staff_no=_key(staff_no), count__gt=0).update(count=F("count") - 1)


def clear_tries(staff_no: str) -> None:
    """The person is signed in, with every factor."""
    SignInTries.objects.filter(staff_no=_key(staff_no)).delete()


@transaction.atomic
def unlock(person: User, *, by: User) -> None:
    """Let a locked-out person try again at once."""
    clear_tries(person.staff_no)
    record(by, "accounts.unlocked", person)

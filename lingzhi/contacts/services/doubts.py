"""What does not add up about calls, kept until somebody looked at it or more was told."""

from collections.abc import Iterable

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.agents import Agents
from lingzhi.contacts.models import Call, CallDoubt, Source
from lingzhi.contacts.phone.account import Account, Doubt
from lingzhi.contacts.readers import unnamed
from lingzhi.core.clock import now
from lingzhi_engine.privacy import mask

# Known only once nothing more is to be expected.
AT_LAST = {"no_end", "after_transfer"}


def found_doubts(account: Account, agents: Agents, *, is_still: bool) -> list[Doubt]:
    """The doubts of an account, and the agents in it whom nobody knows."""
    found = [one for one in account.doubts if is_still or one.kind not in AT_LAST]
    for leg in account.legs:
        at = leg.answered_at
        if at and leg.agent and agents.person(leg.agent, at, is_voice=True) is None:
            found.append(Doubt(at, "unknown_agent", unnamed(leg.agent)))
    return found


def write_doubts(source: Source, call: Call, found: Iterable[Doubt]) -> None:
    """Keep what is new; what is no longer found is settled, and open again when it comes back."""
    rows = {(row.at, row.kind, row.detail): row for row in CallDoubt.objects.filter(call=call)}
    there = {(one.at, one.kind, mask(one.detail)[:200]) for one in found}
    CallDoubt.objects.bulk_create(
        CallDoubt(
            source=source, call=call, reference=call.external_id, at=at, kind=kind, detail=detail,
            found_at=now(),
        )
        for at, kind, detail in sorted(there - rows.keys())
    )  # fmt: skip
    for key, row in rows.items():
        if (row.settled_at is None) != (key in there):
            row.settled_at = None if key in there else now()
            row.save(update_fields=["settled_at"])


def doubt_agent(source: Source, agent: str, found: Iterable[Doubt]) -> None:
    """Keep what does not add up about an agent's day; known ones stay as they are."""
    CallDoubt.objects.bulk_create(
        (
            CallDoubt(
                source=source, reference=unnamed(agent), at=one.at, kind=one.kind,
                detail=mask(one.detail)[:200], found_at=now(),
            )
            for one in found
        ),
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def see_doubt(doubt: CallDoubt, *, note: str, by: User) -> None:
    """Somebody looked at it. Doing so twice changes nothing."""
    note = note.strip()[:300]
    rows = CallDoubt.objects.filter(pk=doubt.pk, seen_at=None)
    if rows.update(seen_at=now(), seen_by=by, note=note):
        record(by, "contacts.doubt_seen", doubt, after={"kind": doubt.kind}, reason=note)

"""The indicators counted plainly, one contact after the other: what the measures are held to."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lingzhi.contacts.models import Contact
from lingzhi.core.measures import measures

FIRST, LAST = date(2026, 9, 17), date(2026, 9, 30)
LATER = datetime(2026, 10, 20, 4, tzinfo=ZoneInfo("UTC"))
SHANGHAI = ZoneInfo("Asia/Shanghai")
DATED = Contact.objects.filter(started_at__isnull=False)  # without a start it is of no day


def seconds(start, end):
    return None if start is None or end is None else max(0.0, (end - start).total_seconds())


def turns(contact):
    return [(turn.role, turn.start_ms) for turn in contact.turns.order_by("seq")]


def was_answered(contact):
    """True, False, or None where it is not known."""
    if contact.answered_at is not None:
        return True
    spoke = any(role == "agent" for role, _start in turns(contact))
    offered = contact.queued_at is not None or contact.ringing_at is not None
    silent = not contact.turns.exists()  # a source delivers no words only of a call given up
    return False if (offered or silent) and not spoke else None


def is_call(contact, *, inbound=True):
    return contact.channel.code == "phone" and (contact.direction == "in" or not inbound)


# Each gives None where the contact does not concern the measure, "?" where nobody knows, else
# the numerator and denominator.


def connected(contact, params):
    if not is_call(contact):
        return None
    answered = was_answered(contact)
    if answered is None:
        return "?"
    if not answered and params.get("abandon_seconds"):
        waited = seconds(contact.queued_at or contact.ringing_at, contact.ended_at)
        if waited is None:
            return "?"
        if waited <= params["abandon_seconds"]:
            return None
    return (1, 1) if answered else (0, 1)


def mean(value):
    return "?" if value is None else (value, 1)


def started(contact, params):
    return contact.ringing_at if params["start"] == "ringing" else contact.queued_at


def answer_seconds(contact, params):
    if not is_call(contact) or was_answered(contact) is False:
        return None
    return mean(seconds(started(contact, params), contact.answered_at))


def in_time(contact, params, value):
    if not is_call(contact):
        return None
    answered = was_answered(contact)
    if answered is False:
        return None if params["abandons"] == "out" else (0, 1)
    if answered is None or value is None:
        return "?"
    return (1, 1) if value <= params["limit"] else (0, 1)


def answered_within_seconds(contact, params):
    return in_time(contact, params, seconds(started(contact, params), contact.answered_at))


def answered_within_rings(contact, params):
    return in_time(contact, params, contact.ring_count)


def handle_seconds(contact, params):
    if not is_call(contact, inbound=False) or was_answered(contact) is False:
        return None
    end = contact.wrapped_up_at if params["wrap_up"] == "in" else contact.ended_at
    return mean(seconds(contact.answered_at, end))


def handled_within(contact, params):
    found = handle_seconds(contact, params)
    if found is None or found == "?":
        return found
    return (1, 1) if found[0] <= params["limit"] else (0, 1)


def wrap_up_seconds(contact, params):
    if not is_call(contact, inbound=False) or was_answered(contact) is False:
        return None
    known = contact.answered_at is not None
    return mean(seconds(contact.ended_at, contact.wrapped_up_at) if known else None)


def first_reply(contact):
    """(whether a customer spoke, whether an agent replied, seconds or None)."""
    asked = None
    for role, start in turns(contact):
        if role == "customer" and asked is None:
            asked = (start,)
        elif role == "agent" and asked is not None:
            known = asked[0] is not None and start is not None
            return True, True, max(0, start - asked[0]) / 1000 if known else None
    return asked is not None, False, None


def concerns_writing(contact, params):
    return contact.direction == "in" and contact.channel.code in params["channels"]


def response_seconds(contact, params):
    _asked, replied, value = first_reply(contact)
    return mean(value) if concerns_writing(contact, params) and replied else None


def responded_within(contact, params):
    asked, replied, value = first_reply(contact)
    if not concerns_writing(contact, params) or not asked:
        return None
    if replied and value is None:
        return "?"
    return (1, 1) if replied and value <= params["limit"] else (0, 1)


def solved_or_not(contact, params, solved):
    """What a definition says about abandoned and transferred contacts; `solved` may be None."""
    given_up = contact.channel.code == "phone" and was_answered(contact) is False
    if given_up:
        return None if params["abandons"] == "out" else (0, 1)
    if params["transfers"] == "out":
        if contact.transfers is None:
            return "?"
        if contact.transfers:
            return None
    return "?" if solved is None else (int(solved), 1)


def marked_solved(contact, params):
    if contact.direction != "in":
        return None
    word = contact.outcome
    return solved_or_not(contact, params, word in params["solved"] if word else None)


def confirmed_solved(contact, params):
    if contact.direction != "in":
        return None
    said = contact.meta.get(params["key"])
    return solved_or_not(contact, params, {"是": True, "no": False}.get(said))


def same_matter(one, other, params):
    if one.customer_id is None or one.customer_id != other.customer_id:
        return False
    if params["channels"] == "same" and one.channel_id != other.channel_id:
        return False
    return params["subject"] == "any" or one.meta.get("reason") == other.meta.get("reason")


def not_repeated(contact, params):
    if contact.direction != "in":
        return None
    window = timedelta(hours=params["hours"])
    others = [
        one.started_at
        for one in Contact.objects.filter(direction="in", customer=contact.customer_id)
        if one.started_at and one.pk != contact.pk and same_matter(one, contact, params)
    ]
    start = contact.started_at
    if any(start - window <= moment < start for moment in others):
        return None
    newest = Contact.objects.filter(started_at__isnull=False).latest("started_at").started_at
    if any(start < moment <= start + window for moment in others):
        return solved_or_not(contact, params, False)
    is_known = contact.customer_id is not None and start <= newest - window
    return solved_or_not(contact, params, True if is_known else None)


def satisfied(contact, params):
    value = contact.meta.get(params["key"])
    return "?" if value is None else (int(value >= params["at_least"]), 1)


def rating(contact, params):
    return mean(contact.meta.get(params["key"]))


def number(contact, params):
    return (1, 0) if params["direction"] == "any" or contact.direction == "in" else None


def handled(contact, params):
    answered = was_answered(contact)
    served = answered or (answered is None and contact.agent_id is not None)
    return (1, 0) if served else None


def handled_per_hour(contact, params):
    found = handle_seconds(contact, {"wrap_up": "in"})
    return found if found in (None, "?") else (1, found[0] / 3600)


RING = {"start": "ringing", "abandons": "in"}
AGAIN = {"hours": 72, "subject": "same", "channels": "across", "transfers": "in", "abandons": "out"}
CASES = [
    (connected, {}),
    (connected, {"abandon_seconds": 8}),
    (answer_seconds, {"start": "ringing"}),
    (answer_seconds, {"start": "queue"}),
    (answered_within_rings, {"limit": 2, "abandons": "in"}),
    (answered_within_rings, {"limit": 2, "abandons": "out"}),
    (answered_within_seconds, {"limit": 6, **RING}),
    (answered_within_seconds, {"limit": 20, "start": "queue", "abandons": "out"}),
    (handle_seconds, {"wrap_up": "in"}),
    (handle_seconds, {"wrap_up": "out"}),
    (handled_within, {"wrap_up": "out", "limit": 120}),
    (wrap_up_seconds, {}),
    (response_seconds, {"channels": ["chat", "app"]}),
    (responded_within, {"channels": ["chat", "app"], "limit": 10}),
    (responded_within, {"channels": ["email"], "limit": 14400}),
    (not_repeated, AGAIN),
    (not_repeated, {**AGAIN, "hours": 24, "subject": "any"}),
    (not_repeated, {**AGAIN, "hours": 168, "channels": "same", "abandons": "in"}),
    (marked_solved, {"solved": ["已解决"], "transfers": "in", "abandons": "in"}),
    (marked_solved, {"solved": ["已解决", "已登记"], "transfers": "out", "abandons": "out"}),
    (confirmed_solved, {"key": "confirmed", "transfers": "in", "abandons": "out"}),
    (satisfied, {"key": "satisfaction", "at_least": 4}),
    (rating, {"key": "satisfaction"}),
    (number, {"direction": "in"}),
    (number, {"direction": "any"}),
    (handled, {}),
    (handled_per_hour, {}),
]


def plainly(count, params):
    """The cells of a measure, counted contact by contact."""
    sums = defaultdict(lambda: [0.0, 0.0, 0])
    for contact in DATED.select_related("channel"):
        said = count(contact, params)
        if said is None:
            continue
        day = contact.started_at.astimezone(SHANGHAI).date()
        cell = sums[day, contact.unit_id, contact.agent_id, contact.channel.code]
        if said == "?":
            cell[2] += 1
        else:
            cell[0] += said[0]
            cell[1] += said[1]
    return {key: tuple(value) for key, value in sums.items() if any(value)}


def cells_of(code, params):
    found = measures()[f"contacts.{code}"].cells(params, FIRST, LAST)
    return {cell[:4]: cell[4:] for cell in found}

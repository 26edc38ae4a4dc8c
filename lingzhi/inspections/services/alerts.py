"""Alerts: raised as limits are reached, seen to by somebody, over when it is over."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.queries.floor import leaders_over
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import Alert, AlertLimit, Rule
from lingzhi.inspections.queries.alerts import Limits, Over, reached_now
from lingzhi.notifications.services import settle_matter, tell


class SeenToAlready(DomainError):
    message = _("Somebody else has seen to this already.")


class LimitIsRetired(DomainError):
    message = _("These limits are no longer used.")


def watch_alerts() -> int:
    """Raise what is reached and was not told yet; what is no longer reached is over. How many."""
    limits = Limits()
    going_on = Alert.objects.filter(ended_at=None)
    if not limits.rows and not going_on.exists():
        return 0
    reached = {(one.limit.pk, one.what.matter, one.level): one for one in reached_now(limits)}
    open_ones = {(one.limit_id, one.matter, one.level): one for one in going_on}
    with transaction.atomic():
        for key, row in open_ones.items():
            if key not in reached:
                _end(row)
            elif reached[key].value > row.value:
                going_on.filter(pk=row.pk).update(value=reached[key].value)
        return sum(_raise(over) for key, over in reached.items() if key not in open_ones)


def _end(alert: Alert) -> None:
    Alert.objects.filter(pk=alert.pk, ended_at=None).update(ended_at=now())
    settle_matter(_matter(alert))


def _matter(alert: Alert) -> str:
    return f"inspections.alert/{alert.pk}"


def _raise(over: Over) -> bool:
    """One that came back goes on, and nobody is told twice."""
    what = over.what
    alert, is_new = Alert.objects.get_or_create(
        limit=over.limit, matter=what.matter, level=over.level,
        defaults={
            "number": what.number, "unit": what.unit, "agent_id": what.agent,
            "live_id": what.live, "value": over.value, "began_at": now(),
        },
    )  # fmt: skip
    if not is_new:
        Alert.objects.filter(pk=alert.pk).update(ended_at=None)
        return False
    record(None, "inspections.alert_raised", alert, after={"level": over.level})
    title = _ALERTS[Alert.Level(over.level)]
    body = f"{over.limit.get_kind_display()} · {what.number}"
    people = [one for one in leaders_over(what.unit) if one.pk != what.agent]
    tell(people, title, body=body, url=address_of(alert), is_todo=True, matter=_matter(alert))
    return True


_ALERTS = {
    Alert.Level.YELLOW: _("Yellow alert about a conversation that goes on"),
    Alert.Level.RED: _("Red alert about a conversation that goes on"),
}


def address_of(alert: Alert) -> str:
    """Where one sees what it is about."""
    if alert.live_id is None:
        return reverse("inspections:alerts")
    return reverse("inspections:live_conversation", args=[alert.live_id])


@transaction.atomic
def answer_alert(alert: Alert, *, by: User) -> None:
    """Somebody sees to it; the seconds until then are kept. Raises SeenToAlready."""
    rows = Alert.objects.filter(pk=alert.pk, answered_at=None)
    if not rows.update(answered_at=now(), answered_by=by):
        raise SeenToAlready()
    alert.refresh_from_db()
    record(by, "inspections.alert_answered", alert, after={"seconds": alert.answer_seconds})
    settle_matter(_matter(alert))


@transaction.atomic
def keep_limit(limit: AlertLimit, rules: Iterable[Rule], *, by: User) -> None:
    """Limits of a unit, new or changed; alerts that lasted by the old ones are over or go on."""
    limit.validate_constraints()
    limit.save()
    limit.rules.set(rules)
    after = {
        "unit": limit.unit.code, "kind": limit.kind, "yellow": limit.yellow, "red": limit.red,
        "rules": sorted(one.code for one in limit.rules.all()), "words": len(limit.said),
    }  # fmt: skip
    record(by, "inspections.alert_limit_kept", limit, after=after)


@transaction.atomic
def retire_limit(limit: AlertLimit, *, by: User) -> None:
    """No alert is raised by it any more; what it raised stays. Raises LimitIsRetired."""
    if not AlertLimit.objects.filter(pk=limit.pk, retired_at=None).update(retired_at=now()):
        raise LimitIsRetired()
    for one in Alert.objects.filter(Q(ended_at=None), limit=limit):
        _end(one)
    record(by, "inspections.alert_limit_retired", limit)

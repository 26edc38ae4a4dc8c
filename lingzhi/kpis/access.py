"""Indicators, units and targets are obtained together with the right to do something with them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.files.models import StoredFile
from lingzhi.kpis import queries
from lingzhi.kpis.dictionary import BY_HAND, Entry, Variant, indicators
from lingzhi.kpis.models import Alert, ManualValue, Publication, Target
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to

READ, MANAGE = queries.READ, "kpis.manage"


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def indicator_to_read(user: User, code: str) -> Entry:
    """An indicator of the dictionary."""
    require(user, READ)
    entry = indicators().get(code)
    if entry is None:
        raise Http404
    return entry


def indicator_to_manage(user: User, code: str) -> Entry:
    """An indicator for which this person may set targets and enter figures."""
    entry = indicator_to_read(user, code)
    require(user, MANAGE)
    return entry


def indicator_of_all(user: User, code: str) -> Entry:
    """An indicator whose meaning this person may set: it is the same for the whole centre."""
    entry = indicator_to_manage(user, code)
    publishing(user)
    return entry


def may_publish(user: User) -> bool:
    """Who may set something for the whole centre."""
    whole = units_visible_to(user, MANAGE).filter(kind__in=(Unit.Kind.COMPANY, Unit.Kind.CENTRE))
    return user.can(MANAGE) and whole.exists()


def publishing(user: User) -> None:
    """Raise PermissionDenied unless this person speaks for the whole centre."""
    if not may_publish(user):
        raise PermissionDenied


def publication_to_read(user: User, pk: int) -> Publication:
    """A published month; of its figures only those of units within reach are shown."""
    require(user, READ)
    found = Publication.objects.filter(pk=pk).select_related("by").first()
    if found is None:
        raise Http404
    return found


def variant_to_define(user: User, code: str, variant: str) -> tuple[Entry, Variant]:
    """A way of counting that this person may put in use; it is everybody's, so of the whole."""
    entry = indicator_of_all(user, code)
    if variant not in entry.variants or variant == BY_HAND:
        raise Http404
    return entry, entry.variants[variant]


def target_to_end(user: User, pk: int) -> Target:
    """A target of a unit within reach."""
    require(user, READ)
    rows = Target.objects.select_related("unit", "definition__indicator")
    target = rows.filter(pk=pk).first()
    if target is None or not reach(user, READ).covers(target.unit, None):
        raise Http404
    if not reach(user, MANAGE).covers(target.unit, None):
        raise PermissionDenied
    return target


def alert_to_read(user: User, pk: int) -> Alert:
    """An alert of a unit within reach, or one's own to see to."""
    require(user, READ)
    alert = queries.alerts_visible_to(user).filter(pk=pk).first()
    if alert is None:
        raise Http404
    return alert


def may_answer(user: User, alert: Alert) -> bool:
    """Its owner, and who sets targets there."""
    return alert.owner_id == user.pk or reach(user, MANAGE).covers(alert.unit, None)


def alert_to_answer(user: User, pk: int) -> Alert:
    """An alert that this person may take and close."""
    alert = alert_to_read(user, pk)
    if not may_answer(user, alert):
        raise PermissionDenied
    return alert


def evidence_to_take(user: User, pk: int) -> StoredFile:
    """The file of an entered figure of a unit within reach."""
    require(user, READ)
    rows = ManualValue.objects.select_related("unit", "file")
    value = rows.filter(pk=pk).first()
    if value is None or value.file is None or not reach(user, READ).covers(value.unit, None):
        raise Http404
    return value.file


def value_to_change(user: User, pk: int) -> ManualValue:
    """An entered figure of a unit within reach."""
    require(user, READ)
    rows = ManualValue.objects.select_related("unit", "definition__indicator")
    value = rows.filter(pk=pk).first()
    if value is None or not reach(user, READ).covers(value.unit, None):
        raise Http404
    if not reach(user, MANAGE).covers(value.unit, None):
        raise PermissionDenied
    return value

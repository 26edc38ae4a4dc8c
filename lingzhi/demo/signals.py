"""The last weeks as the nightly look saw them: alerts, one taken and one closed as false."""

from datetime import timedelta

from lingzhi.core.clock import today
from lingzhi.kpis.models import Alert, Watch
from lingzhi.kpis.services import close_alert, take_alert, watch

LOOKS = range(22, 0, -3)  # every third day of three weeks: all of them would take their time
DAY = timedelta(days=1)


def seed_signals() -> None:
    """Look at the last weeks; owners answer two of the alerts."""
    if Watch.objects.exists():
        return
    for back in LOOKS:
        watch(today() - back * DAY)
    rows = Alert.objects.exclude(owner=None).select_related("owner", "definition__indicator")
    for at, alert in enumerate(rows.order_by("found_on", "pk")[:2]):
        if alert.owner is None:
            continue
        if at:
            take_alert(alert, by=alert.owner)
        else:
            reason = "当天系统升级，话务由其他中心分担，数据口径不同。"
            close_alert(alert, Alert.State.FALSE, reason=reason, by=alert.owner)

"""Everything that writes indicators."""

from lingzhi.kpis.services.aiming import (
    Aim,
    Source,
    TargetEnded,
    TargetOfRulebook,
    bind_target,
    check_aim,
    end_target,
    release_target,
    set_benchmark,
    set_target,
)
from lingzhi.kpis.services.alerts import (
    OUTCOMES,
    AlertClosed,
    AlertTaken,
    close_alert,
    escalate_alerts,
    take_alert,
)
from lingzhi.kpis.services.counting import (
    count_days,
    count_definition,
    count_past,
    count_recent,
    count_stale,
    lay_definitions,
    mark_days,
)
from lingzhi.kpis.services.defining import (
    ensure_definition,
    name_owner,
    use_definition,
    variant_of,
)
from lingzhi.kpis.services.entering import (
    AlreadyReplaced,
    Entered,
    check_entered,
    enter_value,
    withdraw_value,
)
from lingzhi.kpis.services.publishing import (
    PUBLISH_DAY,
    MonthNotOver,
    NothingChanged,
    publish_due,
    publish_month,
)
from lingzhi.kpis.services.watching import watch, watch_up_to

__all__ = [
    "OUTCOMES",
    "PUBLISH_DAY",
    "Aim",
    "AlertClosed",
    "AlertTaken",
    "AlreadyReplaced",
    "Entered",
    "MonthNotOver",
    "NothingChanged",
    "Source",
    "TargetEnded",
    "TargetOfRulebook",
    "bind_target",
    "check_aim",
    "check_entered",
    "close_alert",
    "count_days",
    "count_definition",
    "count_past",
    "count_recent",
    "count_stale",
    "end_target",
    "ensure_definition",
    "enter_value",
    "escalate_alerts",
    "lay_definitions",
    "mark_days",
    "name_owner",
    "publish_due",
    "publish_month",
    "release_target",
    "set_benchmark",
    "set_target",
    "take_alert",
    "use_definition",
    "variant_of",
    "watch",
    "watch_up_to",
    "withdraw_value",
]

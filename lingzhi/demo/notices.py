"""How the demo centre's people are told: quiet hours, a group of the inspectors, what left.

Nothing leaves: the robot does not exist, there is no mail server, and nobody chooses the group.
"""

from datetime import time, timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.notifications.models import Channel, Delivery, Notice, QuietHours
from lingzhi.notifications.services.ways import choose_ways

ADMIN, MANAGER = "7014", "7002"
REFUSED = "errcode 93000: invalid webhook url"


def seed_notices() -> None:
    """What the pages of channels and of one's own ways show."""
    if Channel.objects.exists():
        return
    admin, manager = (User.objects.get(staff_no=one) for one in (ADMIN, MANAGER))
    QuietHours.objects.create(pk=1, begins_at=time(21), ends_at=time(8))
    group = Channel.objects.create(
        name="质检组群", kind="wecom", origin="https://qyapi.weixin.qq.com", created_by=admin,
        created_at=now() - timedelta(days=30),
    )  # fmt: skip
    group.sealed_url = seal(f"{group.origin}/", f"notifications.channel|url|{group.pk}")
    group.save(update_fields=["sealed_url"])
    if not manager.email:
        manager.email = "manager@yunqi.example"
        manager.save(update_fields=["email"])
    wishes = {"by_mail": True, "rhythm": "daily", "daily_at": 9, "quiet": "house"}
    choose_ways(wishes, by=manager)
    for at, notice in enumerate(Notice.objects.filter(person=manager).order_by("-pk")[:6]):
        end = {"state": "given_up", "tries": 11, "answer": REFUSED} if at == 1 else {"tries": 1}
        Delivery.objects.create(
            **{"notice": notice, "channel": group if at % 2 else None, "state": "sent"} | end,
            next_at=notice.created_at, ended_at=notice.created_at + timedelta(seconds=6),
        )  # fmt: skip

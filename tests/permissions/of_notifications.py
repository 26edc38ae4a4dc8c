from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.notifications.models import Channel, Message, Notice, Webhook
from tests.permissions.objects import Route, Whose


def notice(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Notice.objects.create(person=whose.person, title="Look", created_at=now())
    return {"pk": row.pk}


def webhook(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Webhook.objects.create(
        name="ERP", url="https://erp.example/", events=[], sealed_secret="", created_at=now(),
        created_by=cast.sol,
    )  # fmt: skip
    return {"pk": row.pk}


def channel(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Channel.objects.create(
        name="一组群", kind="wecom", origin="https://qyapi.weixin.qq.com", created_at=now(),
        created_by=cast.sol,
    )  # fmt: skip
    return {"pk": row.pk}


def message(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Message.objects.create(
        webhook_id=webhook(cast, whose)["pk"], message_id="msg_1", event="case.opened", body="{}",
        created_at=now(), next_at=now(),
    )  # fmt: skip
    return {"pk": row.pk}


ROUTES = {
    "notifications:inbox": Route(),
    "notifications:end_all": Route(method="post"),
    "notifications:end": Route(notice, method="post"),
    "notifications:ways": Route(),
    "notifications:channels": Route(),
    "notifications:quiet_hours": Route(),
    "notifications:mail": Route(),
    "notifications:channel": Route(channel),
    "notifications:try_channel": Route(channel, method="post"),
    "notifications:end_channel": Route(channel, method="post"),
    "notifications:webhooks": Route(),
    "notifications:webhook": Route(webhook),
    "notifications:cut_off_webhook": Route(webhook, method="post"),
    "notifications:send_again": Route(message, method="post"),
}

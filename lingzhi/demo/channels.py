"""The register of channels of the demo centre: hours, norms, who answers for what."""

from lingzhi.contacts.models import Channel
from lingzhi.contacts.services.channels import keep_channel, set_norm
from lingzhi.core.clock import today
from lingzhi.demo.scores import holders
from lingzhi.kpis.queries import widest_unit
from lingzhi.org.services import create_calendar
from lingzhi.org.services.calendars import set_week

# code: address, round the clock (else by the calendar), seconds and share of the norm, requirement
OFFERED = {
    "phone": (
        "400-800-2071", False, (20, 80),
        "问候、报公司名和工号；承诺必有时限；结束前确认问题已解决。",
    ),
    "chat": (
        "官网与商城页面右下角“在线客服”", True, (60, 90),
        "一分钟内人工首次回复；不得只回复链接。",
    ),
    "email": (
        "service@yunqi.example", False, (86_400, 95),
        "一个工作日内回复，正文写明处理人与下一步。",
    ),
    "counter": (
        "杭州市余杭区云栖路 1 号 一楼客户接待处", False, None,
        "起身迎接，等候超过十分钟须致歉并说明。",
    ),
    "opinion_box": ("各营业网点入口处", False, None, "每日开箱，开箱当日登记。"),
}  # fmt: skip
NOT_OFFERED = ("bank", "terminal", "video")


def seed_register() -> None:
    """Five channels with what is promised of them; three that the centre does not offer."""
    keepers = holders("quality_manager")
    if not keepers or Channel.objects.exclude(address="").exists():
        return
    by = keepers[0]
    unit = widest_unit(by)
    hours = create_calendar(name="热线时间", country="CN", zone="Asia/Shanghai", by=None)
    set_week(hours, dict.fromkeys(range(7), "08:00-22:00"), by=None)
    for code, (address, is_always, norm, requirement) in OFFERED.items():
        channel = Channel.objects.get(code=code)
        channel.address, channel.is_round_the_clock = address, is_always
        channel.calendar = None if is_always else hours
        channel.owner, channel.requirement = by, requirement
        keep_channel(channel, by=None)
        if unit is not None and norm:
            begin = today().replace(month=1, day=1)
            set_norm(channel, unit, *norm, from_on=begin, reason="渠道服务标准", by=by)
    for channel in Channel.objects.filter(code__in=NOT_OFFERED):
        channel.is_offered = False
        keep_channel(channel, by=None)

"""The chat of the demo centre: a site to try it on, phrases, and agents who know what to say."""

from lingzhi.cases.models import ReplyTemplate
from lingzhi.cases.services.replies import keep_reply
from lingzhi.contacts.models import ChatSite
from lingzhi.contacts.services.chat_sites import keep_site
from lingzhi.demo.scores import holders
from lingzhi.org.models import Unit
from lingzhi.org.services import create_calendar
from lingzhi.org.services.calendars import set_week

PHRASES = (
    ("问候", "您好，这里是在线客服，请问有什么可以帮您？"),
    ("请稍等", "请您稍等，我马上为您核实。"),
    ("致歉", "给您带来不便，非常抱歉，我来帮您处理。"),
    ("还有其他需要吗", "请问还有其他可以帮您的吗？"),
    ("结束语", "感谢您的咨询，祝您生活愉快。"),
)


def seed_chats() -> None:
    """One site, served by all agents of the centre; what it says stands in three languages."""
    unit = Unit.objects.filter(kind="centre").order_by("path").first()
    keepers = holders("quality_manager")
    if unit is None or not keepers or ChatSite.objects.exists():
        return
    hours = create_calendar(name="全天服务", country="CN", zone="Asia/Shanghai", by=None)
    set_week(hours, dict.fromkeys(range(7), "00:00-24:00"), by=None)
    site = ChatSite(
        calendar=hours, key="demo-shop", name="云栖商城在线客服", unit=unit, queue="售后",
        colour="#2458c8",
        greeting={"zh-Hans": "您好，欢迎光临云栖商城！请问有什么可以帮您？",
                  "en": "Hello and welcome to the Yunqi shop! How can we help you?"},
        away={"zh-Hans": "现在是非工作时间。请留下您的问题，我们上班后尽快与您联系。",
              "en": "We are out of office. Leave your question and we will get back to you."},
    )  # fmt: skip
    keep_site(site, by=None)
    for name, text in PHRASES:
        made = ReplyTemplate(use=ReplyTemplate.Use.TELL, name=name, text=text)
        keep_reply(made, by=keepers[0])

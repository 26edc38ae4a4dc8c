"""The demo centre's forum: posts of the last days, what was made of them, who is on duty."""

from datetime import time, timedelta

from lingzhi.accounts.models import User
from lingzhi.cases.models import ForumPost
from lingzhi.cases.queries.forum import FORUM
from lingzhi.cases.services.forum import answer_post, classify_post, hand_on_post, plan_duty
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now, today
from lingzhi.org.models import Assignment

Kind = ForumPost.Kind
SOURCE, DAYS = "forum-demo", 13
# hours ago, post, what it is (kind, topic, useful for what), answer, case (type, subject)
POSTS = (
    (2, "净水器滤芯多久换一次？说明书上写得不清楚。", None, "", None),
    (9, "预约安装的时间又改了，没人通知我，电话也打不通。", None, "", None),
    (20, "APP 里能不能显示师傅的实时位置？别家早就有了。",
     (Kind.USEFUL, "product", "APP 显示上门师傅的实时位置"), "感谢建议，已转产品部门评估。",
     ("feedback", "建议 APP 显示师傅位置")),
    (31, "上门师傅收费没有开票，态度还不好！",
     (Kind.COMPLAINT, "service", ""), "", ("complaint", "上门收费未开票")),
    (46, "给客服小姐姐点赞，半夜还帮我查物流。", (Kind.PRAISE, "service", ""), "", None),
    (52, "低价回收二手家电，加微信。", (Kind.NOISE, "other", ""), "", None),
    (75, "退货流程太复杂了，能不能一个页面填完？",
     (Kind.USEFUL, "process", "退货申请合并为一页"), "已记录，预计下个版本优化。", None),
    (98, "换货期间能不能借用一台？", (Kind.QUESTION, "service", ""), "可以，凭工单号到门店借用。",
     None),
)  # fmt: skip


def seed_forum() -> None:
    """Eight posts, two of them unread; two agents take turns on duty, from eight to ten."""
    if Contact.objects.filter(channel__code=FORUM).exists():
        return
    rows = Assignment.objects.filter(role="agent", to_on=None).select_related("person")
    people = [row.person for row in rows.order_by("person__staff_no")[:2]]
    if not people:
        return
    for back in range(-1, DAYS):
        day = today() + timedelta(days=back)
        plan_duty(people[back % len(people)], (day, day), (time(8), time(22)), by=None)
    for number, (hours, text, made, answer, case) in enumerate(POSTS, start=1):
        post = _posted(f"BBS-{1000 + number}", text, hours)
        if made:
            _work(post, made, answer, case, people[0])


def _posted(number: str, text: str, hours: int) -> Contact:
    at = (now() - timedelta(hours=hours)).isoformat()
    told = [
        {"type": "opened", "id": number, "channel": FORUM, "direction": "in", "started_at": at,
         "meta": {"url": f"https://bbs.yunqi.example/{number}"}},
        {"type": "turn", "id": number, "seq": 1, "role": "customer", "text": text},
        {"type": "closed", "id": number, "ended_at": at},
    ]  # fmt: skip
    source = source_named(SOURCE, "云栖社区论坛")
    take_events(source, read_events({"events": told}))
    return Contact.objects.get(source=source, external_id=number)


def _work(
    post: Contact, made: tuple[str, str, str], answer: str, case: tuple[str, str] | None, by: User
) -> None:
    classify_post(post, *made, by=by)
    if answer:
        answer_post(post, answer, f"{post.meta['url']}#answer", by=by)
    if case:
        hand_on_post(post, *case, by=by)

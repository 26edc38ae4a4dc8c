"""The demo centre's mailbox: mail that opened a case, was answered, was kept apart, was refused.

Nobody looks into it and nothing leaves: its servers do not exist, so it is not in use.
"""

from email.message import EmailMessage

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.services.mailing import Reply, mail_arrived, reply_by_mail
from lingzhi.contacts.models import Mail, Mailbox, OutgoingMail
from lingzhi.contacts.services.growing import add_turn
from lingzhi.contacts.services.mail import take_mail
from lingzhi.core.clock import now, today
from lingzhi.org.queries import team_of

LEADER = "8001"
MAILS: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    ("陈女士", "chen@customer.example", "净水器滤芯发错型号",
     "您好，上周买的净水器滤芯型号不对，订单尾号 8812，请换货。电话 13800002075。", {}),
    ("Zhou", "zhou@customer.example", "發票抬頭需要更正",
     "您好，發票抬頭寫錯了，麻煩更正為公司名稱，謝謝。", {}),
    ("陈女士", "chen@customer.example", "自动回复：外出", "本人出差，下周一回复。",
     {"Auto-Submitted": "auto-replied"}),
    ("", "promo@ads.example", "发票代开 低价优惠", "加微信详谈", {"X-Spam-Flag": "YES"}),
)  # fmt: skip
ANSWER = "您好，滤芯型号已核实为仓库错发，今日补发正确型号，顺丰到付由我们承担。"


def seed_mailboxes() -> None:
    """One mailbox of the leader's team, with what came and went."""
    leader = User.objects.get(staff_no=LEADER)
    unit = team_of(leader, today())
    if Mailbox.objects.exists() or unit is None:
        return
    box = Mailbox.objects.create(
        address="service@yunqi.example", name="云栖客服", unit=unit, responsible=leader,
        case_type="enquiry", from_on=today(),
        imap_host="imap.yunqi.example", smtp_host="smtp.yunqi.example",
        user="service@yunqi.example", signature="云栖客服中心", is_active=False,
    )  # fmt: skip
    for uid, mail in enumerate(MAILS, start=1):
        raw = _letter(uid, *mail)
        made = take_mail(box, (1, uid), raw, len(raw))
        if made is not None and made.state == Mail.State.TAKEN:
            mail_arrived(made)
    first = Mail.objects.get(mailbox=box, uid=1)
    case = Case.objects.get(pk=first.matter.partition("/")[2])
    sent = reply_by_mail(case, Reply(ANSWER), seen=case.revision, by=leader)
    if first.contact is not None:
        add_turn(first.contact, "agent", ANSWER, now(), by=leader)
    OutgoingMail.objects.filter(mailbox=box).update(state="sent", sent_at=now())
    refused = OutgoingMail.objects.filter(mailbox=box).exclude(pk=sent.pk).earliest("pk")
    refused.state, refused.sent_at, refused.problem = "failed", None, "550 5.1.1"
    refused.save(update_fields=["state", "sent_at", "problem"])


def _letter(
    number: int, name: str, address: str, subject: str, text: str, more: dict[str, str]
) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{name} <{address}>"
    mail["To"] = "service@yunqi.example"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<demo{number}@customer.example>"
    for header, value in more.items():
        mail[header] = value
    mail.set_content(text)
    return mail.as_bytes()

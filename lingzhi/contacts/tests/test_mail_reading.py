"""Mail is read as it comes: Chinese character sets, broken headers, quotes, strangers' HTML."""

import base64
import time

import pytest

from lingzhi.contacts.mailing.charsets import header_text, text_of
from lingzhi.contacts.mailing.html import clean_html, html_text
from lingzhi.contacts.mailing.quoting import split_quoted
from lingzhi.contacts.mailing.reading import Unreadable, read_mail
from lingzhi.contacts.tests.ugly_mail import ugly_mails


def b64(text: str, charset: str) -> str:
    return base64.b64encode(text.encode(charset)).decode()


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("镕基".encode("gbk"), "gb2312", "镕基"),  # a character that GB2312 lacks
        ("㐀𠮷".encode("gb18030"), "GBK", "㐀𠮷"),
        ("謝謝您".encode("big5"), "big5", "謝謝您"),
        ("您好".encode("gbk"), "utf-8", "您好"),
        ("您好，谢谢".encode(), "gb2312", "您好，谢谢"),
        ("联通".encode("gbk"), "gb2312", "联通"),  # also UTF-8 by chance, but no Chinese then
        ("您好".encode("gbk"), "x-nonsense", "您好"),
        (b"a\x00b", "us-ascii", "ab"),
        ("您好".encode("gbk") + b"\xff", "utf-8", "���\ufffd"),
    ],
)
def test_bytes_become_text(raw, declared, text):
    found = text_of(raw, declared)
    assert found == text or ("\ufffd" in text and "\ufffd" in found)


def test_headers_are_read_whatever_they_are():
    whole = "关于订单的投诉".encode("gbk")
    halves = [base64.b64encode(one).decode() for one in (whole[:5], whole[5:])]
    cut = f"=?gb2312?B?{halves[0]}?=\r\n =?GB2312?B?{halves[1]}?="
    assert header_text(cut) == "关于订单的投诉"
    assert header_text(whole.decode("ascii", "surrogateescape")) == "关于订单的投诉"
    assert header_text(f"Re: =?utf-8?b?{b64('您好', 'utf-8').rstrip('=')}?= (2)") == "Re: 您好 (2)"
    assert header_text("=?big5?Q?=C1=C2=C1=C2?=") == "謝謝"


ANSWERS = [
    "{own}\n\n在 2026年11月20日 10:00，客服 <a@b.cn> 写道：\n> 旧话",
    "{own}\n\n客服中心 <a@b.cn> 于2026年11月20日周五 10:00写道：\n\n> 旧话",
    "{own}\n\nOn Fri, Nov 20, 2026 at 10:00 AM Service <a@b.example> wrote:\n> old",
    "{own}\n\nOn Fri, Nov 20, 2026 at 10:00 AM Service Centre\n<a@b.example> wrote:\n> old",
    '{own}\n\n------------------ 原始邮件 ------------------\n发件人: "客服"<a@b.cn>;\n旧话',
    "{own}\n\n发件人： 客服 <a@b.cn>\n发送时间： 2026年11月20日\n收件人： 我\n\n旧话",
    "{own}\n\n-----Original Message-----\nFrom: Service\nSent: Friday\n\nold",
    "{own}\n\n寄件者: 客服\n寄件日期: 2026年11月20日\n收件者: 我\n主旨: 回覆\n\n舊話",
    "{own}\n\n> 旧话\n>\n> 更旧\n",
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_quoted_is_split_off(answer):
    own = "还是没有收到。\n请在今天 18:00 前答复，发件人是我本人。"
    assert split_quoted(answer.format(own=own))[0] == own


def test_what_only_quotes_stays_whole():
    passed_on = "---------- Forwarded message ---------\nFrom: a\n\n请处理"
    assert split_quoted(passed_on) == (passed_on, "")
    between = "> 收到了吗？\n没有。\n> 哪天下单？\n上周。"
    assert split_quoted(between)[0] == between


def test_html_loads_nothing_and_runs_nothing():
    bad = (
        '<p onclick="x()">您好<script>alert(1)</script><img src="https://evil.example/1.gif">'
        '<img src="cid:a1"><img src="cid:gone"><a href="javascript:x()">点</a>'
        '<iframe src="https://evil.example"></iframe><style>@import "x"</style>'
        '<form action="https://evil.example"><input name=p></form>'
        '<td background="https://evil.example/b"><a href="https://ok.example">站</a>'
    )
    good = clean_html(bad, {"a1": "/contacts/mails/1/parts/1/"})
    assert "evil.example" not in good
    assert not any(word in good for word in ("script", "onclick", "@import", "form", "cid:"))
    assert '<img src="/contacts/mails/1/parts/1/">' in good
    assert 'href="https://ok.example"' in good
    assert html_text("<p>甲</p><p>乙<br>丙</p><blockquote>旧</blockquote>").startswith("甲\n乙\n丙")
    assert split_quoted(html_text("<p>新</p><blockquote>旧</blockquote>"))[0] == "新"


def test_attachments_have_their_names_and_the_mail_its_parts():
    raw = (
        b"From: =?gb2312?B?" + base64.b64encode("李雷".encode("gbk")) + b"?= <li@example.com>\r\n"
        b"To: box+c1.aa@centre.example\r\nSubject: x\r\nReferences: <a@b> <c@d>\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html; charset=gb2312\r\n\r\n"
        b"<p>" + "镕".encode("gbk") + b"</p>\r\n"
        b"--b\r\nContent-Type: image/png\r\nContent-ID: <p1>\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        b"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment;\r\n"
        b" filename*0*=gb18030''%B7%A2;\r\n filename*1*=%C6%B1.pdf\r\n\r\n%PDF-1\r\n"
        b'--b\r\nContent-Type: text/plain; name="=?utf-8?B?5Y2V5o2uLnR4dA==?="\r\n'
        b"\r\nabc\r\n--b--\r\n"
    )
    mail = read_mail(raw)
    assert mail.sender == ("李雷", "li@example.com")
    assert mail.text == "镕"
    assert [part.name for part in mail.parts] == ["attachment.png", "发票.pdf", "单据.txt"]
    assert mail.parts[0].is_inline
    assert mail.parts[0].content.startswith(b"\x89PNG")
    assert mail.references == ("<a@b>", "<c@d>")
    assert mail.recipients == ("box+c1.aa@centre.example",)


def test_long_mail_takes_no_long_time():
    began = time.monotonic()
    head = b"From: a@b.example\r\nTo: " + b"x, " * 300_000 + b"\r\nSubject: " + b"=?a?B?" * 100_000
    for body in (b" " * 3_000_000, b"<" * 1_000_000, b"> " * 1_000_000, b"a\n" * 500_000):
        read_mail(head + b"\r\n\r\n" + body)
    read_mail(head + b"\r\nContent-Type: text/html\r\n\r\n" + b"<br" * 300_000)
    assert time.monotonic() - began < 20  # a second where nobody else works


def test_nothing_ugly_breaks_the_reader():
    ends = {True: 0, False: 0}
    for raw in ugly_mails(300):
        try:
            mail = read_mail(raw)
        except Unreadable:
            ends[False] += 1
            continue
        ends[True] += 1
        text = mail.subject + mail.text + mail.sender[0] + "".join(one.name for one in mail.parts)
        text.encode()  # no half characters
        assert "\x00" not in text
    assert ends[True] > 270, ends

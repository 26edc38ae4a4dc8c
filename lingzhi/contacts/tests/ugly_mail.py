"""Mail as nobody should write it: a seed gives the same ugly mails every time."""

import base64
import random
from collections.abc import Iterator

WORDS = "您好，我的订单三天还没有送到，请尽快处理。謝謝！Ünïcödé 𠮷野家 ①②③"
CHARSETS = (
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "utf-8",
    "us-ascii",
    "",
    "x-nonsense",
    "hz",
    "utf-7",
)
LINES = ("\r\n", "\n", "\r")


def encoded(text: str, charset: str) -> bytes:
    """The text in the character set, as far as it has the characters."""
    known = charset if charset not in ("", "x-nonsense", "us-ascii") else "gbk"
    return text.encode({"gb2312": "gbk", "hz": "hz"}.get(known, known), "ignore")


def ugly_mails(number: int, seed: int = 7) -> Iterator[bytes]:
    """`number` mails, each ugly in some ways at once."""
    for at in range(number):
        yield _mail(random.Random(seed * 100_000 + at), at)


def _mail(dice: random.Random, at: int) -> bytes:
    charset, end = dice.choice(CHARSETS), dice.choice(LINES).encode()
    head = [line for line in _head(dice, at, charset) if dice.random() > 0.12]
    dice.shuffle(head)
    body = _body(dice, charset)
    mail = end.join([*head, *body])
    if dice.random() < 0.15:
        mail = mail[: dice.randrange(len(mail) + 1)]
    if dice.random() < 0.15:
        for _hit in range(dice.randrange(1, 30)):
            place = dice.randrange(max(1, len(mail)))
            mail = mail[:place] + bytes([dice.randrange(256)]) + mail[place + 1 :]
    return mail


def _word(dice: random.Random, text: str, charset: str) -> bytes:
    """A header's words: raw, encoded well, cut within a character, or broken."""
    raw, name = encoded(text, charset), (charset or "utf-8").encode()
    whole = base64.b64encode(raw)
    cut = dice.randrange(1, len(raw))
    halves = [base64.b64encode(raw[:cut]), base64.b64encode(raw[cut:])]
    words = [
        raw,
        b"=?" + name + b"?B?" + whole + b"?=",
        b"=?" + name + b"?b?" + halves[0] + b"?=\r\n =?" + name + b"?B?" + halves[1] + b"?=",
        b"=?" + name + b"?B?" + whole[:-3] + b"?=",
        b"=?" + name + b"?Q?" + b"".join(b"=%02X" % one for one in raw) + b"?=",
        b"=?" + name + b"?X?" + whole + b"?=",
        b"=?" + name + b"?B?" + whole,
        b"",
    ]
    return dice.choice(words)


def _head(dice: random.Random, at: int, charset: str) -> list[bytes]:
    words = _word(dice, WORDS[: dice.randrange(2, len(WORDS))], charset)
    boundary = dice.choice((b"b%d" % at, b"", b"b" * 200, b'"'))
    kinds = [
        b"text/plain; charset=" + charset.encode(),
        b"text/html; charset=" + charset.encode(),
        b"multipart/mixed; boundary=" + boundary,
        b"multipart/alternative; boundary=" + boundary,
        b"multipart/related",
        b"message/rfc822",
        b"multipart/report; report-type=delivery-status",
        b"text",
        b"/",
        b"text/plain; charset*=utf-8''%ff",
        b"application/ms-tnef",
        encoded(WORDS, charset),
    ]
    return [
        b"From: " + dice.choice([words + b" <li%d@example.com>" % at, b"li@example.com", b"<>",
                                 b"undisclosed", b'"a,b" <x@y.z>, c@d.e', words]),
        b"To: service@centre.example", b"Subject: " + words,
        b"Message-ID: " + dice.choice([b"<%d@example.com>" % at, b"<no", b"", b"<a b@c>", words]),
        b"Date: " + dice.choice([b"Mon, 23 Nov 2026 10:00:00 +0800", b"32 Nov", b"", words,
                                 b"Mon, 23 Nov 2026 10:00:00 +9999"]),
        b"MIME-Version: 1.0", b"Content-Type: " + dice.choice(kinds),
        b"Content-Transfer-Encoding: "
        + dice.choice([b"base64", b"quoted-printable", b"8bit", b"x-uuencode", b"none", words]),
        b"References: " + b"<x@y> " * dice.randrange(60),
        b"Received: from a by b" * dice.randrange(3),
    ]  # fmt: skip


def _body(dice: random.Random, charset: str) -> list[bytes]:
    raw = encoded(WORDS * dice.randrange(1, 4), charset)
    html = (
        b"<html><body><p onclick=x>" + raw + b"</p><script>x</script><img src='cid:1'><blockquote>"
    )
    name = _word(dice, "发票.pdf", charset)
    part = [
        b"--b1",
        b"Content-Type: application/pdf; name*0*=gb2312''%B7%A2; name*1=x.pdf",
        b'Content-Disposition: attachment; filename="' + name + b'"',
        b"Content-ID: <1>",
        b"",
        base64.b64encode(b"%PDF-1"),
        b"--b1--",
    ]
    nested = [
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n" % (n, n + 1) for n in range(60)
    ]
    bodies = [
        [b"", raw], [b"", base64.b64encode(raw)], [b"", html], [b"", html * 20], part, [b"", *part],
        [b"", *nested], [b"", b"\x00\x01\xff\xfe" * 50], [],
        [b"", b"begin 644 x", b"garbage", b"end"],
        [b"", b"Action: failed\r\nStatus: 5.1.1"], [b"", b"=E4=BD=A0=", b"=ZZ"],
    ]  # fmt: skip
    return dice.choice(bodies)

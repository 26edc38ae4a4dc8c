"""What a mail says itself, and the history it quotes below (引用)."""

import re

ANOTHER = re.compile(
    r"^\s*[-—_=\s]*(original message|original appointment|forwarded message|begin forwarded message"
    r"|原始邮件|原始郵件|原邮件|转发邮件|轉寄郵件|回复的原邮件|回覆的原郵件|邮件原件)[-—_=:：\s]*$",
    re.IGNORECASE,
)
WROTE = re.compile(r"^\s*(在|on\b|于|於)?.{3,200}(写道|寫道|wrote|写到)\s*[:：]\s*$", re.IGNORECASE)
TIMED = re.compile(r"\d{1,4}\s*[年/.-]|\d:\d\d|<[^>]+@|@\w")  # a time or an address is in the line
FROM = re.compile(r"^[\s>*]*(发件人|寄件者|寄件人|from)\s*\**\s*[:：]\s*\**\s*\S", re.IGNORECASE)
BESIDE = re.compile(
    r"^[\s>*]*(发送时间|发送日期|发件时间|日期|时间|收件人|抄送|主题|寄件日期|傳送時間|傳送日期"
    r"|收件者|主旨|sent|date|to|cc|subject)\s*\**\s*[:：]",
    re.IGNORECASE,
)
LONGEST = 400  # characters of a line that can begin a quote
NEAR = 6  # lines in which the other headers of a quoted mail follow


def split_quoted(text: str) -> tuple[str, str]:
    """The words of the mail itself and the history behind them.

    A mail that begins with what it passes on, or answers between the lines, stays whole.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = next((n for n in range(len(lines)) if _begins(lines, n)), len(lines))
    at = min(at, _last_quote(lines))
    own = "\n".join(lines[:at]).strip()
    if not own:
        return text.strip(), ""
    return own, "\n".join(lines[at:]).strip()


def _begins(lines: list[str], at: int) -> bool:
    line = lines[at]
    if not line.strip() or len(line) > LONGEST:
        return False
    if ANOTHER.match(line) or _wrote(line):
        return True
    joined = line.rstrip() + " " + lines[at + 1].strip() if at + 1 < len(lines) else ""
    if joined and len(line) > 20 and _wrote(joined) and not lines[at + 1].strip().startswith("在"):
        return True
    return bool(FROM.match(line)) and any(BESIDE.match(one) for one in lines[at + 1 : at + NEAR])


def _wrote(line: str) -> bool:
    return len(line) <= LONGEST and bool(WROTE.match(line) and TIMED.search(line))


def _last_quote(lines: list[str]) -> int:
    """Where a block of lines with `>` begins that goes on to the end."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    quoted = any(line.lstrip().startswith(">") for line in lines[at:])
    return at if quoted else len(lines)

"""Bytes of mail as text. What a mail says of its character set is a hint, not the truth.

Mail that declares gb2312 holds characters of GBK and GB18030, which contain it; mail that declares
utf-8 may be GBK, and headers may hold raw bytes of either (RFC 2047 notwithstanding).
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator

WIDER = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gb2312-80": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "cp936": "gb18030", "ms936": "gb18030", "euc-cn": "gb18030",
    "chinese": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
}  # fmt: skip
UNSAID = ("", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "8bit", "default", "utf-8", "utf8")
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def text_of(raw: bytes, declared: str = "") -> str:
    """`raw` as text, whatever it declares; what cannot be read is a replacement character.

    Control characters, which no database keeps, are left out.
    """
    return CONTROL.sub("", _decoded(raw, declared.strip().strip("\"'").lower()))


def _decoded(raw: bytes, declared: str) -> str:
    # A language behind the name (RFC 2231: utf-8*zh) says nothing about bytes.
    name = declared.split("*", maxsplit=1)[0]
    if name not in UNSAID and not _is_rather_utf8(raw):
        for candidate in (WIDER.get(name, name), "cp950" if "big5" in name else ""):
            if found := _strictly(raw, candidate):
                return found
    for candidate in ("utf-8", "gb18030"):
        if (found := _strictly(raw, candidate)) is not None:
            return found
    return raw.decode("utf-8" if name in UNSAID else "gb18030", "replace")


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _is_rather_utf8(raw: bytes) -> bool:
    """Whether bytes that declare something else are Chinese in UTF-8: never so by chance."""
    text = _strictly(raw, "utf-8")
    if text is None or text.isascii():
        return False
    return all(HAN.match(one) or one in "“”‘’—…·　×°" for one in text if not one.isascii())


def header_text(raw: str) -> str:
    """A header as people read it: unfolded, encoded words (RFC 2047) and raw bytes decoded.

    Bytes of neighbouring words of one character set are joined first: programs cut characters in
    two.
    """
    unfolded = re.sub(r"[\r\n]+[ \t]*", " ", raw)
    return " ".join("".join(_pieces(unfolded)).split())


def _pieces(text: str) -> Iterator[str]:
    at, held, name = 0, b"", ""
    for found in WORD.finditer(text):
        between = text[at : found.start()]
        charset, body = found.group(1).lower().split("*")[0], _body(found)
        if between.strip() or charset != name:
            yield text_of(held, name)
            held = b""
            yield _raw(between) if between.strip() or not name else ""
        held, name, at = held + body, charset, found.end()
    yield text_of(held, name)
    yield _raw(text[at:])


def _raw(text: str) -> str:
    """Text that holds bytes as the parser of mail leaves them (surrogates)."""
    return text_of(text.encode("utf-8", "surrogateescape"))


def _body(found: re.Match[str]) -> bytes:
    content = found.group(3).encode("utf-8", "surrogateescape")
    if found.group(2) in "bB":
        return from_base64(content)
    return binascii.a2b_qp(content.replace(b"_", b" "), header=True)


def from_base64(content: bytes) -> bytes:
    """Base64 as far as it can be read: without padding, with foreign characters."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return b64decode(clean + b"=" * (-len(clean) % 4))

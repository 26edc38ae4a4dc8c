"""Reading single raw values of files and feeds; a wrong one raises `Wrong` with a sentence."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import FIRST_DAY, LAST_DAY
from lingzhi.core.intake import Wrong

# NUL cannot be stored in PostgreSQL, lone surrogates not in UTF-8.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Spreadsheets keep 15 digits of a number and write longer ones as 2.02611E+17.
SHORTENED = re.compile(r"\d(\.\d+)?E\+\d{2,}", re.IGNORECASE)
EXACT = 2**53
DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日 %H时%M分%S秒",
    "%Y%m%d%H%M%S", "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d %H:%M:%S",
)  # fmt: skip


def plain(raw: Any) -> str:
    """Any cell as stripped text. Raises Wrong for what no database can store."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    value = str(raw).strip()
    if UNSTORABLE.search(value):
        raise Wrong(_("The text holds characters that cannot be stored (NUL or half pairs)."))
    return value


def written(raw: Any) -> str:
    """A text or a number as text; an object, a list or a truth value is neither."""
    if isinstance(raw, dict | list | tuple | bool):
        raise Wrong(_("This must be a text or a number."))
    return plain(raw)


def text(limit: int) -> Callable[[Any], str]:
    """Text of at most `limit` characters."""

    def read(raw: Any) -> str:
        value = written(raw)
        if len(value) > limit:
            raise Wrong(_("At most %(limit)d characters are allowed here."), limit=limit)
        return value

    return read


def reference(limit: int) -> Callable[[Any], str]:
    """A number that identifies something: digits that a spreadsheet dropped are noticed."""
    as_text = text(limit)

    def read(raw: Any) -> str:
        if (isinstance(raw, float) and abs(raw) >= EXACT) or SHORTENED.fullmatch(plain(raw)):
            raise Wrong(_("A spreadsheet has shortened this number; export it as text."))
        return as_text(raw)

    return read


def count(limit: int) -> Callable[[Any], int]:
    """A whole number from 0 to `limit`."""

    def read(raw: Any) -> int:
        value = unicodedata.normalize("NFKC", plain(raw))
        if not re.fullmatch(r"[0-9]{1,10}", value) or int(value) > limit:
            raise Wrong(_("This must be a whole number from 0 to %(limit)d."), limit=limit)
        return int(value)

    return read


def moment(raw: Any) -> datetime:
    """A time in ISO 8601, one of the usual Chinese writings, or seconds or milliseconds since
    1970; without a zone it is local.
    """
    if isinstance(raw, datetime):
        found = raw
    elif isinstance(raw, date):
        found = datetime.combine(raw, time.min)
    else:
        found = _written(unicodedata.normalize("NFKC", plain(raw)))
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _written(value: str) -> datetime:
    if re.fullmatch(r"[0-9]{10}|[0-9]{13}", value):
        return datetime.fromtimestamp(int(value) / (1000 if len(value) == 13 else 1), UTC)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return _by_format(value)


def _by_format(value: str) -> datetime:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(value, pattern)  # noqa: DTZ007 the zone is added by `moment`
        except ValueError:
            continue
    raise Wrong(_("This is not a date and time that can be read."))


def day(raw: Any) -> date:
    """A day in any usual writing; a time of day is dropped. From 1990 to 2100."""
    found = timezone.localdate(moment(raw))
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Wrong(_("This date cannot be."))
    return found


def money(raw: Any) -> Decimal:
    """An amount from 0 to a thousand billion, with or without ¥, 元 and thousands marks."""
    said = unicodedata.normalize("NFKC", plain(raw)).strip("¥元 ").replace(",", "")
    try:
        found = Decimal(said)
    except InvalidOperation:
        raise Wrong(_("This must be a number.")) from None
    if isinstance(raw, bool) or not found.is_finite() or not 0 <= found < 10**12:
        raise Wrong(_("This must be a number."))
    return round(found, 2)

"""Reading single raw values of files and feeds; a wrong one raises ValueError with a sentence."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# NUL cannot be stored in PostgreSQL, lone surrogates not in UTF-8.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日 %H时%M分%S秒",
    "%Y%m%d%H%M%S", "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d %H:%M:%S",
)  # fmt: skip

WORDS_IN = {"in", "inbound", "呼入", "来电", "进线", "受理", "呼入电话"}
WORDS_OUT = {"out", "outbound", "呼出", "外呼", "去电", "回访"}
WORDS_ENDED_BY = {
    "agent": {"agent", "坐席", "座席", "客服", "坐席挂机", "座席挂机", "客服挂机"},
    "customer": {"customer", "客户", "用户", "客户挂机", "用户挂机", "顾客"},
    "system": {"system", "系统", "系统挂机", "超时"},
}


def plain(raw: Any) -> str:
    """Any cell as stripped text. Raises ValueError for what no database can store."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    value = str(raw).strip()
    if UNSTORABLE.search(value):
        raise ValueError(_("The text holds characters that cannot be stored (NUL or half pairs)."))
    return value


def text(limit: int) -> Callable[[Any], str]:
    """Text of at most `limit` characters."""

    def read(raw: Any) -> str:
        value = plain(raw)
        if len(value) > limit:
            raise ValueError(_("At most %(limit)d characters are allowed here.") % {"limit": limit})
        return value

    return read


def count(limit: int) -> Callable[[Any], int]:
    """A whole number from 0 to `limit`."""

    def read(raw: Any) -> int:
        value = unicodedata.normalize("NFKC", plain(raw))
        if not re.fullmatch(r"\d{1,9}", value) or int(value) > limit:
            raise ValueError(
                _("This must be a whole number from 0 to %(limit)d.") % {"limit": limit}
            )
        return int(value)

    return read


def moment(raw: Any) -> datetime:
    """A time in ISO 8601 or one of the usual Chinese writings; without zone it is local."""
    if isinstance(raw, datetime):
        return raw if timezone.is_aware(raw) else timezone.make_aware(raw)
    if isinstance(raw, date):
        return timezone.make_aware(datetime.combine(raw, time.min))
    value = unicodedata.normalize("NFKC", plain(raw))
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = _by_format(value)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _by_format(value: str) -> datetime:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(value, pattern)  # noqa: DTZ007 the zone is added by `moment`
        except ValueError:
            continue
    raise ValueError(_("This is not a date and time that can be read."))


def direction(raw: Any) -> str:
    value = plain(raw).lower()
    if value in WORDS_IN:
        return "in"
    if value in WORDS_OUT:
        return "out"
    raise ValueError(_("The direction must be inbound or outbound."))


def ended_by(raw: Any) -> str:
    value = plain(raw).lower()
    for who, words in WORDS_ENDED_BY.items():
        if value in words:
            return who
    raise ValueError(_("It must be the agent, the customer or the system who ended it."))


def free(raw: Any) -> dict[str, Any]:
    """Further data: a flat JSON object of texts, numbers and truth values."""
    if not isinstance(raw, dict) or len(raw) > 100:
        raise ValueError(_("This must be an object of at most 100 values."))
    return {plain(key)[:60]: _free_value(value) for key, value in raw.items()}


def _free_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return plain(value)[:1000]

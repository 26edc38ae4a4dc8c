"""What was noted about a customer, as lines that read alike whatever they are about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.channels import channel_words
from lingzhi.core.documents.tables import plain
from lingzhi.customers.models import (
    Care,
    Consent,
    Delivery,
    FeeNotice,
    ManagerTerm,
    Membership,
    Need,
    Note,
    Opinion,
    RiskWarning,
)

VERDICT_TONES = {"": "unknown", "met": "good", "partly": "warn", "not_met": "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """One note: its words, what stands beside them, and its state with a tone."""

    pk: int
    words: str
    about: str
    state: str = ""
    tone: str = "plain"
    is_open: bool = False


def line_of(row: Note) -> Line:
    """The line of any kind of note."""
    shown = _SHOWN[type(row)](row)
    by = row.noted_by.name if row.noted_by else ""
    signed = " · ".join(part for part in (*shown.pop("beside", ()), _day(row), by) if part)
    return Line(pk=row.pk, about=signed, **shown)


def _day(row: Note) -> str:
    return plain(row.noted_at)[:16]


def _delivery(row: Delivery) -> dict[str, Any]:
    runs = row.kind in Delivery.RUNNING
    ended = _("ended on %(day)s") % {"day": row.ended_on} if row.ended_on else _("running")
    beside = [
        row.number, row.code, _("delivered on %(day)s") % {"day": row.delivered_on},
        f"× {row.quantity}" if row.quantity > 1 else "",
        f"¥{row.amount}" if row.amount is not None else "",
    ]  # fmt: skip
    return {
        "words": row.name,
        "beside": beside,
        "state": f"{row.get_kind_display()} · {ended}" if runs else row.get_kind_display(),
        "tone": "good" if runs and not row.ended_on else "plain",
        "is_open": runs and not row.ended_on,
    }


def _need(row: Need) -> dict[str, Any]:
    words = f"{row.words} → {row.provided}" if row.provided else row.words
    return {
        "words": words,
        "beside": [row.get_source_display()],
        "state": row.get_verdict_display() if row.verdict else _("not compared yet"),
        "tone": VERDICT_TONES[row.verdict],
        "is_open": not row.verdict,
    }


def _care(row: Care) -> dict[str, Any]:
    again = _("again on %(day)s") % {"day": row.next_on} if row.next_on else ""
    return {"words": row.words, "beside": [again], "state": row.get_kind_display()}


def _term(row: ManagerTerm) -> dict[str, Any]:
    return {"words": row.manager.name if row.manager else _("Nobody")}


def _opinion(row: Opinion) -> dict[str, Any]:
    return {
        "words": f"{row.words} → {row.answer}" if row.answer else row.words,
        "beside": [row.get_kind_display(), row.unit.name],
        "state": _("answered") if row.answered_at else _("waits for an answer"),
        "tone": "good" if row.answered_at else "warn",
        "is_open": not row.answered_at,
    }


def _warning(row: RiskWarning) -> dict[str, Any]:
    return {
        "words": f"{row.risk}: {row.words}",
        "beside": [channel_words().get(row.channel, row.channel)],
        "state": _("confirmed by the customer") if row.is_acknowledged else _("sent"),
        "tone": "good" if row.is_acknowledged else "plain",
    }


def _fee(row: FeeNotice) -> dict[str, Any]:
    invoice = _("invoice %(number)s") % {"number": row.invoice} if row.invoice else ""
    return {
        "words": row.matter,
        "beside": [f"¥{row.amount}", row.method, row.rights, invoice],
        "state": _("agreed") if row.agreed_at else _("told, not agreed"),
        "tone": "good" if row.agreed_at else "warn",
        "is_open": not (row.agreed_at and row.invoice),
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "words": row.get_purpose_display() or _("All purposes"),
        "beside": [row.words],
        "state": _("agreed") if row.is_given else _("said no"),
        "tone": "good" if row.is_given else "bad",
    }


def _membership(row: Membership) -> dict[str, Any]:
    return {
        "words": row.segment.name,
        "beside": [row.segment.service],
        "state": _("taken out") if row.ended_at else "",
        "is_open": row.ended_at is None,
    }


_SHOWN: dict[type[Note], Callable[[Any], dict[str, Any]]] = {
    Delivery: _delivery,
    Need: _need,
    Care: _care,
    ManagerTerm: _term,
    Opinion: _opinion,
    RiskWarning: _warning,
    FeeNotice: _fee,
    Consent: _consent,
    Membership: _membership,
}

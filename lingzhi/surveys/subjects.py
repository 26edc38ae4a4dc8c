"""What a customer was asked, answered and said; the judgements stay for the figures, words go."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.documents.tables import plain
from lingzhi.core.subjects import Keys, Subject
from lingzhi.surveys.models import Answer, Invitation, SolicitedOpinion

State = Invitation.State


def _count(keys: Keys) -> int:
    return Invitation.objects.filter(customer__in=keys).count()


def _held(keys: Keys) -> Iterator[dict[str, Any]]:
    rows = Invitation.objects.filter(customer__in=keys).select_related("answering").order_by("pk")
    for one in rows.iterator(500):
        answers = Answer.objects.filter(answering__invitation=one)
        yield {
            "due_at": plain(one.due_at), "way": one.mode, "state": one.state,
            "reason": one.reason, "asked_at": plain(one.sent_at),
            "answers": list(answers.values("question", "row", "number", "choices", "text")),
        }  # fmt: skip


def _erase(keys: Keys) -> int:
    """Nobody is asked any more; what was written goes."""
    rows = Invitation.objects.filter(customer__in=keys)
    Answer.objects.filter(answering__invitation__in=rows).exclude(text="").update(text="")
    waiting = rows.filter(state__in=(State.DUE, State.SENDING, State.UNKNOWN))
    waiting.update(state=State.WITHHELD, reason=Invitation.Reason.ERASED, token_hash=None)
    return rows.update(problem="")


ANSWERS = Subject("surveys", _("Surveys and their answers"), _count, _held, _erase)


def _opinions(keys: Keys) -> int:
    return SolicitedOpinion.objects.filter(customer__in=keys).count()


def _opinions_held(keys: Keys) -> Iterator[dict[str, Any]]:
    rows = SolicitedOpinion.objects.filter(customer__in=keys).order_by("pk")
    for one in rows.iterator(500):
        yield {"asked_at": plain(one.asked_at), "kind": one.kind, "words": one.words}


def _erase_opinions(keys: Keys) -> int:
    return SolicitedOpinion.objects.filter(customer__in=keys).update(words="")


OPINIONS = Subject(
    "opinions_asked", _("Opinions asked for"), _opinions, _opinions_held, _erase_opinions
)

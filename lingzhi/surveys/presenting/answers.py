"""One person's answers in words, with the way to what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.core.languages import in_language
from lingzhi.surveys.models import Answer, Answering, Dimension, Scale


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer: what was asked in short, what was said, and how it is meant."""

    about: str
    said: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownAnswering:
    """One person's answers. `url` leads to the conversation or the case, where there is one."""

    row: Answering
    marks: list[ShownAnswer]
    texts: list[str]
    url: str
    matter: str


def shown_answers(rows: Iterable[Answering], user: User) -> list[ShownAnswering]:
    """Each with what this person may follow."""
    names = {one.code: str(one) for one in Dimension.objects.all()}
    return [_shown(row, names, user) for row in rows]


def _shown(row: Answering, names: dict[str, str], user: User) -> ShownAnswering:
    answers = list(row.answers.all())
    marks = [_mark(one, names) for one in answers if one.scale is not None]
    titles = _titles(row)
    chosen = [
        ShownAnswer(
            "", "、".join(titles.get((one.question, code), code) for code in one.choices), "plain"
        )
        for one in answers
        if one.choices
    ]
    texts = [one.text for one in answers if one.text]
    return ShownAnswering(row, [*marks, *chosen], texts, *_matter(row, user))


def _titles(row: Answering) -> dict[tuple[str, str], str]:
    """The words of what could be chosen, by question and code."""
    return {
        (question["code"], option["code"]): in_language(option["title"])
        for question in row.version.questions
        for option in question.get("options") or ()
    }


def _mark(answer: Answer, names: dict[str, str]) -> ShownAnswer:
    scale, number = answer.scale, answer.number or 0
    assert scale is not None
    label = scale.label_of(number)
    said = f"{number}/{scale.highest}" + (f" {label}" if label else "")
    tone = "good" if number >= scale.satisfied_from else "plain"
    tone = "bad" if number <= scale.dissatisfied_to else tone
    short = scale.get_kind_display() if scale.kind in (Scale.Kind.NPS, Scale.Kind.CES) else ""
    return ShownAnswer(names.get(answer.dimension, "") or short or answer.question, said, tone)


def _matter(row: Answering, user: User) -> tuple[str, str]:
    invitation = row.invitation
    if invitation is None:
        return "", str(row.place or "")
    if invitation.case is not None and user.can("cases.read"):
        return reverse("cases:case", args=[invitation.case_id]), invitation.case.number
    if invitation.contact_id is not None and user.can("contacts.read"):
        return reverse("contacts:detail", args=[invitation.contact_id]), _("Conversation")
    return "", in_language(row.version.title)

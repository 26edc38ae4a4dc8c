"""What was said so far, and whose link this is."""

from collections import defaultdict

from lingzhi.surveys.models import Answering, Invitation
from lingzhi_engine.questionnaire import Given, Question, Questionnaire


def given_in(answering: Answering | None) -> Given:
    """The answers as the questionnaire reads them; empty where nothing was said yet."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in answering.answers.all() if answering else ():
        place = f"{one.question}.{one.row}" if one.row else one.question
        if one.number is not None:
            found[place] = [str(one.number)]
        else:
            found[place] = one.choices or [one.text]
    return found


def next_page(read: Questionnaire, given: Given, after: int = -1) -> int | None:
    """The number of the next page on which anything is asked; None where none is left."""
    asked = {one.code for one in read.asked(given)}
    pages = enumerate(read.pages)
    return next((at for at, page in pages if at > after and asked & {q.code for q in page}), None)


def asked_on(read: Questionnaire, given: Given, at: int) -> list[Question]:
    """What is asked on a page of somebody who gave these answers; empty for a page there is not."""
    asked = read.asked(given)
    return [one for one in read.pages[at] if one in asked] if 0 <= at < len(read.pages) else []


def invitation_of(token_hash: str) -> Invitation | None:
    """The invitation whose link carries the secret with this hash."""
    rows = Invitation.objects.filter(token_hash=token_hash).exclude(state=Invitation.State.DUE)
    related = ("version__questionnaire", "outreach", "rule", "plan")
    return rows.select_related(*related).first()


def answering_at_place(secret_hash: str) -> Answering | None:
    """What somebody at a place began and did not finish."""
    rows = Answering.objects.filter(secret_hash=secret_hash, finished_at=None)
    return rows.select_related("version__questionnaire", "place").first()

"""What people wrote, grouped by what they wrote about."""

from dataclasses import dataclass

from lingzhi.surveys.models import Answer
from lingzhi.surveys.queries.wanted import Wanted
from lingzhi_engine.topics import Topic, topics_of

MOST = 2000  # the latest texts that are grouped


@dataclass(frozen=True, slots=True)
class Texts:
    """Topics, the answers in the order that `Topic.texts` counts, and how many fit no topic."""

    topics: list[Topic]
    answers: list[Answer]
    alone: int


def grouped_texts(wanted: Wanted) -> Texts:
    """The latest texts by topic: found in the words themselves, nothing leaves the house."""
    rows = (
        Answer.objects.filter(answering__in=wanted.answerings().order_by().values("pk"))
        .exclude(text="")
        .order_by("-answering__started_at", "pk")
    )
    answers = list(rows[:MOST])
    topics = topics_of([one.text for one in answers])
    named = {at for topic in topics for at in topic.texts}
    return Texts(topics, answers, len(answers) - len(named))

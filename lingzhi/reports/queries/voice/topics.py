"""What customers say and write about, found in the words of all sources together.

Nothing leaves the house (`lingzhi_engine.topics`). Of each source the latest texts are read, so the
work does not grow with the archive; of a conversation it is the longest turn of the customer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from lingzhi.cases.queries.secrecy import shown_cases_of
from lingzhi.contacts.models import Turn
from lingzhi.reports.queries.voice.asked import Asked
from lingzhi.reports.queries.voice.heard import Heard, Source
from lingzhi.surveys.queries.voice import Source as Words
from lingzhi_engine.stats import Rate
from lingzhi_engine.topics import Topic, topics_of

MOST = 400  # texts of each source
FEWEST, TOPICS = 3, 7  # of what is written, and as many of what is said
LONG_ENOUGH = 6  # characters: shorter turns say yes or no
Texts = list[str]


@dataclass(frozen=True, slots=True)
class HeardTopic:
    """A phrase and others that go with it, the dimension it is laid on ("" for none), and in
    which share of the texts of each source it stands."""

    phrase: str
    others: tuple[str, ...]
    dimension: str
    heard: list[Heard]

    @property
    def number(self) -> int:
        return sum(one.now.numerator for one in self.heard)


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics, the most frequent first, and how many texts were read of each source."""

    topics: list[HeardTopic]
    read: dict[Source, int]


def topics_heard(asked: Asked) -> Topics:
    """Topics of at least three texts, at most seven of each kind."""
    before = asked.before
    now = {source: of(asked) for source, of in TEXTS.items()}
    was = {source: of(before) for source, of in TEXTS.items()}
    laid = asked.terms.dimension_of[Words.PHRASE]
    found = []
    for topic in _topics(now):
        phrases = (topic.phrase, *topic.others)
        heard = [
            Heard(source, _share(now[source], phrases), _share(was[source], phrases))
            for source in TEXTS
        ]
        found.append(HeardTopic(topic.phrase, topic.others, laid.get(topic.phrase, ""), heard))
    ordered = sorted(found, key=lambda topic: (-topic.number, topic.phrase))
    return Topics(ordered, {source: len(texts) for source, texts in now.items()})


def _topics(texts: dict[Source, Texts]) -> list[Topic]:
    """Of what customers write and of what they say, apart: the many conversations would drown
    the rest."""
    said = texts[Source.TALKS]
    written = list(chain(*(texts[one] for one in texts if one != Source.TALKS)))
    topics = [
        topic
        for several in (written, said)
        for topic in topics_of(several, fewest=FEWEST, most=TOPICS)
    ]
    return list({topic.phrase: topic for topic in topics}.values())


def _share(texts: Sequence[str], phrases: tuple[str, ...]) -> Rate:
    """Of the texts those with one of the phrases."""
    return Rate(sum(any(one in text for one in phrases) for text in texts), len(texts))


def _of_surveys(asked: Asked) -> Texts:
    return [text.lower() for _pk, _answering, text in asked.texts[:MOST]]


def _of_complaints(asked: Asked) -> Texts:
    if not asked.sees_cases:
        return []
    rows = asked.complaints.filter(case__in=shown_cases_of(asked.user).values("pk"))
    rows = rows.select_related(None).order_by("-pk")
    return _joined(rows.values_list("case__title", "case__description", "claimed_cause")[:MOST])


def _of_opinions(asked: Asked) -> Texts:
    if not asked.sees_cases:
        return []
    rows = asked.feedback.filter(case__in=shown_cases_of(asked.user).values("pk")).order_by("-pk")
    cases = _joined(rows.values_list("case__title", "case__description")[:MOST])
    words = asked.opinions.order_by("-pk").values_list("words")[:MOST]
    return (cases + _joined(words))[:MOST]


def _of_talks(asked: Asked) -> Texts:
    latest = asked.talks.order_by("-started_at", "-pk").values_list("pk", flat=True)[:MOST]
    rows = Turn.objects.filter(contact__in=list(latest), role=Turn.Speaker.CUSTOMER)
    longest: dict[int, str] = {}
    for contact, text in rows.order_by().values_list("contact_id", "text"):
        if len(text) > len(longest.get(contact, "")):
            longest[contact] = text.lower()
    return [text for text in longest.values() if len(text) >= LONG_ENOUGH]


def _joined(rows: Iterable[tuple[str, ...]]) -> Texts:
    return [" ".join(one for one in row if one).lower() for row in rows]


TEXTS: dict[Source, Callable[[Asked], Texts]] = {
    Source.TEXTS: _of_surveys,
    Source.COMPLAINTS: _of_complaints,
    Source.OPINIONS: _of_opinions,
    Source.TALKS: _of_talks,
}

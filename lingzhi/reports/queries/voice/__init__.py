"""The voice of the customer (客户之声, R-SV-18): surveys, complaints, opinions and conversations
side by side on the dimensions of surveys, and the topics of what customers say and write."""

from lingzhi.reports.queries.voice.asked import Asked
from lingzhi.reports.queries.voice.heard import Agreement, Heard, Source
from lingzhi.reports.queries.voice.open_words import OpenWords, open_words
from lingzhi.reports.queries.voice.placing import Placed, placed
from lingzhi.reports.queries.voice.quotes import Quote, quotes_about
from lingzhi.reports.queries.voice.rows import Row, rows_of
from lingzhi.reports.queries.voice.topics import HeardTopic, Topics, topics_heard

__all__ = [
    "Agreement",
    "Asked",
    "Heard",
    "HeardTopic",
    "OpenWords",
    "Placed",
    "Quote",
    "Row",
    "Source",
    "Topics",
    "open_words",
    "placed",
    "quotes_about",
    "rows_of",
    "topics_heard",
]

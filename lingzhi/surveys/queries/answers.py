"""The answers behind a figure, person by person."""

from collections.abc import Mapping

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from lingzhi.surveys.models import Answer, Answering
from lingzhi.surveys.queries.wanted import Wanted

SATISFIED = Q(number__gte=F("scale__satisfied_from"))
DISSATISFIED = Q(number__lte=F("scale__dissatisfied_to"))
SAID = {"good": SATISFIED, "bad": DISSATISFIED}


def answers_behind(wanted: Wanted, narrow: Mapping[str, str]) -> QuerySet[Answering]:
    """The newest first, with all that was answered.

    `narrow` takes a `dimension`, what was `said` about it or anything (good, bad), and a `topic`
    that stands in the text.
    """
    about = Answer.objects.all()
    if narrow.get("dimension"):
        about = about.filter(dimension=narrow["dimension"][:40])
    if narrow.get("said") in SAID:
        about = about.filter(SAID[narrow["said"]], scale__isnull=False)
    rows = wanted.answerings().filter(pk__in=about.values("answering"))
    if narrow.get("topic"):  # another answer of the same person than the one judged
        texts = Answer.objects.filter(text__icontains=narrow["topic"][:40])
        rows = rows.filter(pk__in=texts.values("answering"))
    answers = Answer.objects.select_related("scale").order_by("pk")
    return (
        rows.select_related(
            "version__questionnaire", "unit", "place", "invitation__agent", "invitation__case",
            "recovery__case",
        )
        .prefetch_related(Prefetch("answers", answers))
        .order_by(Coalesce("invitation__served_at", "started_at").desc(), "-pk")
    )  # fmt: skip

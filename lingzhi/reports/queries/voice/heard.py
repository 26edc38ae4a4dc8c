"""What one source says of one matter, and whether the sources agree."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.kpis.models import Target
from lingzhi_engine.stats import Rate, difference

LEVEL = 0.99  # of forty changes looked at, fewer than one in two pages shows one by chance


class Source(models.TextChoices):
    """Where the customer is heard."""

    RATINGS = "ratings", _("Survey judgements")
    TEXTS = "texts", _("Survey texts")
    COMPLAINTS = "complaints", _("Complaints")
    OPINIONS = "opinions", _("Opinions and suggestions")
    TALKS = "talks", _("Inspected conversations")


class State(models.TextChoices):
    """Whether a source can say something: HEARD, or why not."""

    HEARD = "heard", _("heard")
    CLOSED = "closed", _("not within your rights")
    OPEN = "open", _("nothing is laid on this dimension")
    BEYOND = "beyond", _("more than conversations: no rate")


class Agreement(models.TextChoices):
    """What the sources say together."""

    WORSE = "worse", _("Agree: worse")
    BETTER = "better", _("Agree: better")
    APART = "apart", _("Contradict each other")
    ALONE = "alone", _("One alone has moved")
    STILL = "still", _("No sure change")
    UNKNOWN = "unknown", _("Unknown")


@dataclass(frozen=True, slots=True)
class Heard:
    """The share in one source now and in as many days before.

    Of judgements it is the share of the satisfied; elsewhere of those with a complaint, an opinion,
    a text or a finding about it.
    """

    source: Source
    now: Rate
    before: Rate
    state: State = State.HEARD
    target: Target | None = None

    @property
    def is_enough(self) -> bool:
        return self.state == State.HEARD and self.now.is_enough()

    @property
    def change(self) -> tuple[float, float] | None:
        """The 99 % interval of the share now less before; None where either is too few to say."""
        if not (self.is_enough and self.before.is_enough()):
            return None
        was, now = self.before, self.now
        return difference((was.numerator, was.denominator), (now.numerator, now.denominator), LEVEL)

    @property
    def moved(self) -> str:
        """worse | better | same | unknown: worse is fewer satisfied, or more of the rest."""
        if self.change is None:
            return "unknown"
        low, high = self.change
        if low <= 0 <= high:
            return "same"
        return "better" if (low > 0) == (self.source == Source.RATINGS) else "worse"

    @property
    def is_content(self) -> bool:
        """Judgements that reach their target with the whole interval."""
        if self.target is None or not self.is_enough:
            return False
        return self.now.interval().low >= self.target.value / 100


def agreement(heard: Iterable[Heard]) -> Agreement:
    """What several sources say together, by this rule:

    * fewer than two sources that can compare with the time before: unknown;
    * some worse and others better, or some worse while judgements reach their target for certain:
      they contradict each other;
    * two or more worse and none better (or the other way round): they agree;
    * one alone: said as that. None: no change beyond chance.
    """
    several = list(heard)
    moved = [one.moved for one in several if one.moved != "unknown"]
    worse, better = moved.count("worse"), moved.count("better")
    is_content = any(one.is_content and one.moved != "worse" for one in several)
    if len(moved) < 2:
        return Agreement.UNKNOWN
    if worse and (better or is_content):
        return Agreement.APART
    if max(worse, better) > 1:
        return Agreement.WORSE if worse else Agreement.BETTER
    return Agreement.ALONE if worse or better else Agreement.STILL

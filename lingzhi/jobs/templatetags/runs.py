"""How runs look."""

import re

from django import template
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import joined
from lingzhi.jobs.models import Run
from lingzhi.jobs.names import job_in_words, queue_in_words
from lingzhi.jobs.reasons import in_reader_s_language

register = template.Library()
register.filter("job_name", job_in_words)
register.filter("queue_name", queue_in_words)
TONES = {
    Run.State.QUEUED: "plain",
    Run.State.RUNNING: "flow",
    Run.State.DONE: "good",
    Run.State.FAILED: "bad",
    Run.State.CANCELLED: "unknown",
}
UNITS = {
    "s": _("Every %(number)s seconds"),
    "min": _("Every %(number)s minutes"),
    "h": _("Every %(number)s hours"),
}
COUNTS = {
    "rows": _("Rows"),
    "problems": _("Problems"),
    "published": _("Published"),
    "known": _("Known already"),
    "conversations": _("Conversations"),
    "turns": _("Turns"),
    "hits": _("Hits"),
    "misses": _("Misses"),
    "unknown": _("Unknown"),
    "errors": _("Errors"),
}


@register.filter
def run_tone(run: Run) -> str:
    """The colour of a run's state."""
    return TONES[Run.State(run.state)]


@register.filter
def queue_names(codes: list[str]) -> str:
    """The queues that a worker takes from."""
    return joined(queue_in_words(code) for code in codes)


@register.filter
def count_name(name: str) -> str:
    """What a figure of a run counts; a name that nobody knows stays as it is."""
    return str(COUNTS.get(name, name))


@register.filter
def first_line(text: str) -> str:
    """The reason in one line; the rest is for whoever looks for the cause."""
    return in_reader_s_language(text.partition("\n")[0])


@register.filter
def other_lines(text: str) -> str:
    """What follows the first line."""
    return text.partition("\n")[2].strip()


@register.filter
def took_seconds(run: Run) -> float | None:
    """How long the run worked; None while it has not started or ended."""
    if run.started_at is None or run.finished_at is None:
        return None
    return (run.finished_at - run.started_at).total_seconds()


@register.filter
def timing_words(timing: str) -> str:
    """When recurring work comes, in words; a line of cron that is less usual as it stands."""
    text = timing.partition(" on ")[0]
    if found := re.fullmatch(r"every (\d+) (s|min|h)", text):
        return UNITS[found[2]] % {"number": found[1]}
    if found := re.fullmatch(r"(\d+) (\d+) \* \* \*", text):
        return _("Daily at %(time)s") % {"time": f"{int(found[2]):02}:{int(found[1]):02}"}
    if found := re.fullmatch(r"(\d+) \* \* \* \*", text):
        return _("Hourly at minute %(minute)s") % {"minute": found[1]}
    return text

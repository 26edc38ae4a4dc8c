"""The kinds of control that wait for their app: their parameters are known, nothing runs them yet.

A regulation can be adopted with them; the page says "not yet enforced" until the app lands.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.controls import ControlKind, Flaw, Limit, Param, Words
from lingzhi.core.units import cadences
from lingzhi.org.models import Post
from lingzhi.org.services import catalogue_of_posts

Choices = Callable[[], Iterable[tuple[str, Words]]]


def _text(name: str, label: Words, *, is_required: bool = True) -> Param:
    return Param(name, label, "text", is_required=is_required)


def _list(name: str, label: Words) -> Param:
    return Param(name, label, "words")


def _amount(name: str, label: Words, *, unit: str = "", is_required: bool = True) -> Param:
    return Param(
        name, label, "number", unit=unit, is_figure=True, is_required=is_required, low=0,
        is_positive=True,
    )  # fmt: skip


def _cadence(*, is_required: bool = True) -> Param:
    return Param(
        "cadence", _("how often"), "choice", is_figure=True, is_required=is_required,
        choices=cadences,
    )  # fmt: skip


def _choice(name: str, label: Words, choices: Choices) -> Param:
    return Param(name, label, "choice", choices=choices)


def _posts() -> Iterable[tuple[str, Words]]:
    """The posts of the catalogue and those of the house."""
    named = {entry["code"]: entry["name"] for entry in catalogue_of_posts()}
    own = Post.objects.filter(withdrawn_at=None).values_list("code", "name")
    return sorted({**named, **dict(own)}.items())


def _pers() -> Iterable[tuple[str, Words]]:
    return (("agent", _("each agent")), ("team", _("each team")), ("centre", _("each centre")))


def _sampled() -> Iterable[tuple[str, Words]]:
    return (
        ("random", _("at random")),
        ("stratified", _("at random in strata")),
        ("risk", _("by risk")),
        ("live", _("listening in")),
    )


def _scored() -> Iterable[tuple[str, Words]]:
    return (("points", _("points")), ("marks", _("yes or no")), ("levels", _("levels")))


def _clocks() -> Iterable[tuple[str, Words]]:
    return (
        ("first_response", _("first response")),
        ("handling", _("handling within the contact")),
        ("next_reply", _("next reply")),
        ("periodic_update", _("periodic update")),
        ("own", _("taking ownership")),
        ("hand_over", _("handing over")),
        ("investigation", _("investigation")),
        ("proposal", _("proposed solution")),
        ("resolution", _("resolution")),
        ("feedback", _("feedback")),
        ("promise", _("promise")),
        ("follow_up", _("follow-up")),
    )


def cases() -> Iterable[tuple[str, Words]]:
    """Which cases a control can be limited to."""
    return (
        ("all", _("all cases")),
        ("normal", _("normal cases")),
        ("special", _("special cases")),
        ("urgent", _("urgent cases")),
        ("complex", _("complex cases")),
        ("complaint", _("complaints")),
        ("feedback", _("opinions and suggestions")),
        ("request", _("service requests")),
    )


def channels() -> Iterable[tuple[str, Words]]:
    """Channels that a control can be limited to."""
    return (
        ("phone", _("telephone")),
        ("chat", _("online chat")),
        ("email", _("e-mail")),
        ("app", _("app")),
    )


CASE = Param("case", _("kind of case"), "choice", choices=cases)
_CHANNEL = Param("channel", _("channel"), "choice", is_required=False, choices=channels)
_STRICT = Param("is_strict", _("the bound itself does not count"), "flag", is_required=False)


def _sla_limits(values: Mapping[str, Any]) -> Iterable[Limit]:
    if not isinstance(values.get("limit"), int | float):
        return
    case = values.get("case", "")
    yield Limit(
        subject=str(values.get("clock", "")),
        value=values["limit"],
        unit=values.get("limit_unit", ""),
        better="low",
        case="" if case == "all" else case,
        channel=values.get("channel", ""),
    )


def _sla_check(values: Mapping[str, Any]) -> Iterable[Flaw]:
    """A promise (承诺时限) is its own limit; every other clock has one."""
    has_limit = "limit" in values or "limit_unit" in values  # the latter: it is still to be set
    if values.get("clock") == "promise" and has_limit:
        yield Flaw("limit", _("What was promised is the limit."))
    elif values.get("clock") != "promise" and not has_limit:
        yield Flaw("limit", _("This is missing."))


def _waiting(app: str, code: str, label: Words, *params: Param) -> ControlKind:
    return ControlKind(code, label, params, waits_for=app)


SLA = ControlKind(
    "sla",
    _("Time limit"),
    (
        Param("clock", _("clock"), "choice", choices=_clocks),
        _amount("limit", _("limit"), is_required=False),
        CASE,
        _CHANNEL,
        _STRICT,
    ),
    check=_sla_check,
    limits=_sla_limits,
    waits_for="cases",
)

SCORECARD = _waiting(
    "inspections", "scorecard", _("Scorecard"),
    _choice("method", _("method"), _scored), _list("sections", _("sections")),
)  # fmt: skip
SAMPLING = _waiting(
    "inspections", "sampling", _("Sampling"),
    _choice("method", _("method"), _sampled), _amount("size", _("size"), is_required=False),
    _choice("per", _("for each"), _pers), _cadence(is_required=False),
)  # fmt: skip

WAITING: tuple[ControlKind, ...] = (
    SLA,
    _waiting(
        "org", "duty", _("Duty"),
        _text("matter", _("matter")), _choice("post", _("post"), _posts),
        _cadence(is_required=False),
    ),
    _waiting("improvement", "rectification", _("Rectification"), _list("steps", _("steps"))),
    SCORECARD,
    SAMPLING,
    _waiting(
        "knowledge", "sop", _("Operating procedure"),
        _text("scenario", _("scenario")), _list("steps", _("steps")),
    ),
    _waiting("governance", "meeting", _("Meeting"), _text("name", _("name")), _cadence()),
    _waiting(
        "learning", "training", _("Training"),
        _list("topics", _("topics")), _amount("hours", _("hours"), is_required=False),
        _cadence(is_required=False),
    ),
    _waiting(
        "learning", "exam", _("Exam"), _text("topic", _("topic")),
        Param("pass_mark", _("pass mark"), "percent", unit="percent", is_figure=True),
        _cadence(is_required=False),
    ),
    _waiting(
        "performance", "appraisal", _("Appraisal"),
        _text("subjects", _("who is appraised")), _list("contents", _("contents")), _cadence(),
    ),
    _waiting("performance", "sanctions", _("Sanctions"), _list("ladder", _("ladder"))),
    _waiting("performance", "grade", _("Grades"), _list("scale", _("scale"))),
    _waiting(
        "workforce", "staffing", _("Staffing"),
        _amount("low", _("at least"), is_required=False),
        _amount("high", _("at most"), is_required=False), _choice("per", _("for each"), _pers),
    ),
    _waiting(
        "assets", "equipment_check", _("Equipment check"), _list("things", _("things")), _cadence()
    ),
    _waiting(
        "assets", "register", _("File to be kept"),
        _text("name", _("name")), _list("fields", _("fields")),
    ),
    _waiting("risk", "drill", _("Drill"), _text("scenario", _("scenario")), _cadence()),
    _waiting(
        "governance", "retention", _("Retention"), _text("data", _("data")),
        Param("months", _("months"), "integer", unit="months", is_figure=True, low=1),
        _cadence(is_required=False),
    ),
)  # fmt: skip

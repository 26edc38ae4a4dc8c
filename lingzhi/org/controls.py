"""What the organisation runs for rulebooks: posts that are held, activities of its culture."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Flaw, Param, Words
from lingzhi.core.units import cadences
from lingzhi.org import services
from lingzhi.org.models import Activity, Post
from lingzhi.org.queries.activities_held import MONTHS, activities_held
from lingzhi.org.queries.posts_held import posts_held

Values = Mapping[str, Any]


def _posts() -> Iterable[tuple[str, Words]]:
    """The posts of the catalogue and those of the house."""
    named = {entry["code"]: entry["name"] for entry in services.catalogue_of_posts()}
    own = Post.objects.filter(withdrawn_at=None).values_list("code", "name")
    return sorted({**named, **dict(own)}.items())


def _pers() -> Iterable[tuple[str, Words]]:
    return (("centre", _("Each centre")), ("team", _("Each team")))


def _check(values: Values) -> Iterable[Flaw]:
    withdrawn = Post.objects.filter(code=values.get("post", "")).exclude(withdrawn_at=None)
    if withdrawn.exists():
        yield Flaw("post", _("This post is withdrawn."))


def _apply(binding: Binding, by: User | None) -> None:
    """The post gets its description from the catalogue where it has none yet."""
    services.describe_post(binding.values["post"], by=by)


def _end(binding: Binding, by: User | None) -> None:
    """The post and who holds it stay: people do not leave a post with a clause."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return posts_held(bindings, first, last)


def _evidence_url(binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    """The post with those who hold it."""
    post = Post.objects.filter(code=binding.values["post"]).first()
    return reverse("org:post", args=[post.pk]) if post else reverse("org:posts")


def _each_check_counts(_values: Values) -> float:
    return 1.0


def _is_per_team(values: Values) -> bool:
    return bool(values.get("per") == "team")


def _activities() -> Iterable[tuple[str, Words]]:
    return Activity.Kind.choices


def _periods() -> Iterable[tuple[str, Words]]:
    return (one for one in cadences() if one[0] in MONTHS)


def _leave_to_people(_binding: Binding, _by: User | None) -> None:
    """Activities are planned and held by people; a clause only counts them."""


def _activities_evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return activities_held(bindings, first, last)


def _activities_url(binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    """What was held of this kind."""
    return f"{reverse('org:activities')}?kind={binding.values['activity']}"


CONTROLS = (
    ControlKind(
        "post",
        _("Post"),
        (
            Param("post", _("post"), "choice", choices=_posts),
            Param(
                "at_least", _("at least"), "integer", unit="people", is_figure=True,
                is_required=False, low=1,
            ),
            Param("per", _("where"), "choice", choices=_pers),
        ),
        check=_check,
        apply=_apply,
        end=_end,
        evidence=_evidence,
        evidence_url=_evidence_url,
        needed=_each_check_counts,
        narrows=_is_per_team,
    ),
    ControlKind(
        "activity",
        _("Activity of the service culture"),
        (
            Param("activity", _("kind"), "choice", choices=_activities),
            Param(
                "at_least", _("at least"), "integer", is_figure=True, is_required=False, low=1
            ),
            Param("cadence", _("how often"), "choice", is_figure=True, choices=_periods),
            Param("per", _("where"), "choice", choices=_pers),
        ),
        apply=_leave_to_people,
        end=_leave_to_people,
        evidence=_activities_evidence,
        evidence_url=_activities_url,
        needed=_each_check_counts,
        narrows=_is_per_team,
    ),
)  # fmt: skip

"""The catalogue of posts, their descriptions in versions, and who holds them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.core.stamps import Stamp, stamp_of
from lingzhi.org.models import Post, PostHolding, PostVersion, Unit
from lingzhi.org.queries import in_force
from lingzhi.org.services.changes import apply

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue" / "posts.yaml"


class PostIsHeld(DomainError):
    message = _("People hold this post: end that first.")


class PostIsWithdrawn(DomainError):
    message = _("This post is withdrawn.")


@transaction.atomic
def create_post(*, code: str, name: str, aliases: str = "", is_key: bool, by: User | None) -> Post:
    """Add a post to the catalogue; its description follows as version 1."""
    post = Post.objects.create(code=code, name=name, aliases=aliases, is_key=is_key)
    record(by, "org.post_created", post, after={"code": code, "is_key": is_key})
    return post


@transaction.atomic
def change_post(post: Post, values: dict[str, Any], *, by: User | None) -> None:
    """Change name, other names, or whether it is a key post (关键岗位)."""
    before, after = apply(post, values)
    if after:
        record(by, "org.post_changed", post, before=before, after=after)


@transaction.atomic
def publish_version(post: Post, *, by: User | None, **texts: Any) -> PostVersion:
    """Put a new description into force from `effective_on`. Earlier versions stay readable."""
    if post.withdrawn_at is not None:
        raise PostIsWithdrawn()
    Post.objects.select_for_update().get(pk=post.pk)
    newest = post.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = PostVersion.objects.create(
        post=post, number=newest + 1, published_at=now(), published_by=by, **texts
    )
    after = {"version": version.number, "effective_on": str(version.effective_on)}
    record(by, "org.post_described", post, after=after, reason=version.change)
    return version


@transaction.atomic
def withdraw_post(post: Post, *, by: User | None, reason: str = "") -> None:
    """Take a post nobody holds out of the catalogue."""
    if post.holdings.filter(in_force(today())).exists():
        raise PostIsHeld()
    if not Post.objects.filter(pk=post.pk, withdrawn_at=None).update(
        withdrawn_at=now(), withdrawn_by=by
    ):
        raise PostIsWithdrawn()
    record(by, "org.post_withdrawn", post, reason=reason)


@transaction.atomic
def hold_post(
    person: User, post: Post, unit: Unit, *, from_on: date, by: User | None
) -> PostHolding:
    """`person` holds `post` at `unit` from `from_on` on."""
    if post.withdrawn_at is not None:
        raise PostIsWithdrawn()
    holding = PostHolding(person=person, post=post, unit=unit, from_on=from_on)
    holding.validate_constraints()
    holding.save()
    after = {"post": post.code, "unit": unit.code, "from": str(from_on)}
    record(by, "org.post_taken", person, after=after)
    return holding


@transaction.atomic
def leave_post(holding: PostHolding, *, on: date, by: User | None) -> None:
    """The post is held up to and including `on`; before its first day: never was."""
    after = {"post": holding.post.code, "to": str(on)}
    record(by, "org.post_left", holding.person, after=after)
    if on < holding.from_on:
        holding.delete()
        return
    holding.to_on = on
    holding.save(update_fields=["to_on"])


def catalogue_of_posts() -> Sequence[Mapping[str, Any]]:
    """The posts that rulebooks name, each with its first description."""
    return _catalogue(stamp_of([CATALOGUE]))


@lru_cache(maxsize=1)
def _catalogue(_stamp: Stamp) -> Sequence[Mapping[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(CATALOGUE.read_text("utf-8"))
    return found


@transaction.atomic
def seed_posts(*, by: User | None) -> int:
    """Add the posts that rulebooks name (R-OR-02) and that are not there yet; how many."""
    known = set(Post.objects.values_list("code", flat=True))
    fresh = [entry for entry in catalogue_of_posts() if entry["code"] not in known]
    for entry in fresh:
        _seed(entry, by)
    return len(fresh)


def _seed(entry: Mapping[str, Any], by: User | None) -> None:
    post = create_post(
        code=entry["code"],
        name=entry["name"],
        aliases="\n".join(entry.get("aliases", [])),
        is_key=entry.get("is_key", False),
        by=by,
    )
    publish_version(post, by=by, effective_on=today(), **entry["description"])


@transaction.atomic
def describe_post(code: str, *, by: User | None) -> None:
    """See to it that a post exists and is described, from the catalogue where it knows the post.

    Raises PostIsWithdrawn; a post that is described already stays as it is.
    """
    post = Post.objects.filter(code=code).first()
    entry = next((one for one in catalogue_of_posts() if one["code"] == code), None)
    if post is None and entry is not None:
        _seed(entry, by)
    elif post is not None and post.withdrawn_at is not None:
        raise PostIsWithdrawn()
    elif post is not None and entry is not None and not post.versions.exists():
        publish_version(post, by=by, effective_on=today(), **entry["description"])

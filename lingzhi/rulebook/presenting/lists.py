"""Lines of the library: regulations with their state, packs that are offered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.files.models import StoredFile
from lingzhi.org.models import Unit
from lingzhi.org.queries import Reach, reach
from lingzhi.rulebook.models import Pack, Regulation, Version, in_language
from lingzhi.rulebook.packs import PackProblem
from lingzhi.rulebook.queries import (
    Offer,
    open_draft,
    open_pilots,
    own_packs,
    unread_by,
    version_in_force,
)

STATES: dict[str, tuple[str | Promise, str]] = {
    "draft": (_("draft"), "plain"),
    "submitted": (_("submitted"), "flow"),
    "reviewed": (_("reviewed"), "flow"),
    "approved": (_("approved"), "flow"),
    "effective": (_("in force"), "good"),
    "withdrawn": (_("withdrawn"), "plain"),
}


@dataclass(frozen=True, slots=True)
class ShownRegulation:
    """A regulation with what holds now and what is being prepared."""

    regulation: Regulation
    title: str
    version: Version | None
    draft: Version | None
    pilots: list[Version]
    state: str | Promise
    tone: str
    clauses: int
    unread: int
    may_change: bool


def shown_regulations(regulations: Iterable[Regulation], user: User) -> list[ShownRegulation]:
    """Those that hold or are prepared; what was withdrawn for good is left out."""
    where = reach(user, "rulebook.write")
    found = [_regulation(one, where.covers(one.unit, None)) for one in regulations]
    return [one for one in found if one.version or one.pilots or (one.draft and one.may_change)]


def _regulation(regulation: Regulation, may_change: bool) -> ShownRegulation:
    version, draft = version_in_force(regulation), open_draft(regulation)
    newest = version or (draft if may_change else None)
    words, tone = shown_state(newest) if newest else ("", "plain")
    return ShownRegulation(
        regulation=regulation,
        title=newest.title if newest else regulation.pack,
        version=version,
        draft=draft if may_change else None,
        pilots=open_pilots(regulation),
        state=words,
        tone=tone,
        clauses=version.clauses.exclude(force="heading").count() if version else 0,
        unread=unread_by(version).count() if version else 0,
        may_change=may_change,
    )


def printable_units(regulations: Iterable[ShownRegulation]) -> list[Unit]:
    """Open units with a regulation of their own in force: each has a rulebook to print."""
    units = {one.regulation.unit_id: one.regulation.unit for one in regulations if one.version}
    return [unit for unit in units.values() if unit.closed_at is None]


def shown_state(version: Version) -> tuple[str | Promise, str]:
    """What state a version is in today, with its tone."""
    return STATES[version.state_on(today())]


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """A pack that can be adopted; `owner` is the unit that one made here belongs to.

    `change_url` leads to where it is changed; empty for who may not.
    """

    offer: Offer
    problems: list[PackProblem]
    is_adopted: bool
    owner: str
    change_url: str


def shown_offers(offers: Iterable[Offer], user: User) -> list[ShownOffer]:
    own, where = {pack.code: pack for pack in own_packs()}, reach(user, "rulebook.write")
    return [_offer(one, own.get(one.code), where) for one in offers]


def _offer(offer: Offer, pack: Pack | None, where: Reach) -> ShownOffer:
    return ShownOffer(
        offer=offer,
        problems=list(offer.problems),
        is_adopted=_holds(offer.regulations),
        owner=pack.unit.name if pack else "",
        change_url=change_url_of(pack, where) if pack else "",
    )


def change_url_of(pack: Pack, where: Reach) -> str:
    """Where this pack is changed: an imported one is looked through first."""
    if not where.covers(pack.unit, None):
        return ""
    if any(not row["decision"] for row in pack.proposals):
        return reverse("rulebook:import_review", args=[pack.code])
    return reverse("rulebook:desk", args=["pack", pack.code])


def _holds(regulations: Iterable[Regulation]) -> bool:
    """Whether it is in force somewhere; a draft alone adopts nothing."""
    return any(version_in_force(one) for one in regulations)


@dataclass(frozen=True, slots=True)
class ShownSlot:
    """A subordinate document that a regulation names, and the file that fills it."""

    key: str
    title: str
    file: StoredFile | None


def shown_slots(regulation: Regulation, version: Version) -> list[ShownSlot]:
    files = {slot.key: slot.file for slot in regulation.slots.select_related("file")}
    return [
        ShownSlot(slot["key"], in_language(slot["title"]), files.get(slot["key"]))
        for slot in version.body.get("slots") or ()
    ]

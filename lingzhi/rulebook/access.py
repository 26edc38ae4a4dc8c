"""Packs, regulations and versions are obtained together with the right to do something with them.

What was once in force is read by everybody; drafts by who writes them and whose signature they
wait for. A regulation is changed by who may write for its unit, a pack made here by who may write
for the unit of who made it.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from lingzhi.accounts.models import User
from lingzhi.files.models import StoredFile
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, reach
from lingzhi.rulebook.models import Clause, Pack, Regulation, Version
from lingzhi.rulebook.packs import Body, UnknownPack, body_of_pack
from lingzhi.rulebook.queries import (
    open_draft,
    own_packs,
    regulations_for,
    regulations_visible_to,
    version_in_force,
    versions_visible_to,
)

READ, WRITE = "rulebook.read", "rulebook.write"


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def _require_writer(user: User, unit: Unit) -> None:
    if not reach(user, WRITE).covers(unit, None):
        raise PermissionDenied


def regulation_to_read(user: User, pk: int) -> Regulation:
    """A regulation with its unit."""
    require(user, READ)
    return get_object_or_404(regulations_visible_to(user), pk=pk)


def regulation_to_change(user: User, pk: int) -> Regulation:
    """A regulation for whose unit this person writes."""
    regulation = regulation_to_read(user, pk)
    _require_writer(user, regulation.unit)
    return regulation


def version_to_read(user: User, pk: int) -> Version:
    """A version with its regulation, unit and approval."""
    require(user, READ)
    return get_object_or_404(versions_visible_to(user), pk=pk)


def version_to_change(user: User, pk: int) -> Version:
    """A version for whose unit this person writes; whether it may change still is its state's."""
    version = version_to_read(user, pk)
    _require_writer(user, version.regulation.unit)
    return version


def clause_to_read(user: User, regulation_pk: int, number: str) -> Clause:
    """A clause as it is in force, else as it was or will be in the newest visible version."""
    regulation = regulation_to_read(user, regulation_pk)
    version = version_in_force(regulation) or open_draft(regulation)
    rows = Clause.objects.select_related("version__regulation__unit")
    rows = rows.filter(version__in=versions_visible_to(user).filter(regulation=regulation))
    rows = rows.filter(number=number).prefetch_related("controls").order_by("-version__number")
    clause = (rows.filter(version=version).first() if version else None) or rows.first()
    if clause is None:
        raise Http404
    return clause


def document_to_take(user: User, regulation_pk: int, file_pk: int) -> StoredFile:
    """A subordinate document, or a proof of lawful adoption, of a regulation one may read."""
    regulation = regulation_to_read(user, regulation_pk)
    rows = StoredFile.objects.filter(
        Q(pk__in=regulation.slots.values("file")) | Q(pk__in=regulation.lawful_steps.values("file"))
    )
    return get_object_or_404(rows, pk=file_pk)


def pack_to_adopt(user: User, code: str) -> Body:
    """The content of a pack this person may adopt somewhere; PackProblems where it is unsound."""
    require(user, WRITE)
    try:
        return body_of_pack(code)
    except UnknownPack as problem:
        raise Http404 from problem


def pack_to_change(user: User, code: str) -> Pack:
    """A pack made here, where this person writes for the unit that it belongs to."""
    require(user, WRITE)
    pack: Pack = get_object_or_404(own_packs(), code=code)
    _require_writer(user, pack.unit)
    return pack


def unit_to_print(user: User, pk: int) -> Unit:
    """An open unit all of whose regulations in force this person may read; one at least."""
    require(user, READ)
    unit: Unit = get_object_or_404(open_units(), pk=pk)
    holding = [regulation.pk for regulation in regulations_for(unit)]
    if not holding or regulations_visible_to(user).filter(pk__in=holding).count() < len(holding):
        raise Http404
    return unit


def unit_to_adopt_for(user: User, pk: int) -> Unit:
    """An open unit for which this person may adopt."""
    require(user, WRITE)
    unit: Unit = get_object_or_404(open_units(), pk=pk)
    _require_writer(user, unit)
    return unit

"""Controlled documents are obtained together with the right to do something with them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.access.goals import require
from lingzhi.governance.models import Document, DocumentVersion
from lingzhi.governance.queries.documents import (
    OPEN,
    documents_visible_to,
    may_write,
    versions_visible_to,
)


def document_to_read(user: User, pk: int) -> Document:
    require(user, OPEN)
    found = documents_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def document_to_write(user: User, pk: int) -> Document:
    """One of a unit for which this person plans."""
    found = document_to_read(user, pk)
    if not may_write(user, found.unit):
        raise PermissionDenied
    return found


def version_to_read(user: User, pk: int) -> DocumentVersion:
    """One whose file is there."""
    require(user, OPEN)
    found = versions_visible_to(user).filter(pk=pk).first()
    if found is None or found.file is None:
        raise Http404
    return found


def version_to_write(user: User, pk: int) -> DocumentVersion:
    """A version of a document of a unit for which this person plans."""
    require(user, OPEN)
    found = versions_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may_write(user, found.document.unit):
        raise PermissionDenied
    return found


def may_review(user: User, document: Document) -> bool:
    """Who answers for it, or who plans for its unit."""
    return document.owner_id == user.pk or may_write(user, document.unit)


def version_to_review(user: User, pk: int) -> DocumentVersion:
    found = version_to_read(user, pk)
    if not may_review(user, found.document):
        raise PermissionDenied
    return found

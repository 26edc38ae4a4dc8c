"""Photos that stand by the answers of a field checklist (现场检查)."""

from typing import IO, Any, BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.services import discard_file, store_file
from lingzhi.inspections.models import Photo, Review
from lingzhi.inspections.queries.photos import photos_of
from lingzhi_engine.sheet import Need

MOST_BYTES = 10 * 1024 * 1024
MOST = 10  # of one item
HEADS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


class NotOpen(DomainError):
    message = _("Photos are added only while a score is a draft.")


def kind_of(head: bytes) -> str:
    """What a picture is by its first bytes, for a name proves nothing; empty for anything else."""
    return next((kind for begin, kind in HEADS if head.startswith(begin)), "")


@transaction.atomic
def add_photo(review: Review, item: str, source: IO[Any], *, name: str, by: User) -> Photo:
    """Keep a photo beside an answer. Raises BadInput for what is no JPEG or PNG, or too much."""
    known = next((one for one in review.version.read().items if one.code == item), None)
    if known is None or known.photo is Need.NEVER:
        raise BadInput(_("This item takes no photos."), field="photo")
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != Review.State.DRAFT:
        raise NotOpen()
    _require_picture(source)
    if photos_of(locked).get(item, 0) >= MOST:
        raise BadInput(_("An item takes at most ten photos."), field="photo")
    stored = store_file(cast(BinaryIO, source), name=name, purpose="photo", by=by)
    photo = Photo.objects.create(review=locked, item=item, file=stored)
    _count(locked, item)
    record(by, "inspections.photo_added", locked, after={"item": item, "sha256": stored.sha256})
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo away while the score is a draft; of its file only the SHA-256 is kept."""
    locked = Review.objects.select_for_update().get(pk=photo.review_id)
    if locked.state != Review.State.DRAFT:
        raise NotOpen()
    stored = photo.file
    about = {"item": photo.item, "sha256": stored.sha256}
    photo.delete()
    _count(locked, photo.item)
    record(by, "inspections.photo_removed", locked, after=about)
    discard_file(stored, by=by)


def _require_picture(source: IO[Any]) -> None:
    head = source.read(16)
    size = source.seek(0, 2)
    source.seek(0)
    if not kind_of(head):
        raise BadInput(_("Only JPEG and PNG are taken."), field="photo")
    if size > MOST_BYTES:
        raise BadInput(_("A photo is at most 10 MB."), field="photo")


def _count(review: Review, item: str) -> None:
    """Write the number of photos into the answer: the sheet asks for it there."""
    answer = {name: one for name, one in review.answers.get(item, {}).items() if name != "photos"}
    number = photos_of(review).get(item, 0)
    answers = {**review.answers, item: answer | ({"photos": number} if number else {})}
    answers = {code: one for code, one in answers.items() if one}
    Review.objects.filter(pk=review.pk).update(answers=answers)

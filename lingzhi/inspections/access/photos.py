"""Photos of a score: seen with it, changed by who is giving it."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.reviews import review_to_read, review_to_score
from lingzhi.inspections.models import Photo


def photo_to_see(user: User, pk: int) -> Photo:
    """A photo of a score this person may see."""
    photo = _photo(pk)
    review_to_read(user, photo.review_id)
    return photo


def photo_to_remove(user: User, pk: int) -> Photo:
    """A photo of a score this person is giving."""
    photo = _photo(pk)
    photo.review = review_to_score(user, photo.review_id)
    return photo


def _photo(pk: int) -> Photo:
    photo = Photo.objects.select_related("file", "review").filter(pk=pk).first()
    if photo is None:
        raise Http404
    return photo

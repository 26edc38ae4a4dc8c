"""Quality archives: one's own, and those of people within reach."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import READ, require
from lingzhi.org.queries import people_visible_to


def archive_to_read(user: User, pk: int) -> User:
    """The person whose archive this is: oneself, or somebody within reach of reading findings."""
    require(user, READ)
    person = people_visible_to(user, READ).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person

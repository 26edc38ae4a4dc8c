"""One's own inbox only."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.notifications.models import Notice


def notice_to_end(user: User, pk: int) -> Notice:
    notice = Notice.objects.filter(pk=pk, person=user).first()
    if notice is None:
        raise Http404
    return notice

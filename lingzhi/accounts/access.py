"""What people may have of accounts: the administrator's pages, and one's own things."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import SavedView, SecurityPolicy, Token, User
from lingzhi.accounts.queries import current_policy


def policy_to_change(user: User) -> SecurityPolicy:
    """The security policy, for those who set it."""
    if not user.can("accounts.secure"):
        raise PermissionDenied
    return current_policy()


def roles_to_read(user: User) -> None:
    """The table of roles is for those who see people."""
    if not user.can("accounts.read"):
        raise PermissionDenied


def view_to_forget(user: User, pk: int) -> SavedView:
    """One of one's own saved views."""
    view = SavedView.objects.filter(person=user, pk=pk).first()
    if view is None:
        raise Http404
    return view


def token_to_revoke(user: User, pk: int) -> Token:
    """One of one's own tokens."""
    token = Token.objects.filter(person=user, pk=pk).first()
    if token is None:
        raise Http404
    return token

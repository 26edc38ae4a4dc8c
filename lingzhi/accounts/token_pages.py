"""One's own tokens for the API: made, shown once, revoked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.access import token_to_revoke
from lingzhi.accounts.capabilities import CAPABILITIES
from lingzhi.accounts.forms import TokenForm
from lingzhi.accounts.queries import tokens_of
from lingzhi.accounts.requests import SignedIn
from lingzhi.accounts.services.tokens import make_token, revoke_token
from lingzhi.core.clock import now
from lingzhi.core.pagination import page_of


@require_http_methods(["GET", "POST"])
def tokens(request: SignedIn) -> HttpResponse:
    """All one's tokens, and a form for another; a new one stands here once, in full."""
    form = TokenForm(request.user, request.POST or None)
    made = ""
    if request.method == "POST" and form.is_valid():
        _token, made = make_token(request.user, **form.cleaned_data)
        form = TokenForm(request.user)
    page = page_of(request, tokens_of(request.user))
    for token in page:
        token.words = [CAPABILITIES.get(code, code) for code in token.capabilities]
    context = {"form": form, "made": made, "page": page, "now": now()}
    status = 422 if form.errors else 200
    return render(request, "accounts/tokens/list.html", context, status=status)


@require_POST
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    revoke_token(token_to_revoke(request.user, pk), by=request.user)
    messages.success(request, _("The token is revoked."))
    return redirect("accounts:tokens")

"""The inbox: what I have to do and should know."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.notifications import access, services
from lingzhi.notifications.queries import ended_of, inbox_of


@require_GET
def inbox(request: SignedIn) -> HttpResponse:
    is_ended = request.GET.get("state") == "ended"
    rows = ended_of(request.user) if is_ended else inbox_of(request.user)
    template = "notifications/_rows.html" if request.htmx else "notifications/inbox.html"
    context = {
        "page": page_of(request, rows),
        "is_ended": is_ended,
        "open_tab": not is_ended,
        "ended_url": f"{request.path}?state=ended",
    }
    return render(request, template, context)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    """Opening a line ends it where it only wanted to be read, and leads to its page."""
    notice = access.notice_to_end(request.user, pk)
    if not notice.is_todo or "done" in request.POST:
        services.end_notice(notice)
    is_ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    leads_on = notice.url and is_ours and "done" not in request.POST
    return redirect(notice.url if leads_on else "notifications:inbox")


@require_POST
def end_all(request: SignedIn) -> HttpResponse:
    services.end_all_read(request.user)
    return redirect("notifications:inbox")

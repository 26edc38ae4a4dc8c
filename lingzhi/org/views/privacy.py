"""What people are told about their data: versions by channel, and who of the staff has read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.org import access
from lingzhi.org.forms.privacy import NoticeForm
from lingzhi.org.models import PrivacyNotice
from lingzhi.org.queries.privacy import KEEP, notice_on, to_confirm, unread_of
from lingzhi.org.services.privacy import STAFF, confirm_notice, publish_notice
from lingzhi.org.views.asking import ask, done


@require_GET
def notices(request: SignedIn) -> HttpResponse:
    """Channel by channel what is told today and what comes."""
    access.require(request.user, KEEP)
    newest = PrivacyNotice.objects.select_related("published_by").order_by("-number")
    lines = [
        (label, channel, notice_on(channel), newest.filter(channel=channel).first())
        for channel, label in PrivacyNotice.Channel.choices
    ]
    return render(request, "org/privacy/notices.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def publish(request: SignedIn) -> HttpResponse:
    access.require(request.user, KEEP)
    given = request.POST.get("channel") or request.GET.get("channel", "")
    channel = given if given in PrivacyNotice.Channel.values else "phone"
    newest = PrivacyNotice.objects.filter(channel=channel).order_by("-number").first()
    form = NoticeForm(request.POST or None, newest=newest, channel=channel)

    def act(_data: dict[str, Any]) -> None:
        publish_notice(**form.said, by=request.user)

    return ask(request, form, act, title=_("New version of a notice"), back=reverse("org:privacy"))


@require_GET
def notice(request: SignedIn, pk: int) -> HttpResponse:
    """One version with those before it; for staff whether I confirmed it, and who has not."""
    found = access.notice_to_read(request.user, pk)
    is_staff = found.channel == STAFF and notice_on(STAFF) == found
    keeps = request.user.can(KEEP)
    versions = PrivacyNotice.objects.filter(channel=found.channel).select_related("published_by")
    context = {
        "notice": found, "versions": versions.order_by("-number"), "keeps": keeps,
        "is_to_confirm": is_staff and request.user.can("org.read"),
        "mine": found.readings.filter(person=request.user).first(),
        "page": page_of(request, unread_of(found, request.user)) if is_staff and keeps else None,
        "of": to_confirm(request.user).count() if is_staff and keeps else 0,
    }  # fmt: skip
    return render(request, "org/privacy/notice.html", context)


@require_POST
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    confirm_notice(access.notice_to_read(request.user, pk), by=request.user)
    return done(request, _("You have confirmed it."), reverse("org:privacy_notice", args=[pk]))

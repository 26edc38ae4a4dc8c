"""The catalogue of posts and their descriptions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.org import access, services
from lingzhi.org.forms import PostForm, PostVersionForm
from lingzhi.org.models import Post
from lingzhi.org.queries import in_force
from lingzhi.org.queries.posts import post_list, version_in_force
from lingzhi.org.views.asking import ask

ASK = ["GET", "POST"]


@require_GET
def posts(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.read")
    mine = Post.objects.filter(holdings__in=request.user.post_holdings.filter(in_force(today())))
    page = {
        "posts": post_list(),
        "mine": set(mine.values_list("pk", flat=True)),
        "may_manage": request.user.can("org.manage"),
    }
    return render(request, "org/posts/list.html", page)


@require_GET
def post(request: SignedIn, pk: int) -> HttpResponse:
    """The description in force, or with `?version=` an earlier one."""
    found = access.post_to_read(request.user, pk)
    asked = request.GET.get("version", "")
    version = version_in_force(found)
    if asked.isdigit():
        version = get_object_or_404(found.versions, number=int(asked))
    page = {
        "post": found,
        "version": version,
        "versions": found.versions.select_related("published_by"),
        "holders": found.holdings.filter(in_force(today())).select_related("person", "unit"),
        "may_manage": request.user.can("org.manage"),
    }
    return render(request, "org/posts/detail.html", page)


@require_http_methods(ASK)
def create(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.manage")
    return ask(
        request,
        PostForm(request.POST or None),
        lambda given: services.create_post(by=request.user, **given),
        title=_("New post"),
        back=reverse("org:posts"),
    )


@require_http_methods(ASK)
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = access.post_to_change(request.user, pk)
    return ask(
        request,
        PostForm(request.POST or None, instance=found),
        lambda given: services.change_post(found, given, by=request.user),
        title=_("Change %s") % found.name,
        back=reverse("org:post", args=[pk]),
    )


@require_http_methods(ASK)
def describe(request: SignedIn, pk: int) -> HttpResponse:
    """A new version, starting from the newest."""
    found = access.post_to_change(request.user, pk)
    newest = found.versions.first()
    initial = {name: getattr(newest, name, "") for name in PostVersionForm.Meta.fields[:-2]}
    return ask(
        request,
        PostVersionForm(request.POST or None, initial=initial),
        lambda given: services.publish_version(found, by=request.user, **given),
        title=_("New description of %s") % found.name,
        back=reverse("org:post", args=[pk]),
    )


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found = access.post_to_change(request.user, pk)
    services.withdraw_post(found, by=request.user, reason=request.POST.get("reason", "")[:500])
    return redirect("org:posts")

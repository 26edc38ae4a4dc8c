"""What customers read: answers, channels, rules in plain words, improvements."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from lingzhi.cases.queries.channels import complaint_channels
from lingzhi.contacts.queries.channels import channels_told, hours_in_words, is_open_now
from lingzhi.core.clock import now
from lingzhi.knowledge.models import ArticleUse, ArticleVersion
from lingzhi.knowledge.queries.articles import fitting, in_force
from lingzhi.knowledge.services.articles import count_use
from lingzhi.org.queries.privacy import CHANNELS, notices_in_force
from lingzhi.portal.forms.public import FindForm
from lingzhi.portal.models import Submission
from lingzhi.portal.presenting.colours import theme_of
from lingzhi.portal.queries.shown import improvements_out, most_read, rules_out
from lingzhi.portal.services.publishing import rate_improvement
from lingzhi.portal.views.doors import Visit, always, public, shown

PORTAL = ArticleUse.Place.PORTAL
SAID = {"yes": "helped", "no": "not_helped"}
FEW = 6


@public
@require_GET
def home(request: Visit) -> HttpResponse:
    """What is asked most, the ways to us, what became better."""
    context = {
        "answers": most_read(FEW), "channels": complaint_channels(), "find_form": FindForm(),
        "improvements": improvements_out()[:2], "kinds": Submission.Kind.choices,
        "has_rules": bool(rules_out()),
    }  # fmt: skip
    return shown(request, "portal/home.html", context)


@public
@require_GET
def answers(request: Visit) -> HttpResponse:
    """Those that fit what is asked; without a question all, by category."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = in_force(to_customers=True)
    found = fitting(rows, text) if text else list(rows[:200])
    return shown(request, "portal/answers.html", {"text": text, "found": found})


@public
@require_GET
def answer(request: Visit, pk: int) -> HttpResponse:
    """One answer; that it was opened is counted."""
    version = _version(pk)
    count_use(version, PORTAL)
    context = {"version": version, "is_rated": request.GET.get("said") == "1"}
    return shown(request, "portal/answer.html", context)


@public
@require_POST
def answer_said(request: Visit, pk: int) -> HttpResponse:
    """It helped, or it did not."""
    version, what = _version(pk), SAID.get(request.POST.get("helped", ""))
    if what:
        count_use(version, PORTAL, what=what)
    return redirect(f"{request.path.removesuffix('said/')}?said=1")


@public
@require_GET
def channels(request: Visit) -> HttpResponse:
    """How customers reach us, when, and how they complain."""
    ways = [(one, hours_in_words(one), is_open_now(one, now())) for one in channels_told()]
    context = {"channels": complaint_channels(), "ways": ways}
    return shown(request, "portal/channels.html", context)


@public
@require_GET
def rules(request: Visit) -> HttpResponse:
    return shown(request, "portal/rules.html", {"rules": rules_out()})


@always
@require_GET
def privacy(request: Visit) -> HttpResponse:
    """What customers are told about their data, channel by channel; chats and surveys lead here."""
    told = [one for one in notices_in_force() if one.channel != CHANNELS.STAFF]
    return shown(request, "portal/privacy.html", {"notices": told})


@public
@require_GET
def improvements(request: Visit) -> HttpResponse:
    context = {"improvements": improvements_out()[:100], "said": request.GET.get("said", "")}
    return shown(request, "portal/improvements.html", context)


@public
@require_POST
def improvement_said(request: Visit, pk: int) -> HttpResponse:
    """It is useful, or it is not."""
    row = improvements_out().filter(pk=pk).first()
    if row is None:
        raise Http404
    if (useful := request.POST.get("useful", "")) in SAID:
        rate_improvement(row, is_useful=useful == "yes")
    return redirect(f"{request.path.removesuffix(f'{pk}/said/')}?said={pk}")


@public
@require_GET
def theme(request: Visit) -> HttpResponse:
    """The centre's colour as a style sheet: the pages take none from within them."""
    return HttpResponse(theme_of(request.portal.colour), content_type="text/css")


@public
@require_GET
def logo(request: Visit) -> FileResponse:
    stored = request.portal.logo
    if stored is None:
        raise Http404
    return FileResponse(default_storage.open(stored.stored_as, "rb"), content_type="image/png")


def _version(pk: int) -> ArticleVersion:
    """The public answer of this article that holds now."""
    version = in_force(to_customers=True).filter(article=pk).first()
    if version is None:
        raise Http404
    return version

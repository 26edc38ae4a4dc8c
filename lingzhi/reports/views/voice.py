"""The voice of the customer (客户之声): all sources side by side, and the table behind it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.sending import sent_well
from lingzhi.reports import access
from lingzhi.reports.forms.voice import VoiceFilters, VoiceTermsForm
from lingzhi.reports.presenting import voice as shown
from lingzhi.reports.queries.voice import (
    Source,
    open_words,
    placed,
    quotes_about,
    rows_of,
    topics_heard,
)
from lingzhi.reports.queries.voice.words import words_of
from lingzhi.surveys.models import VoiceTerm
from lingzhi.surveys.queries.voice import Terms
from lingzhi.surveys.services.voice import lay_voice_terms, save_voice_terms

READ, KEEP = "surveys.read", "surveys.manage"


@require_GET
def voice(request: SignedIn) -> HttpResponse:
    """Each dimension with every source, what they say together, quotes of one, and topics."""
    access.require(request.user, READ)
    form = VoiceFilters(request.GET, user=request.user)
    found = placed(form.asked)
    rows = rows_of(form.asked, found)
    names = {row.dimension.code: str(row.dimension) for row in rows}
    about = request.GET.get("about", "")
    about = about if about in names else shown.most_telling(rows)
    topics = topics_heard(form.asked)
    context = {
        "form": form, "rows": shown.shown_rows(rows), "sources": list(Source),
        "before": form.asked.before, "talks": form.asked.tallies.talks,
        "about": about, "name": names.get(about, ""), "is_laid": bool(VoiceTerm.objects.exists()),
        "quotes": shown.shown_quotes(quotes_about(form.asked, about)) if about else [],
        "topics": shown.shown_topics(topics.topics, names),
        "read": [(source.label, number) for source, number in topics.read.items()],
        "open": open_words(form.asked, found), "may_keep": request.user.can(KEEP),
    }  # fmt: skip
    template = "reports/voice/_rows.html" if request.htmx else "reports/voice/voice.html"
    return render(request, template, context)


@require_GET
def export(request: SignedIn) -> HttpResponse:
    """The figures of the choice as a file."""
    access.require(request.user, READ)
    form = VoiceFilters(request.GET, user=request.user)
    rows = shown.shown_rows(rows_of(form.asked, placed(form.asked)))
    name = f"voice-{form.span[0]}-{form.span[1]}"
    answer: HttpResponse = table_answer(
        name, request.GET.get("form", "csv"), shown.HEADER, shown.table_rows(rows)
    )
    return answer


@require_http_methods(["GET", "POST"])
def terms(request: SignedIn, source: str) -> HttpResponse:
    """Which dimension the words of a source belong to."""
    access.require(request.user, READ)
    if source not in VoiceTerm.Source:
        raise Http404
    if request.method == "POST":
        access.require(request.user, KEEP)
    of = VoiceTerm.Source(source)
    laid = Terms.now().dimension_of[of]
    is_phrase = of == VoiceTerm.Source.PHRASE
    form = VoiceTermsForm(request.POST or None, words_of(of), laid, can_add=is_phrase)
    if sent_well(request, form, lambda: save_voice_terms(of, form.wanted, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("reports:voice_terms", source)
    context = {"form": form, "at": source, "sources": VoiceTerm.Source,
               "laid": len(laid), "may_keep": request.user.can(KEEP)}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "reports/voice/terms.html", context, status=status)


@require_POST
def lay(request: SignedIn) -> HttpResponse:
    """The usual table for what nobody looked at yet."""
    access.require(request.user, KEEP)
    number = lay_voice_terms(by=request.user)
    messages.success(request, _("%(n)d words were laid on dimensions.") % {"n": number})
    return redirect("reports:voice_terms", VoiceTerm.Source.RULE)

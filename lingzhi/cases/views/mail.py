"""Mail of a case: writing to the customer, and what the customer wrote."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.mail import case_to_write_about, mail_of_case, mail_of_case_to_show
from lingzhi.cases.forms.mail import MailForm, WhyForm
from lingzhi.cases.presenting.replies import replies_shown
from lingzhi.cases.queries.mail import last_mail
from lingzhi.cases.services.mailing import reply_by_mail
from lingzhi.cases.views.acts import seen_by
from lingzhi.contacts.access.mail import part_of
from lingzhi.contacts.mailing.showing import part_answer, shown_answer
from lingzhi.core.sending import sent_well


@require_http_methods(["GET", "POST"])
def reply(request: SignedIn, pk: int) -> HttpResponse:
    """Write to the customer, from a template where one is picked."""
    case = case_to_write_about(request.user, pk)
    shown = replies_shown(request.user, case, request.GET.get("reply", ""))
    begins = {"text": shown["tell_form"].initial["method"]}
    form = MailForm(case, request.POST or None, request.FILES or None, initial=begins)

    def act() -> None:
        reply_by_mail(case, form.reply, seen=seen_by(request), by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("The mail is on its way."))
        return redirect("cases:case", pk)
    last, words = last_mail(case)
    context = shown | {"case": case, "form": form, "last": last, "words": words}
    status = 422 if form.errors else 200
    return render(request, "cases/mail/reply.html", context, status=status)


@require_http_methods(["GET", "POST"])
def show(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for a reason, then show the mail as it was written."""
    mail = mail_of_case_to_show(request.user, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        part_url = partial(_part_url, mail.pk)
        return shown_answer(request, mail, form.cleaned_data["reason"], part_url)
    status = 422 if form.errors else 200
    return render(request, "contacts/mail/show.html", {"mail": mail, "form": form}, status=status)


def _part_url(pk: int, number: int) -> str:
    return reverse("cases:mail_part", args=[pk, number])


@require_GET
def part(request: SignedIn, pk: int, number: int) -> HttpResponse:
    """An attachment, to be saved; a picture of the mail to be seen."""
    found = part_of(mail_of_case(request.user, pk), number)
    return part_answer(found, by=request.user)  # type: ignore[return-value]

"""Pages of mail: mailboxes, what was kept apart, what was not sent, a mail as it was written."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access import mail as access
from lingzhi.contacts.forms.contacts import RevealForm
from lingzhi.contacts.forms.mail import MailboxForm
from lingzhi.contacts.mailing.showing import part_answer, shown_answer
from lingzhi.contacts.queries.mail import apart_for, mailbox_rows, stuck_for
from lingzhi.contacts.services.mail import take_after_all
from lingzhi.contacts.services.mailboxes import save_mailbox, try_mailbox
from lingzhi.contacts.services.outgoing import give_up, send_again
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of


@require_GET
def mailboxes(request: SignedIn) -> HttpResponse:
    access.require_mailboxes(request.user)
    return render(request, "contacts/mail/mailboxes.html", {"mailboxes": mailbox_rows()})


@require_http_methods(["GET", "POST"])
def set_mailbox(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new mailbox, or one that is changed."""
    access.require_mailboxes(request.user)
    box = access.mailbox_to_set(request.user, pk) if pk else None
    form = MailboxForm(request.POST or None, instance=box)
    if request.method == "POST" and form.is_valid():
        try:
            save_mailbox(form.instance, form.cleaned_data["password"], by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("Saved."))
            return redirect("contacts:mailboxes")
    status = 422 if form.errors else 200
    return render(request, "contacts/mail/mailbox.html", {"form": form, "box": box}, status=status)


@require_POST
def try_out(request: SignedIn, pk: int) -> HttpResponse:
    """Whether both servers let us in."""
    box = access.mailbox_to_set(request.user, pk)
    problems = try_mailbox(box, by=request.user)
    for server, sentence in problems:
        messages.error(request, f"{box.address} · {server}: {sentence}")
    if not problems:
        messages.success(request, _("Both servers of %(address)s let us in.") % {"address": box})
    return redirect("contacts:mailboxes")


@require_GET
def apart(request: SignedIn) -> HttpResponse:
    """What was kept apart, with the reason."""
    access.require_settling(request.user)
    page = page_of(request, apart_for(request.user))
    rights = {"customers.unmask"} if request.user.can("customers.unmask") else set()
    return render(request, "contacts/mail/apart.html", {"page": page, "rights": rights})


@require_POST
def take(request: SignedIn, pk: int) -> HttpResponse:
    """A mail that was kept apart is a customer's after all."""
    take_after_all(access.mail_to_settle(request.user, pk), by=request.user)
    messages.success(request, _("The mail is taken; its case follows."))
    return redirect("contacts:mails_apart")


@require_GET
def outgoing(request: SignedIn) -> HttpResponse:
    """What was not sent, or nobody knows."""
    access.require_settling(request.user)
    page = page_of(request, stuck_for(request.user))
    return render(request, "contacts/mail/outgoing.html", {"page": page})


@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    send_again(access.outgoing_to_settle(request.user, pk), by=request.user)
    messages.success(request, _("The mail is on its way again."))
    return redirect("contacts:mails_outgoing")


@require_POST
def abandon(request: SignedIn, pk: int) -> HttpResponse:
    give_up(access.outgoing_to_settle(request.user, pk), by=request.user)
    messages.success(request, _("The mail is given up."))
    return redirect("contacts:mails_outgoing")


@require_http_methods(["GET", "POST"])
def show(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for a reason, then show the mail as it was written."""
    mail = access.mail_to_show(request.user, pk)
    form = RevealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        part_url = partial(_part_url, mail.pk)
        return shown_answer(request, mail, form.cleaned_data["reason"], part_url)
    status = 422 if form.errors else 200
    return render(request, "contacts/mail/show.html", {"mail": mail, "form": form}, status=status)


def _part_url(pk: int, number: int) -> str:
    return reverse("contacts:mail_part", args=[pk, number])


@require_GET
def part(request: SignedIn, pk: int, number: int) -> HttpResponse:
    """An attachment, to be saved; a picture of the mail to be seen."""
    found = access.part_of(access.mail_to_read(request.user, pk), number)
    return part_answer(found, by=request.user)  # type: ignore[return-value]

"""What can be noted about a customer: its words, its form, and what may come of it.

Each kind has the same three pages (`views.notes`): all of them, a new one, and settling one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.customers.forms import notes
from lingzhi.customers.models import (
    Care,
    Consent,
    Delivery,
    FeeNotice,
    ManagerTerm,
    Membership,
    Need,
    Note,
    Opinion,
    RiskWarning,
)
from lingzhi.customers.services.notes import note
from lingzhi.customers.services.opinions import pass_on
from lingzhi.customers.services.segments import put_into, take_out
from lingzhi.customers.services.settling import (
    agree_fee,
    compare_need,
    end_delivery,
    invoice_fee,
)

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Settling:
    """How a note is settled: the words of the act, its form, the service that does it."""

    label: Words
    form: type[forms.Form]
    settle: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Noted:
    """One kind of note. Without a form it is only read here."""

    code: str
    label: Words
    empty: Words
    model: type[Note]
    form: type[forms.ModelForm[Any]] | None = None
    add: Callable[..., Any] = note
    settling: dict[str, Settling] | None = None
    joined: tuple[str, ...] = ("noted_by",)
    is_aside: bool = False


def _put(row: Membership, *, by: Any) -> Membership:
    return put_into(row.customer, row.segment, by=by)


KINDS = (
    Noted(
        "deliveries", _("Delivered to the customer"), _("No project, contract or product yet."),
        Delivery, notes.DeliveryForm,
        settling={"end": Settling(_("Record the end"), notes.EndForm, end_delivery)},
    ),
    Noted(
        "needs", _("Needs and expectations"), _("Nobody has noted what the customer expects."),
        Need, notes.NeedForm,
        settling={"compare": Settling(_("Compare"), notes.CompareForm, compare_need)},
    ),
    Noted(
        "care", _("Looking after the customer"), _("Nobody has looked after this customer yet."),
        Care, notes.CareForm,
    ),
    Noted(
        "opinions", _("Opinions passed on"), _("No opinion or market information yet."),
        Opinion, notes.OpinionForm, pass_on, joined=("noted_by", "unit"),
    ),
    Noted(
        "fees", _("Fees told"), _("No fee was told yet."), FeeNotice, notes.FeeForm,
        settling={
            "agree": Settling(pgettext_lazy("customer", "Agreed"), notes.NothingMore, agree_fee),
            "invoice": Settling(_("Invoice handed out"), notes.InvoiceForm, invoice_fee),
        },
    ),
    Noted(
        "warnings", _("Risk warnings"), _("No warning was sent yet."),
        RiskWarning, notes.WarningForm, is_aside=True,
    ),
    Noted(
        "consents", _("Consent and refusal"), _("The customer has said nothing about this."),
        Consent, notes.ConsentForm, is_aside=True,
    ),
    Noted(
        "classes", _("Classes given by hand"), _("No class was given by hand."),
        Membership, notes.MembershipForm, _put,
        {"end": Settling(_("Take out of the class"), notes.NothingMore, take_out)},
        ("noted_by", "segment"), is_aside=True,
    ),
    Noted(
        "managers", _("Relationship managers so far"), _("Nobody has looked after this customer."),
        ManagerTerm, joined=("noted_by", "manager"), is_aside=True,
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}


def kind_or_404(code: str) -> Noted:
    """The kind of note of this code."""
    try:
        return BY_CODE[code]
    except KeyError:
        raise Http404 from None


def settling_or_404(kind: Noted, act: str) -> Settling:
    """How a note of this kind is settled by this act."""
    found = (kind.settling or {}).get(act)
    if found is None:
        raise Http404
    return found

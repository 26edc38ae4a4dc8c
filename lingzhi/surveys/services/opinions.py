"""Keeping opinions that were asked for on the spot."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseType
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.opening import FEEDBACK, Opening, open_case
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.customers.models import Identifier
from lingzhi.customers.services.known import customers_for
from lingzhi.org.models import Unit
from lingzhi.surveys.models import OpinionQuota, SolicitedOpinion
from lingzhi_engine.privacy import mask

Kind = SolicitedOpinion.Kind


@dataclass(frozen=True, slots=True)
class Heard:
    """What a supervisor wrote down. A name without a telephone number is not kept."""

    kind: str
    words: str = ""
    name: str = ""
    phone: str = ""
    wants_action: bool = False


@transaction.atomic
def keep_opinion(unit: Unit, heard: Heard, *, by: User) -> SolicitedOpinion:
    """Keep it; where something is to be done a feedback case is opened, with its clocks. Raises
    BadInput."""
    words = mask(heard.words.strip())
    if heard.kind != Kind.NOTHING and not words:
        raise BadInput(_("Write down what the customer said."), field="words")
    if heard.wants_action and not words:
        raise BadInput(_("Say what is to be done."), field="words")
    found = SolicitedOpinion(unit=unit, kind=heard.kind, words=words, asked_by=by, asked_at=now())
    if heard.phone:
        given = {Identifier.Kind.PHONE: heard.phone, Identifier.Kind.NAME: heard.name}
        kept = {str(kind): value for kind, value in given.items() if value}
        found.customer = customers_for([kept])[0]
    if heard.wants_action:
        found.case = _open(found, by)
    found.save()
    after = {"unit": unit.pk, "kind": found.kind, "case": found.case.number if found.case else ""}
    record(by, "surveys.opinion_kept", found, after=after)
    return found


def _open(found: SolicitedOpinion, by: User) -> Case:
    kind = CaseType.objects.filter(code=FEEDBACK).first()
    if kind is None:
        lay_built_ins(by=None)
        kind = CaseType.objects.get(code=FEEDBACK)
    title = gettext("Opinion at %(outlet)s: %(words)s") % {
        "outlet": found.unit.name, "words": found.words[:40],
    }  # fmt: skip
    opening = Opening(
        type=kind, unit=found.unit, title=title, description=found.words, demand=found.words[:200],
        customer=found.customer, owner=by,
    )  # fmt: skip
    return open_case(opening, by=by)


@transaction.atomic
def set_quota(unit: Unit, *, an_outlet: int, a_person: int, by: User) -> OpinionQuota:
    """So many opinions a month from now on; the nearest unit above with a number holds."""
    numbers = {"an_outlet": an_outlet, "a_person": a_person}
    found, _is_new = OpinionQuota.objects.update_or_create(
        unit=unit, defaults={**numbers, "set_at": now(), "set_by": by}
    )
    record(by, "surveys.opinion_quota_set", found, after={"unit": unit.pk, **numbers})
    return found

"""Setting right what a customer judged badly (补救): a case of its own, with its own clock."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseType
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.core.clock import now
from lingzhi.core.languages import in_language
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.surveys.models import Answering, Recovery
from lingzhi.surveys.queries.answering import given_in
from lingzhi_engine.questionnaire import Given, Question

TYPE = "recovery"


@transaction.atomic
def recover(answering: Answering) -> Case | None:
    """Open the case that a bad answer calls for, once; None where none is called for any more.

    Its first responsible is whoever leads the team that served; they are told.
    """
    locked = Answering.objects.select_for_update().get(pk=answering.pk)
    read, given = locked.version.read(), given_in(locked)
    low = [one for one in read.asked(given) if one.code in read.low(given)]
    if not low or Recovery.objects.filter(answering=locked).exists():
        return None
    unit = locked.unit or Unit.objects.get(parent=None)
    leaders = leaders_of(unit)
    owner = next(iter(leaders), None) or locked.version.activated_by
    if owner is None:  # nobody could take it on
        return None
    case = open_case(_opening(locked, unit, owner, low, given), by=None)
    Recovery.objects.create(
        answering=locked, case=case, questions=[one.code for one in low], opened_at=now()
    )
    record(None, "surveys.recovery_opened", locked, after={"case": case.number})
    tell(
        leaders, _("A customer judged a service badly: a recovery case was opened"),
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
        matter=f"surveys.recovery/{locked.pk}",
    )  # fmt: skip
    return case


def _opening(
    answering: Answering, unit: Unit, owner: User, low: list[Question], given: Given
) -> Opening:
    asked = answering.invitation
    lines = [f"{in_language(one.title)}: {_said(one, given)}" for one in low]
    link = reverse("surveys:answering", args=[answering.pk])
    return Opening(
        type=_type(), unit=unit, owner=owner, through=Case.Through.SURVEY,
        title=gettext("Judged badly: %(title)s") % {"title": answering.version.title_said[:80]},
        description="\n".join([*lines, gettext("All answers: %(link)s") % {"link": link}]),
        demand=gettext("Set right what the customer judged badly, and tell the customer"),
        customer=asked.customer if asked else None, contact=asked.contact if asked else None,
    )  # fmt: skip


def _said(one: Question, given: Given) -> str:
    numbers = [given[place][0] for place in one.places if given.get(place)]
    return f"{' / '.join(numbers)} ({one.numbers[0]}–{one.numbers[-1]})"


def _type() -> CaseType:
    found = CaseType.objects.filter(code=TYPE).first()
    if found is None:
        lay_built_ins(by=None)
        found = CaseType.objects.get(code=TYPE)
    return found

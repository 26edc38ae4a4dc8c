"""Receptions: which there are, who sees them, and what is still missing from each phase."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Reception, ReceptionPolicy, ReceptionStep
from lingzhi.cases.queries.people import READ
from lingzhi.contacts.models import Contact
from lingzhi.org.queries import reach

Step, Phase = ReceptionStep.Kind, ReceptionStep.Phase
# The four phases (接待准备→接待过程→客户跟进→反馈), and the steps that belong to each.
PHASES: dict[ReceptionStep.Phase, tuple[ReceptionStep.Kind, ...]] = {
    Phase.PREPARATION: (Step.READY, Step.ARRIVED),
    Phase.RECEPTION: (
        Step.REGISTERED, Step.TOLD_TO_WAIT, Step.ADVISED, Step.OUT_OF_SCOPE, Step.REFERRED,
        Step.GUIDED, Step.MATERIALS,
    ),
    Phase.FOLLOWING: (
        Step.EXPLAINED, Step.CONSENT, Step.RECEIVER, Step.CONFIRMED, Step.FOLLOWED,
    ),
    Phase.FEEDBACK: (Step.FED_BACK,),
}  # fmt: skip
# What each phase cannot do without.
NEEDED: dict[str, dict[ReceptionStep.Phase, tuple[ReceptionStep.Kind, ...]]] = {
    "contact": {
        Phase.PREPARATION: (Step.READY,), Phase.RECEPTION: (Step.REGISTERED,),
        Phase.FEEDBACK: (Step.FED_BACK,),
    },
    "front_desk": {
        Phase.PREPARATION: (Step.ARRIVED,), Phase.RECEPTION: (Step.REGISTERED, Step.ADVISED),
        Phase.FEEDBACK: (Step.FED_BACK,),
    },
}  # fmt: skip
# What was begun asks for its end: a transfer is confirmed, who is sent away is referred.
ENDS = {Step.EXPLAINED: Step.CONFIRMED, Step.OUT_OF_SCOPE: Step.REFERRED}


@dataclass(frozen=True, slots=True)
class PhaseStanding:
    """A phase with what was done in it and what is missing."""

    phase: ReceptionStep.Phase
    steps: tuple[ReceptionStep, ...]
    missing: tuple[ReceptionStep.Kind, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def needs_consent() -> bool:
    """Whether a transfer needs the customer's consent here; so it does until somebody set it."""
    policy = ReceptionPolicy.objects.first()
    return policy.needs_consent if policy else True


def phases_of(reception: Reception) -> list[PhaseStanding]:
    """The four phases in their order."""
    steps = list(reception.steps.select_related("by", "unit", "person"))
    done = {one.kind for one in steps}
    refused = any(one.is_agreed is False for one in steps)
    needed = NEEDED[reception.kind]
    found = []
    for phase, kinds in PHASES.items():
        missing = [kind for kind in needed.get(phase, ()) if kind not in done]
        missing += [
            end for begin, end in ENDS.items()
            if end in kinds and begin in done and end not in done
            and not (refused and end is Step.CONFIRMED)
        ]  # fmt: skip
        own = tuple(one for one in steps if one.kind in kinds)
        found.append(PhaseStanding(phase, own, tuple(missing)))
    return found


def receptions_visible_to(user: User) -> QuerySet[Reception]:
    """One's own, and those of units within reach."""
    shown = Q(begun_by=user) | reach(user, READ).over("unit__path", "begun_by_id")
    rows = Reception.objects.filter(shown)
    return rows.select_related("unit", "begun_by", "contact", "case")


def reception_of(*, contact: Contact | None = None, case: Case | None = None) -> Reception | None:
    """The reception of a conversation, or of a case: its own or that of its conversation."""
    if case is not None:
        own = Q(case=case)
        if case.contact_id:
            own |= Q(contact=case.contact_id)
        return Reception.objects.filter(own).first()
    return Reception.objects.filter(contact=contact).first()

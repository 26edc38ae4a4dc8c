"""The life of a flow: draft, active, retired; and what the program brings along."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.capabilities import CAPABILITIES
from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import (
    CaseType,
    ClockKind,
    ClockRule,
    EscalationRule,
    Flow,
    FlowVersion,
)
from lingzhi.cases.queries.needs import NEEDED
from lingzhi.cases.services.built_in import built_in, built_in_flows
from lingzhi.cases.services.directory import lay_return_reasons
from lingzhi.cases.services.laying import lay_causes
from lingzhi.cases.services.paper import lay_templates
from lingzhi.cases.wording.flows import in_words
from lingzhi.core.clock import FIRST_DAY, now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Segment
from lingzhi.org.models import Post
from lingzhi_engine.flow import InvalidFlow, Problem, read_flow
from lingzhi_engine.flow.reading import CODE

State = FlowVersion.State


class NotADraftFlow(DomainError):
    message = _("Cases were opened in this version: make a new version instead.")


class FlowChanged(DomainError):
    message = _("Somebody else changed the draft meanwhile. Open it again.")


class FlowProblems(BadInput):
    """A flow cannot be put into force as it is: every problem with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(in_words(problem) for problem in problems), field="content")
        self.problems = problems


def problems_of(content: object) -> tuple[Problem, ...]:
    """What keeps a flow from being put into force: its shape, and names that mean nothing here."""
    try:
        flow = read_flow(content, fields=NEEDED, clocks=ClockKind.values)
    except InvalidFlow as invalid:
        return invalid.problems
    posts = set(Post.objects.values_list("code", flat=True))
    found = []
    for one in flow.transitions.values():
        place = f"transitions.{one.code}"
        if one.capability and one.capability not in CAPABILITIES:
            found.append(Problem("unknown_name", f"{place}.capability", {"name": one.capability}))
        if one.post and one.post not in posts:
            found.append(Problem("unknown_name", f"{place}.post", {"name": one.post}))
    return tuple(found)


@transaction.atomic
def create_flow(code: str, content: Mapping[str, Any], *, by: User | None) -> FlowVersion:
    """A new flow with its first draft."""
    if not CODE.fullmatch(code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if Flow.objects.filter(code=code).exists():
        raise BadInput(_("Another flow has this code."), field="code")
    flow = Flow.objects.create(code=code, created_at=now())
    return save_flow(flow, content, by=by)


@transaction.atomic
def save_flow(
    flow: Flow, content: Mapping[str, Any], *, note: str = "", seen: str = "", by: User | None
) -> FlowVersion:
    """Save the content as the flow's draft: the draft there is, or a new version.

    `seen` is `stamp_of_draft` when it was opened: what somebody saved since is not overwritten.
    """
    Flow.objects.select_for_update().get(pk=flow.pk)
    draft = flow.versions.filter(state=State.DRAFT).first()
    if seen and seen != stamp_of_draft(draft):
        raise FlowChanged()
    last = flow.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = draft or FlowVersion(flow=flow, number=last + 1)
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    version.content, version.note = json.loads(written), note[:300]
    version.sha256 = hashlib.sha256(written.encode()).hexdigest()
    version.changed_at, version.changed_by = now(), by
    version.save()
    after = {"version": version.number, "sha256": version.sha256}
    record(by, "cases.flow_saved", flow, after=after, reason=note)
    return version


def stamp_of_draft(draft: FlowVersion | None) -> str:
    """What changes whenever the draft of a flow is saved."""
    return draft.changed_at.isoformat() if draft else "none"


@transaction.atomic
def activate_flow(version: FlowVersion, *, by: User | None) -> None:
    """Put a draft into force; cases that were opened before stay in their version."""
    if problems := problems_of(version.content):
        raise FlowProblems(problems)
    version.flow.versions.filter(state=State.ACTIVE).update(state=State.RETIRED, retired_at=now())
    claimed = FlowVersion.objects.filter(pk=version.pk, state=State.DRAFT).update(
        state=State.ACTIVE, activated_at=now(), activated_by=by
    )
    if not claimed:
        raise NotADraftFlow()
    after = {"version": version.number, "sha256": version.sha256}
    record(by, "cases.flow_activated", version.flow, after=after)


@transaction.atomic
def lay_built_ins(*, by: User | None) -> int:
    """The flows, types and proposed limits that come with the program, as far as they are missing.

    The number of flows laid; doing so twice changes nothing.
    """
    laid = 0
    for content in built_in_flows():
        code = content.pop("code")
        if not Flow.objects.filter(code=code).exists():
            activate_flow(create_flow(code, content, by=by), by=by)
            laid += 1
    found = built_in("built_in.yaml")
    _lay_types(found["types"])
    _lay_rules(found["rules"])
    _lay_escalation(found["escalation"])
    lay_return_reasons(found["reasons"])
    lay_causes()
    lay_templates()
    return laid


def _lay_types(rows: list[dict[str, Any]]) -> None:
    flows = {flow.code: flow for flow in Flow.objects.all()}
    known = set(CaseType.objects.values_list("code", flat=True))
    CaseType.objects.bulk_create(
        CaseType(**{**row, "flow": flows[row["flow"]], "order": order})
        for order, row in enumerate(rows)
        if row["code"] not in known
    )


def _lay_rules(rows: list[dict[str, Any]]) -> None:
    """A rule for a class of customers that is not there waits until it is laid again."""
    types = {one.code: one for one in CaseType.objects.all()}
    segments = {one.code: one for one in Segment.objects.all()}
    known = set(ClockRule.objects.values_list("code", flat=True))
    ClockRule.objects.bulk_create(
        ClockRule(
            **{
                **row,
                "type": types.get(row.get("type", "")),
                "segment": segments.get(row.get("segment", "")),
                "from_on": FIRST_DAY,
            }
        )
        for row in rows
        if row["code"] not in known and row.get("segment", "") in {"", *segments}
    )


def _lay_escalation(rows: list[dict[str, Any]]) -> None:
    """Only where no level was ever set: whoever ended them all does not want them back."""
    if not EscalationRule.objects.exists():
        EscalationRule.objects.bulk_create(EscalationRule(**row, from_on=FIRST_DAY) for row in rows)

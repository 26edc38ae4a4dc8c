"""Rules, runs and judgements are obtained together with the right to do something with them.

Rules belong to the whole company: whoever sees findings sees every rule. Runs are seen by who may
start them; conversations only within one's reach.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, visible_to
from lingzhi.inspections.models import (
    BackTest,
    Flag,
    InspectionRun,
    Review,
    Rule,
    RuleVersion,
    Sheet,
    SheetVersion,
)
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.org.queries import reach

READ, WRITE = "inspections.read", "inspections.write_rules"
ACTIVATE, RUN = "inspections.activate_rules", "inspections.run"
DESIGN, SCORE = "inspections.design_sheets", "inspections.score"
RECHECK = "inspections.recheck"


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def rule_to_read(user: User, pk: int) -> Rule:
    """A rule with its owner."""
    require(user, READ)
    rule = Rule.objects.select_related("owner").filter(pk=pk).first()
    if rule is None:
        raise Http404
    return rule


def rule_to_write(user: User, pk: int) -> Rule:
    """A rule of which this person may save a draft."""
    rule = rule_to_read(user, pk)
    require(user, WRITE)
    return rule


def rule_to_hand_over(user: User, pk: int) -> Rule:
    """A rule whose owner this person may change."""
    rule = rule_to_read(user, pk)
    require(user, ACTIVATE)
    return rule


def version_to_read(user: User, pk: int, number: int) -> RuleVersion:
    """One version of a rule."""
    rule = rule_to_read(user, pk)
    version = rule.versions.filter(number=number).first()
    if version is None:
        raise Http404
    version.rule = rule
    return version


def version_to_activate(user: User, pk: int, number: int) -> RuleVersion:
    """A version this person may put into force or retire."""
    version = version_to_read(user, pk, number)
    require(user, ACTIVATE)
    return version


def version_to_write(user: User, pk: int, number: int) -> RuleVersion:
    """A version this person may put into shadow or, as a draft, throw away."""
    version = version_to_read(user, pk, number)
    require(user, WRITE)
    return version


def contact_to_explain(user: User, contact: int, version: int) -> tuple[Contact, RuleVersion]:
    """A visible conversation and the rule version that is to be explained on it."""
    require(user, READ)
    rows = conversations(visible_to(user)).select_related("channel", "unit")
    found = rows.filter(pk=contact).first()
    judged = RuleVersion.objects.select_related("rule").filter(pk=version).first()
    if found is None or judged is None:
        raise Http404
    return found, judged


def contact_for_example(user: User, contact: int, version: int) -> tuple[Contact, RuleVersion]:
    """A visible conversation that this person may make an example of the version's rule."""
    found, judged = contact_to_explain(user, contact, version)
    require(user, WRITE)
    return found, judged


def finding_to_flag(user: User, contact: int, version: int) -> tuple[Contact, RuleVersion]:
    """A finding in the person's own conversation."""
    found, judged = contact_to_explain(user, contact, version)
    if not may_flag(user, found):
        raise PermissionDenied
    return found, judged


def may_flag(user: User, contact: Contact) -> bool:
    """Only whose conversation it is may call a hit in it wrong."""
    return contact.agent_id == user.pk


def flags_to_review(user: User, rule: Rule) -> list[Flag]:
    """What was flagged about a rule, of conversations within reach; for who writes rules."""
    if not user.can(WRITE):
        return []
    rows = Flag.objects.filter(version__rule=rule, contact__in=visible_to(user, WRITE))
    return list(rows.select_related("contact__agent", "version__rule", "flagged_by", "decided_by"))


def flag_to_decide(user: User, pk: int) -> Flag:
    """A flagged finding this person may decide about; nobody decides about their own."""
    require(user, WRITE)
    rows = Flag.objects.select_related("version__rule", "contact", "flagged_by")
    flag = rows.filter(pk=pk, contact__in=visible_to(user, WRITE)).first()
    if flag is None:
        raise Http404
    if flag.flagged_by_id == user.pk:
        raise PermissionDenied
    return flag


def run_to_watch(user: User, pk: int) -> InspectionRun:
    """A run with its progress."""
    require(user, RUN)
    rows = InspectionRun.objects.select_related("run", "snapshot", "started_by")
    run = rows.filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def back_tests_of(user: User) -> list[BackTest]:
    """The back-tests this person may look at: their own, and those within their reach."""
    require(user, RUN)
    rows = BackTest.objects.select_related("run", "started_by").defer("result", "pairs")
    within = reach(user, RUN).paths
    return [one for one in rows if one.started_by_id == user.pk or _covers(within, one.paths)]


def back_test_to_read(user: User, pk: int) -> BackTest:
    """A back-test with its figures of people; who reaches less than it covers does not see it."""
    require(user, RUN)
    test = BackTest.objects.select_related("run", "started_by").filter(pk=pk).first()
    if test is None:
        raise Http404
    if test.started_by_id != user.pk and not _covers(reach(user, RUN).paths, test.paths):
        raise Http404
    return test


def back_test_to_cancel(user: User, pk: int) -> BackTest:
    """A back-test this person may stop."""
    test = back_test_to_read(user, pk)
    if not may_cancel(user, test):
        raise PermissionDenied
    return test


def _covers(within: Iterable[str], paths: Iterable[str]) -> bool:
    held = tuple(within)
    return bool(held) and all(path.startswith(held) for path in paths)


def may_cancel(user: User, run: InspectionRun | BackTest) -> bool:
    """Who started a run may stop it; so may whoever looks after background work."""
    return run.started_by_id == user.pk or user.can("jobs.manage")


def run_to_cancel(user: User, pk: int) -> InspectionRun:
    """A run this person may stop."""
    run = run_to_watch(user, pk)
    if not may_cancel(user, run):
        raise PermissionDenied
    return run


def sheet_to_read(user: User, pk: int) -> Sheet:
    """A score sheet: whoever is inspected may read what they are held against."""
    require(user, READ)
    sheet = Sheet.objects.select_related("owner").filter(pk=pk).first()
    if sheet is None:
        raise Http404
    return sheet


def sheet_to_design(user: User, pk: int) -> Sheet:
    """A score sheet of which this person may write a new version."""
    sheet = sheet_to_read(user, pk)
    require(user, DESIGN)
    return sheet


def draft_to_design(user: User, pk: int) -> tuple[Sheet, SheetVersion]:
    """A sheet with its draft."""
    sheet = sheet_to_design(user, pk)
    draft = sheet.versions.filter(state=SheetVersion.State.DRAFT).first()
    if draft is None:
        raise Http404
    return sheet, draft


def sheet_version_to_read(user: User, pk: int, number: int) -> SheetVersion:
    """One version of a score sheet."""
    sheet = sheet_to_read(user, pk)
    version = sheet.versions.filter(number=number).first()
    if version is None:
        raise Http404
    version.sheet = sheet
    return version


def sheet_version_to_design(user: User, pk: int, number: int) -> SheetVersion:
    """A version this person may put into force, retire or, as a draft, throw away."""
    version = sheet_version_to_read(user, pk, number)
    require(user, DESIGN)
    return version


def may_design(user: User) -> bool:
    """Whether this person builds score sheets."""
    return user.can(DESIGN)


def contact_to_score(user: User, pk: int) -> Contact:
    """A conversation within reach that this person may score; never one's own."""
    require(user, SCORE)
    rows = conversations(visible_to(user, SCORE)).select_related("channel", "unit", "agent")
    contact = rows.filter(pk=pk).first()
    if contact is None:
        raise Http404
    if contact.agent_id == user.pk:
        raise PermissionDenied
    return contact


def review_to_read(user: User, pk: int) -> Review:
    """A score this person may see: given by them, about them, or within reach."""
    require(user, READ)
    review = reviews_visible_to(user).filter(pk=pk).first()
    if review is None:
        raise Http404
    return review


def review_to_score(user: User, pk: int) -> Review:
    """A score that this person is giving."""
    review = review_to_read(user, pk)
    if review.inspector_id != user.pk:
        raise PermissionDenied
    require(user, SCORE)
    return review


def review_to_recheck(user: User, pk: int) -> Review:
    """A given score that this person may release, or whose veto they may decide about."""
    review = review_to_read(user, pk)
    require(user, RECHECK)
    if not _rechecks(user, review):
        raise PermissionDenied
    return review


def _rechecks(user: User, review: Review) -> bool:
    """Within reach, and never about oneself."""
    within = reach(user, RECHECK).covers(review.unit, review.agent_id)
    return within and review.agent_id != user.pk


def review_to_acknowledge(user: User, pk: int) -> Review:
    """A released score about this person."""
    review = review_to_read(user, pk)
    if review.agent_id != user.pk:
        raise PermissionDenied
    return review


@dataclass(frozen=True, slots=True)
class ReviewActs:
    """What one person may do with one score as it stands now."""

    decide_veto: bool
    release: bool
    acknowledge: bool


def acts_on_review(user: User, review: Review) -> ReviewActs:
    """The buttons beside a score."""
    rechecks = user.can(RECHECK) and _rechecks(user, review)
    is_scored = review.state == Review.State.SCORED
    return ReviewActs(
        decide_veto=rechecks
        and is_scored
        and review.waits_for_veto
        and review.inspector_id != user.pk,
        release=rechecks and is_scored and not review.waits_for_veto,
        acknowledge=review.agent_id == user.pk
        and review.state == Review.State.RELEASED
        and review.acknowledged_at is None,
    )


def may_score(user: User, contact: Contact) -> bool:
    """Whether this person may score a conversation they see."""
    return (
        user.can(SCORE)
        and contact.agent_id != user.pk
        and reach(user, SCORE).covers(contact.unit, contact.agent_id)
    )

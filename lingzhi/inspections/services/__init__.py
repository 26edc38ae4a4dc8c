"""Everything that writes rules, their lives, and judgements."""

from lingzhi.inspections.services.adopting import adopt_first_rules, adopt_rule_file
from lingzhi.inspections.services.approving import activate_approved, request_activation
from lingzhi.inspections.services.asking_again import ask_models_again
from lingzhi.inspections.services.backtesting import (
    NothingToCompare,
    go_on_comparing,
    start_back_test,
)
from lingzhi.inspections.services.demanding import (
    RuleNotInForce,
    demand_phrases,
    demand_rules,
    inspect_again,
    release_phrases,
    release_rules,
)
from lingzhi.inspections.services.examples import add_example
from lingzhi.inspections.services.exporting import record_findings_export
from lingzhi.inspections.services.flagging import (
    AlreadyDecided,
    AlreadyFlagged,
    NoHit,
    agree_to_flag,
    flag_finding,
    refuse_flag,
)
from lingzhi.inspections.services.inspecting import inspect_all, inspect_contacts
from lingzhi.inspections.services.judging import conversation_of, snapshot_now, verdicts_on
from lingzhi.inspections.services.rules import (
    ChangedMeanwhile,
    IsSuspended,
    NotADraft,
    NotInForce,
    NotToActivate,
    RuleProblems,
    activate_version,
    change_owner,
    check_rule,
    create_rule,
    discard_draft,
    draft_stamp,
    failing_examples,
    retire_version,
    save_draft,
    shadow_version,
)
from lingzhi.inspections.services.running import (
    NoRules,
    NothingToInspect,
    go_on,
    start_inspection,
)
from lingzhi.inspections.services.sheets import (
    NotADraftSheet,
    NotInForceSheet,
    SheetProblems,
    activate_sheet,
    create_sheet,
    discard_sheet_draft,
    free_code,
    retire_sheet,
    revise_sheet,
    save_sheet,
    stamp_of_draft,
)
from lingzhi.inspections.services.suspending import (
    NotSuspended,
    lift_suspension,
    suspend_version,
)
from lingzhi.inspections.services.telling import tell_representatives

__all__ = [
    "AlreadyDecided",
    "AlreadyFlagged",
    "ChangedMeanwhile",
    "IsSuspended",
    "NoHit",
    "NoRules",
    "NotADraft",
    "NotADraftSheet",
    "NotInForce",
    "NotInForceSheet",
    "NotSuspended",
    "NotToActivate",
    "NothingToCompare",
    "NothingToInspect",
    "RuleNotInForce",
    "RuleProblems",
    "SheetProblems",
    "activate_approved",
    "activate_sheet",
    "activate_version",
    "add_example",
    "adopt_first_rules",
    "adopt_rule_file",
    "agree_to_flag",
    "ask_models_again",
    "change_owner",
    "check_rule",
    "conversation_of",
    "create_rule",
    "create_sheet",
    "demand_phrases",
    "demand_rules",
    "discard_draft",
    "discard_sheet_draft",
    "draft_stamp",
    "failing_examples",
    "flag_finding",
    "free_code",
    "go_on",
    "go_on_comparing",
    "inspect_again",
    "inspect_all",
    "inspect_contacts",
    "lift_suspension",
    "record_findings_export",
    "refuse_flag",
    "release_phrases",
    "release_rules",
    "request_activation",
    "retire_sheet",
    "retire_version",
    "revise_sheet",
    "save_draft",
    "save_sheet",
    "shadow_version",
    "snapshot_now",
    "stamp_of_draft",
    "start_back_test",
    "start_inspection",
    "suspend_version",
    "tell_representatives",
    "verdicts_on",
]

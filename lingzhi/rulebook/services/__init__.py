"""Everything that writes packs, regulations and versions."""

from lingzhi.rulebook.services.adopting import (
    AlreadyAdopted,
    discard_draft,
    revise,
    set_interpreter,
    start_adoption,
)
from lingzhi.rulebook.services.confirming import (
    NotToRead,
    confirm_reading,
)
from lingzhi.rulebook.services.controls import due_controls, settle_control, settle_controls
from lingzhi.rulebook.services.drafting import (
    AnswerProblem,
    AnswerProblems,
    change_draft_body,
    draft_stamp,
    resolve_conflict,
    save_answers,
    set_pilot,
)
from lingzhi.rulebook.services.effect import (
    NotInForce,
    due_versions,
    take_effect,
    withdraw_version,
)
from lingzhi.rulebook.services.importing import (
    NoSuchProposal,
    RegulationTroubles,
    StillUndecided,
    change_clause,
    decide_proposal,
    finish_import,
    import_regulation,
    refuse_undecided,
)
from lingzhi.rulebook.services.lawful import (
    fill_slot,
    record_lawful_step,
)
from lingzhi.rulebook.services.packs import (
    PackWithdrawn,
    change_pack,
    create_pack,
    pack_stamp,
    withdraw_pack,
)
from lingzhi.rulebook.services.piloting import (
    NotAPilot,
    decide_pilot,
    set_baseline,
)
from lingzhi.rulebook.services.reviewing import (
    record_review,
    remind_of_reviews,
    set_review_months,
)
from lingzhi.rulebook.services.submitting import (
    Gaps,
    NotSubmitted,
    approve_version,
    earliest_day,
    submit_version,
    take_back_version,
)
from lingzhi.rulebook.services.versions import (
    ChangedMeanwhile,
    DraftExists,
    NotADraft,
    NothingInForce,
)

__all__ = [
    "AlreadyAdopted",
    "AnswerProblem",
    "AnswerProblems",
    "ChangedMeanwhile",
    "DraftExists",
    "Gaps",
    "NoSuchProposal",
    "NotADraft",
    "NotAPilot",
    "NotInForce",
    "NotSubmitted",
    "NotToRead",
    "NothingInForce",
    "PackWithdrawn",
    "RegulationTroubles",
    "StillUndecided",
    "approve_version",
    "change_clause",
    "change_draft_body",
    "change_pack",
    "confirm_reading",
    "create_pack",
    "decide_pilot",
    "decide_proposal",
    "discard_draft",
    "draft_stamp",
    "due_controls",
    "due_versions",
    "earliest_day",
    "fill_slot",
    "finish_import",
    "import_regulation",
    "pack_stamp",
    "record_lawful_step",
    "record_review",
    "refuse_undecided",
    "remind_of_reviews",
    "resolve_conflict",
    "revise",
    "save_answers",
    "set_baseline",
    "set_interpreter",
    "set_pilot",
    "set_review_months",
    "settle_control",
    "settle_controls",
    "start_adoption",
    "submit_version",
    "take_back_version",
    "take_effect",
    "withdraw_pack",
    "withdraw_version",
]

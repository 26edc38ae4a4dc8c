"""Every reason code the engine gives, in one place, so that a page can translate them.

A code names why a verdict is not a plain hit, or what a figure in the evidence says. ``detail``
beside a code carries its parameter, for example the missing role.
"""

from __future__ import annotations

# Why the answer is unknown.
NO_TURNS = "no_turns"  # the conversation has no turns
ROLE_MISSING = "role_missing"  # no turn of the role the rule looks at; detail: the roles
NO_TIMES = "no_times"  # a turn has no start or no end
NO_SPEECH = "no_speech"  # nothing long enough to measure
FIELD_MISSING = "field_missing"  # the conversation lacks a field; detail: its name
TABLE_MISSING = "table_missing"  # records that were not given; detail: the table
NO_EMOTION = "no_emotion"  # no turn has an emotion
NO_ENERGY = "no_energy"  # no turn has a level of the voice
RECORD_INCOMPLETE = "record_incomplete"  # a record does not tell enough; detail: its table
NOT_COMPARABLE = "not_comparable"  # the field is not a number or a date; detail: its name
CHANNEL_MISSING = "channel_missing"
DIRECTION_MISSING = "direction_missing"
MODEL_MISSING = "model_missing"  # nobody can answer; detail: sentiment, judge, or a classifier
NOT_MEASURED = "not_measured"  # too few examples to say how good a label is; detail: both
UNSURE = "unsure"  # the probability lies between the two limits
NOT_ASKED = "not_asked"  # a costly question that could not have changed the verdict
BUDGET_SPENT = "budget_spent"  # the calls or the seconds of the run are used up
NO_ANSWER = "no_answer"  # the judge did not answer; detail: timeout, connection, down or a status
NOT_ALLOWED = "not_allowed"  # the address of the judge is not allowed; detail: its host
TOO_LONG = "too_long"  # longer than the judge takes; detail: how many characters it takes
BAD_ANSWER = "bad_answer"  # not in the form asked for; detail: the part that is wrong
JUDGE_UNSURE = "judge_unsure"  # the judge says that the record does not tell
QUOTE_NOT_FOUND = "quote_not_found"  # words quoted that nobody said; detail: the turn named
QUOTE_MISSING = "quote_missing"  # a hit without any words it rests on
SUSPENDED = "suspended"  # a pattern was too costly; detail: what happened

# Why the rule does not apply.
OTHER_CHANNEL = "other_channel"
OTHER_DIRECTION = "other_direction"
PRECONDITION = "precondition"  # applies_when does not hold
NO_TRIGGER = "no_trigger"  # nothing happened that would call for the duty
EXCUSED = "excused"  # every trigger without its duty was excused
ANCHOR_MISSING = (
    "anchor_missing"  # the scope hangs on something that is not there; detail: its name
)
NO_EXCHANGE = "no_exchange"  # nobody answered anybody
NO_RECORD = "no_record"  # the table holds nothing of the kind asked for; detail: the table

# What the evidence says.
ABSENT = "absent"  # looked for and not found
MISSING_PARTS = "missing_parts"  # detail: the parts of a script, joined by " | "
DUTY_MISSING = "duty_missing"  # the trigger was not followed by the duty; detail: which of several
BELOW = "below"  # the value is under the range
ABOVE = "above"  # the value is over the range
WITHIN = "within"  # the value lies in the range
EMOTION = "emotion"  # how the turn sounds; detail: the label
ENDED_BY = "ended_by"  # who ended the conversation; detail: the role
SILENT_ROLE = "silent_role"  # who cannot be heard; detail: the roles
LANGUAGE = "language"  # detail: which language it is
NOT_RESTATED = "not_restated"  # said by the one and not said again by the other; detail: what
NOT_ANSWERED = "not_answered"  # a question nobody answered
DIFFERS = "differs"  # what was said is not what it was held against; detail: that
RECORD = "record"  # a record that counts; detail: its id
STEP = "step"  # a step of the flow is taken here; detail: its name
OUT_OF_ORDER = "out_of_order"  # detail: the stage gone back to and the one before, by " | "
KEPT = "kept"  # the promise was kept; detail: the record
BROKEN = "broken"  # the promise was not kept in time; detail: the record
OPEN = "open"  # the promise is neither kept nor overdue; detail: the record
UNRECORDED = "unrecorded"  # the promise stands in no record
RECORDED_OTHERWISE = "recorded_otherwise"  # detail: what was said and what was recorded, by " | "
OMITTED = "omitted"  # said, but in no record; detail: what
UNVERIFIED = "unverified"  # disclosed before enough checks; detail: the checks that were missing
NEVER = "never"  # what was asked for never came
UNSUPPORTED = "unsupported"  # a claim that no article bears out; detail: its figures
JUDGED = "judged"  # detail: why, in the words of the judge
KB_AGREES = "kb_agrees"  # the answer says what the base says; detail: the entry
KB_CONTRADICTS = "kb_contradicts"  # detail: the entry
KB_DIFFERS = "kb_differs"  # the answer is not like that of the base; detail: the entry
KB_UNANSWERED = "kb_unanswered"  # nobody answered what the base knows; detail: the entry
KB_NOT_IN_BASE = "kb_not_in_base"  # a question that no entry answers

UNKNOWN_REASONS = (
    NO_TURNS,
    ROLE_MISSING,
    NO_TIMES,
    NO_SPEECH,
    FIELD_MISSING,
    TABLE_MISSING,
    NO_EMOTION,
    NO_ENERGY,
    RECORD_INCOMPLETE,
    NOT_COMPARABLE,
    CHANNEL_MISSING,
    DIRECTION_MISSING,
    MODEL_MISSING,
    NOT_MEASURED,
    UNSURE,
    NOT_ASKED,
    BUDGET_SPENT,
    NO_ANSWER,
    NOT_ALLOWED,
    TOO_LONG,
    BAD_ANSWER,
    JUDGE_UNSURE,
    QUOTE_NOT_FOUND,
    QUOTE_MISSING,
    SUSPENDED,
)
NA_REASONS = (
    OTHER_CHANNEL,
    OTHER_DIRECTION,
    PRECONDITION,
    NO_TRIGGER,
    EXCUSED,
    ANCHOR_MISSING,
    NO_EXCHANGE,
    NO_RECORD,
)
EVIDENCE_REASONS = (
    ABSENT,
    MISSING_PARTS,
    DUTY_MISSING,
    BELOW,
    ABOVE,
    WITHIN,
    EMOTION,
    ENDED_BY,
    SILENT_ROLE,
    LANGUAGE,
    NOT_RESTATED,
    NOT_ANSWERED,
    DIFFERS,
    RECORD,
    STEP,
    OUT_OF_ORDER,
    KEPT,
    BROKEN,
    OPEN,
    UNRECORDED,
    RECORDED_OTHERWISE,
    OMITTED,
    UNVERIFIED,
    NEVER,
    UNSUPPORTED,
    JUDGED,
    KB_AGREES,
    KB_CONTRADICTS,
    KB_DIFFERS,
    KB_UNANSWERED,
    KB_NOT_IN_BASE,
)
ALL = UNKNOWN_REASONS + NA_REASONS + EVIDENCE_REASONS

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
NOT_COMPARABLE = "not_comparable"  # the field is not a number or a date; detail: its name
CHANNEL_MISSING = "channel_missing"
DIRECTION_MISSING = "direction_missing"
SUSPENDED = "suspended"  # a pattern was too costly; detail: what happened

# Why the rule does not apply.
OTHER_CHANNEL = "other_channel"
OTHER_DIRECTION = "other_direction"
PRECONDITION = "precondition"  # applies_when does not hold
NO_TRIGGER = "no_trigger"  # nothing happened that would call for the duty
ANCHOR_MISSING = (
    "anchor_missing"  # the scope hangs on something that is not there; detail: its name
)
NO_EXCHANGE = "no_exchange"  # nobody answered anybody

# What the evidence says.
ABSENT = "absent"  # looked for and not found
MISSING_PARTS = "missing_parts"  # detail: the parts of a script, joined by " | "
DUTY_MISSING = "duty_missing"  # the trigger was not followed by the duty
BELOW = "below"  # the value is under the range
ABOVE = "above"  # the value is over the range
WITHIN = "within"  # the value lies in the range

UNKNOWN_REASONS = (
    NO_TURNS,
    ROLE_MISSING,
    NO_TIMES,
    NO_SPEECH,
    FIELD_MISSING,
    TABLE_MISSING,
    NO_EMOTION,
    NO_ENERGY,
    NOT_COMPARABLE,
    CHANNEL_MISSING,
    DIRECTION_MISSING,
    SUSPENDED,
)
NA_REASONS = (
    OTHER_CHANNEL,
    OTHER_DIRECTION,
    PRECONDITION,
    NO_TRIGGER,
    ANCHOR_MISSING,
    NO_EXCHANGE,
)
EVIDENCE_REASONS = (ABSENT, MISSING_PARTS, DUTY_MISSING, BELOW, ABOVE, WITHIN)
ALL = UNKNOWN_REASONS + NA_REASONS + EVIDENCE_REASONS

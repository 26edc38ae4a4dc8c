"""Everything that writes rules, their lives, and judgements."""

from lingzhi.inspections.services.inspecting import (
    inspect_contacts,
    inspect_next,
    snapshot_now,
    start_inspection,
)
from lingzhi.inspections.services.rules import (
    NotADraft,
    activate_version,
    adopt_rule_file,
    retire_version,
    save_version,
    shadow_version,
)

__all__ = [
    "NotADraft",
    "activate_version",
    "adopt_rule_file",
    "inspect_contacts",
    "inspect_next",
    "retire_version",
    "save_version",
    "shadow_version",
    "snapshot_now",
    "start_inspection",
]

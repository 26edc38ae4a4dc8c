"""Everything that writes what conformity keeps."""

from lingzhi.conformity.services.counting import (
    SEALED_AFTER_DAYS,
    count_kind,
    counted_kinds,
    keep_baselines,
    record_export,
    set_threshold,
)

__all__ = [
    "SEALED_AFTER_DAYS",
    "count_kind",
    "counted_kinds",
    "keep_baselines",
    "record_export",
    "set_threshold",
]

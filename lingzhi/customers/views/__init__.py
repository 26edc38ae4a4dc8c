"""Pages around customers."""

"""Pages around contacts."""

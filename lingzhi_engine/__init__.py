"""Everything that computes: pure functions over data, without Django and without a database."""

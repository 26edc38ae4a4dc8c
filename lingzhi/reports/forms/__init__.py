"""What people fill in: plans, work reports, whose voice is asked about."""

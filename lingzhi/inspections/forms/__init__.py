"""Forms of inspection: filters, runs, and the rule editor."""

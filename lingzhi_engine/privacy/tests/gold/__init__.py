"""A test set of personal data and of what only looks like it, made from a seed.

The generators know nothing of the detectors: they build numbers from the standards' own rules.
"""

"""Patterns: words and regular expressions, parsed once and written for both matchers."""

"""Forms around customers."""

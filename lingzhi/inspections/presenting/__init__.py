"""What was found, as pages show it: quotes of masked words, measures and reasons in words."""

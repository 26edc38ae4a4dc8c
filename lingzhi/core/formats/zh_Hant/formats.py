"""Long numbers in groups of three, as figures are printed in tables: 18,204."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3

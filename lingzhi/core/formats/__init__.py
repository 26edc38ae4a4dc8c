"""How numbers are written where the framework's own formats do not suit the house."""

"""What every part of the REST API shares: problems, pages by cursor, limits of calls."""

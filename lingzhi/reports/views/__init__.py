"""Reports and their plans; the daily reports of agents about their own work."""

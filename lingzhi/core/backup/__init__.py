"""Backup and restore: one file with database, files, checkpoints and what they should hash to."""

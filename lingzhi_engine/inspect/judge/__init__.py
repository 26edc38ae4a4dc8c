"""Judges conditions over whole batches with NumPy; the meaning is that of ``reference``."""

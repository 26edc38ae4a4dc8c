"""Reports in the words of the reader."""

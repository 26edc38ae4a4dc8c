"""One module for each sort of thing that a sentence can demand."""

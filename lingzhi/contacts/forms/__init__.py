"""What is filled in around contacts."""

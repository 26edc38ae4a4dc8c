"""What is put right (整改): from a problem by causes and measures to an effect that is proved."""

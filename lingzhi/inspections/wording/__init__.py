"""What the engine says, in the words of the reader: reasons, problems, operators, parameters."""

"""Files that nobody should have to trust: generated bombs (`bombs`) and seeded mutants of good files (`mutants`)."""

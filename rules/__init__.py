"""What is wrong: one rule, one code, one legal ground."""

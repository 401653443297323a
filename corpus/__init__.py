"""What is known: the model, the store, the register, states over time."""

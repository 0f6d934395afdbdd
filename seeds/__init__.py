"""Data to begin with: divisions, published values, working days, and a demonstration."""

"""The figures of social organizations."""

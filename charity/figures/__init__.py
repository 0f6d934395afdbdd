"""The figures of charity."""

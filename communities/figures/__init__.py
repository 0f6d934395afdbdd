"""The figures of communities and of social workers."""

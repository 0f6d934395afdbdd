"""The words communities and social workers choose from, and the tables of their lifecycles."""

"""The words of charity, and the tables of its lifecycles."""

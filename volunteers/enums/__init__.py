"""The words of the volunteer service, and the tables of its lifecycles."""

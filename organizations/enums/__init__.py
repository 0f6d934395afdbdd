"""The words social organizations choose from, and the tables of their lifecycles."""

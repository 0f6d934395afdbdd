"""The words of 联动: what residents ask for, and who does it."""

"""How the portal itself fares: what is looked at, and who learns what is wrong and what to do."""

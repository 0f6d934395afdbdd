"""What else happens when a record of the volunteers takes a step."""

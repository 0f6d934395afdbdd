"""What the portal asks of its database server, and says of its failures."""
